import { ListUsersCommand } from "@aws-sdk/client-iam";
import { connectors } from "@leasehold/connectors";
import { askAws } from "@leasehold/connectors/kit";
import type { Connector, Page } from "@leasehold/core/connector";
import { throttled, unavailable } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { MONDAY } from "../../test/support/clock.ts";
import { running, simulatorOf } from "../../test/support/connectors.ts";
import { type Io, Stopped, toolsOf } from "./io.ts";
import { exitOf, selfCheck } from "./self-check.ts";

const all = await Promise.all(Object.values(connectors).map((load) => load()));
const listed = all.filter(({ id, lists, connect }) => id.startsWith("aws-") && lists && connect);

function tools(over: Partial<Io> = {}) {
  const [sink, signal] = [{ write: () => undefined }, new AbortController().signal];
  const io: Io = { stdout: sink, stderr: sink, env: {}, stopped: () => signal, wait: async () => undefined, ...over };
  return toolsOf({ ...io, clock: () => Date.parse(MONDAY) }, () => undefined);
}

describe("a connector's check of itself", () => {
  it.each(listed.map((connector) => [connector.id, connector] as const))(
    "of %s sends what is declared and nothing else, and its numbers are those of the list",
    async (id, connector) => {
      const { live, calls } = running(await simulatorOf(id));
      const checked = await selfCheck(connector, live.api, tools());
      expect(checked.permissions).toMatchObject({ refused: [], undeclared: [] });
      expect(checked).toMatchObject({ missing: [], stopped: undefined, notUnderstood: {} });
      expect([checked.pages > 0, checked.whole, exitOf(checked)]).toEqual([true, true, 0]);
      expect(checked.pace.calls).toBe(calls.length);
      const called = new Set(calls);
      expect(checked.permissions.declared - checked.permissions.neverNeeded.length).toBe(called.size);
    },
  );

  it("of one that may do nothing says so, permission by permission", async () => {
    const { live } = running(await simulatorOf("aws-iam"));
    live.mood = "refusing";
    const checked = await selfCheck((await connectors["aws-iam"]()) as Connector, live.api, tools());
    expect(exitOf(checked)).toBe(1);
    expect(checked.whole).toBe(false);
    expect(checked.missing.join()).toMatch(/Allow iam:GetAccountAuthorizationDetails/);
    expect(checked.permissions.refused).toContain("iam:GetAccountAuthorizationDetails");
  });
});

/** A list of one call, which says what it is told to. */
const small = (page: (send: (command: object) => Promise<unknown>) => Promise<Page>): Connector =>
  ({
    ...{ id: "aws-small", title: "Small" },
    lists: {
      ...{ permissions: ["iam:ListUsers", "iam:GetUser"], emits: ["credential.seen"] },
      page: (api: { send(command: object): Promise<unknown> }) => page(api.send),
    },
  }) as unknown as Connector;
const WHOLE: Page = { signals: [], next: undefined, whole: true };
const listing = async (send: (command: object) => Promise<unknown>): Promise<Page> => {
  await askAws("iam:ListUsers", () => send(new ListUsersCommand({})));
  return WHOLE;
};
const error = (name: string) => Object.assign(new Error(`arn:aws:iam::111122223333:user/agent-7 ${name}`), { name });

describe("what it finds", () => {
  const check = (page: Parameters<typeof small>[0], send: () => Promise<unknown> = async () => ({})) =>
    selfCheck(small(page), { send }, tools());

  it("is fine where all was seen, and names what nobody needed", async () => {
    const checked = await check(listing);
    expect(exitOf(checked)).toBe(0);
    expect(checked.permissions).toMatchObject({ declared: 2, neverNeeded: ["iam:GetUser"] });
  });

  it("is tried again where AWS asks to slow down, and ends so where it keeps asking", async () => {
    let asked = 0;
    const busy = async () => {
      asked += 1;
      if (asked < 3) throw throttled("aws");
      return {};
    };
    const checked = await check(listing, busy);
    expect([exitOf(checked), checked.pace.throttled]).toEqual([0, 2]);
    const never = await check(listing, () => Promise.reject(error("Throttling")));
    expect([exitOf(never), never.stopped]).toEqual([3, { fault: "Throttled" }]);
  });

  it("is the list's all the same where the check did not come to its end", async () => {
    const connector = { ...small(listing), check: () => Promise.reject(unavailable("aws")) };
    const checked = await selfCheck(connector, { send: async () => ({}) }, tools());
    expect([exitOf(checked), checked.pages, checked.stopped]).toEqual([3, 1, { fault: "Unavailable" }]);
  });

  it("is not understood where AWS answers as nobody planned for: by its class, and not a word of its text", async () => {
    const checked = await check(listing, () => Promise.reject(error("TeapotException")));
    expect(exitOf(checked)).toBe(1);
    expect(checked.notUnderstood).toEqual({ "ListUsers: TeapotException": 1 });
    expect(checked.stopped).toEqual({ fault: "Unexpected", error: "TeapotException" });
    expect(JSON.stringify(checked)).not.toContain("agent-7");
  });

  it("is not understood where our own schema does not take it: by the path, and not a word of it", async () => {
    const strange = { kind: "credential.seen", type: "access key", name: "agent-7" };
    const checked = await check(async () => ({ ...WHOLE, signals: [strange] as unknown as Page["signals"] }));
    expect(exitOf(checked)).toBe(1);
    expect(Object.keys(checked.notUnderstood)).toEqual([expect.stringMatching(/^credential\.seen: /)]);
    expect(checked.noWayDown).toEqual(["access key"]);
    expect(JSON.stringify(checked)).not.toContain("agent-7");
  });

  it("is a mistake of the connector's where it wants what it does not declare, which is not sent", async () => {
    let sent = 0;
    const { permissions: _, ...lists } = small(listing).lists as NonNullable<Connector["lists"]>;
    const undeclared = { ...small(listing), lists: { ...lists, permissions: [] } } as Connector;
    const checked = await selfCheck(undeclared, { send: async () => (sent += 1) }, tools());
    expect([exitOf(checked), sent]).toEqual([1, 0]);
    expect(checked.permissions.undeclared).toEqual(["ListUsers"]);
  });

  it("says what was not seen", async () => {
    const page: Page = {
      ...WHOLE,
      whole: false,
      gaps: [
        { what: "There is no trail." },
        { what: "Access Analyzer could not look at arn:aws:iam::111122223333:role/ops/of-sue.park: ACCESS_DENIED." },
      ],
      partly: ["signing certificate"],
    };
    const checked = await check(async () => page);
    expect(exitOf(checked)).toBe(1);
    expect(checked.gaps).toEqual([
      "There is no trail.",
      "Access Analyzer could not look at (an ARN): ACCESS_DENIED.", // a name that is in one stays here
      "1 of 1 pages show only a part: something was refused or cut short.",
      "Not every signing certificate is looked for: none is called gone for not being listed.",
    ]);
  });

  it("ends where somebody wants an end", async () => {
    const ended = AbortSignal.abort();
    await expect(
      selfCheck(small(listing), { send: async () => ({}) }, tools({ stopped: () => ended })),
    ).rejects.toThrow(Stopped);
  });
});
