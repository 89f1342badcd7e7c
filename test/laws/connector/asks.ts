import type { Press, Simulator } from "@leasehold/connectors/kit";
import { type Desk, type DeskRequest, isUnknownHere, type Message } from "@leasehold/core/connector";
import { type Instant, later, randomId } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { MONDAY } from "../../support/clock.ts";
import { running } from "../../support/connectors.ts";

const KEY = randomId("dec", new Uint8Array(32).fill(7));
const MESSAGE: Message = {
  key: KEY,
  to: { account: "acc_grace", name: "Grace", email: "grace@example.com", timeZone: "Europe/Berlin" },
  title: "Ada left on 2 November: one credential needs your answer",
  why: "You were Ada's manager.",
  deadline: later(MONDAY, 72),
  items: [
    {
      item: "wdc_01",
      title: "agent-7, access key",
      lines: ["Owner: Ada, certain", "If you do nothing, it is switched off; it can be switched on again."],
      choices: ["retire", "keep", "transfer"],
      state: "flagged",
    },
  ],
  state: "open",
};
/** A desk where people answer. */
export type Hearing = Desk<unknown> & Required<Pick<Desk<unknown>, "read">>;
export const isHearing = (desk: Desk<unknown> | undefined): desk is Hearing => desk?.read !== undefined;

const STRANGER = { account: "acc_stranger", name: "Eve", email: "eve@example.net", timeZone: "Europe/Berlin" };

const PRESS: Press = { user: "grace@example.com", message: KEY, item: "wdc_01", choice: "retire" };

/**
 * The sample world of a desk has grace@example.com in it, and `signing` has its secrets.
 * One message for one custodian, found again rather than repeated; and a click that nobody but the vendor can have sent.
 */
export function deskLaws(desk: Hearing, simulator: Simulator<unknown>): void {
  describe("desk", () => {
    it("asks once, however often it is told to", async () => {
      const { live } = running(simulator);
      const ticket = await desk.ask(live.api, MESSAGE);
      expect(await desk.ask(live.api, MESSAGE)).toEqual(ticket);
      expect(await desk.withdraw(live.api, KEY, ticket)).toBe(0); // no repeat is left lying about
    });

    it("edits what it said, and takes back all that it said", async () => {
      const { live } = running(simulator);
      const ticket = await desk.ask(live.api, MESSAGE);
      await desk.edit(live.api, ticket, { ...MESSAGE, state: "closed", items: [] });
      expect(await desk.withdraw(live.api, KEY, undefined)).toBe(1);
      expect(await desk.withdraw(live.api, KEY, undefined)).toBe(0);
    });

    it("uses the permissions it declares, all of them and no others", async () => {
      const { live, calls } = running(simulator);
      await desk.ask(live.api, MESSAGE);
      const ticket = await desk.ask(live.api, MESSAGE);
      for (const heard of hear(desk, simulator, live.click?.(PRESS))) {
        await desk.confirm?.(live.api, heard);
        await desk.tell?.(live.api, heard, "recorded");
      }
      await desk.edit(live.api, ticket, { ...MESSAGE, state: "closed", items: [] });
      await desk.withdraw(live.api, KEY, undefined);
      expect([...new Set(calls)].sort()).toEqual([...new Set(desk.permissions)].sort());
    });

    strangerLaw(desk, simulator);

    it.each([
      ["refusing", "PermissionMissing"],
      ["busy", "Throttled"],
      ["unreachable", "Unavailable"],
    ] as const)("has not asked when the vendor is %s", async (mood, name) => {
      const { live } = running(simulator);
      live.mood = mood;
      await expect(desk.ask(live.api, MESSAGE)).rejects.toMatchObject({ name });
    });

    clickLaws(desk, simulator);
    if (desk.tell) tellLaws(desk, desk.tell, simulator);
  });
}

/** What nobody can answer where it is: sent, and at the end said to be over. */
export function sendingLaws(desk: Desk<unknown>, simulator: Simulator<unknown>): void {
  describe("desk that only sends", () => {
    it("sends what it is told to, and what is over once more; edits nothing, and takes nothing back", async () => {
      const { live, calls } = running(simulator);
      const ticket = await desk.ask(live.api, MESSAGE);
      const [first] = calls.splice(0);
      for (const state of ["open", "reminder"] as const) await desk.edit(live.api, ticket, { ...MESSAGE, state });
      await desk.edit(live.api, ticket, { ...MESSAGE, items: [], state: "closed" }); // a notice: nothing was asked
      expect(await desk.withdraw(live.api, KEY, undefined)).toBe(0);
      expect(calls).toEqual([]);
      await desk.edit(live.api, ticket, { ...MESSAGE, state: "closed" });
      expect([first, ...calls]).toEqual([...desk.permissions, ...desk.permissions]);
    });

    strangerLaw(desk, simulator);

    it.each([
      ["refusing", "PermissionMissing"],
      ["busy", "Throttled"],
      ["unreachable", "Unavailable"],
    ] as const)("has not asked when the server is %s", async (mood, name) => {
      const { live } = running(simulator);
      live.mood = mood;
      await expect(desk.ask(live.api, MESSAGE)).rejects.toMatchObject({ name });
    });
  });
}

function strangerLaw(desk: Desk<unknown>, simulator: Simulator<unknown>): void {
  it.each(["willing", "unreachable"] as const)("tells one whom it does not know from being down: %s", async (mood) => {
    const { live } = running(simulator);
    live.mood = mood;
    const fault = await desk.ask(live.api, { ...MESSAGE, to: STRANGER }).catch((error: unknown) => error);
    expect(isUnknownHere(fault)).toBe(mood === "willing");
  });
}

function clickLaws(desk: Hearing, simulator: Simulator<unknown>): void {
  const clicked = async (press: Press = PRESS): Promise<DeskRequest> => {
    const { live } = running(simulator);
    await desk.ask(live.api, MESSAGE);
    return live.click!(press);
  };

  it.each(["retire", "keep"] as const)("hears a click on %s as it was made", async (choice) => {
    const [heard, ...more] = hear(desk, simulator, await clicked({ ...PRESS, choice }));
    expect(heard).toMatchObject({ decision: KEY, item: "wdc_01", choice });
    expect(more).toEqual([]);
  });

  it("gives the same click the same id, and another one another", async () => {
    const request = await clicked();
    expect(hear(desk, simulator, request)).toEqual(hear(desk, simulator, request));
    const [first] = hear(desk, simulator, request);
    const [second] = hear(desk, simulator, await clicked({ ...PRESS, choice: "keep" }));
    expect(second?.id).not.toBe(first?.id);
  });

  it("believes no body that was touched, no other secret, no missing header and no stale time", async () => {
    const request = await clicked();
    const secrets = simulator.signing ?? [];
    const touched = { ...request, body: `${request.body} ` };
    expect(() => desk.read(touched, secrets, MONDAY)).toThrow(expect.objectContaining({ name: "BadInput" }));
    expect(() => desk.read(request, ["another"], MONDAY)).toThrow(expect.objectContaining({ name: "BadInput" }));
    expect(() => desk.read(request, [], MONDAY)).toThrow(expect.objectContaining({ name: "BadInput" }));
    expect(() => desk.read({ ...request, headers: {} }, secrets, MONDAY)).toThrow(
      expect.objectContaining({ name: "BadInput" }),
    );
    for (const hours of [-1, 25]) // a day is the longest that a vendor goes on trying
      expect(() => desk.read(request, secrets, later(MONDAY, hours) as Instant)).toThrow(
        expect.objectContaining({ name: "BadInput" }),
      );
  });
}

function tellLaws(desk: Hearing, tell: NonNullable<Desk<unknown>["tell"]>, simulator: Simulator<unknown>): void {
  async function clickedBy(user: string) {
    const world = running(simulator);
    await desk.ask(world.live.api, MESSAGE);
    const [heard] = hear(desk, simulator, world.live.click?.({ ...PRESS, user }));
    return { ...world, heard: heard! };
  }

  it.each(["grace@example.com"])("tells whoever clicked, once, and nobody else: %s", async (user) => {
    const { live, heard } = await clickedBy(user);
    await tell(live.api, heard, "recorded: it stays, and it is yours");
    expect(live.told?.()).toEqual([{ user, text: expect.stringContaining("recorded: it stays, and it is yours") }]);
  });

  it("says nothing that a name could turn into markup or a mention", async () => {
    const { live, heard } = await clickedBy("grace@example.com");
    await tell(live.api, heard, "<!channel> <@U0SAM000001> *x*");
    const [told, ...more] = live.told?.() ?? [];
    expect(more).toEqual([]);
    expect(told?.user).toBe("grace@example.com");
    if (told?.text.startsWith("{") === false) expect(told.text).not.toContain("<");
  });

  it("asks only for what it declares", async () => {
    const { live, calls, heard } = await clickedBy("grace@example.com");
    calls.splice(0);
    await tell(live.api, heard, "recorded");
    expect(calls.length).toBeGreaterThan(0);
    for (const permission of calls) expect(desk.permissions).toContain(permission);
  });

  it.each([
    ["refusing", "PermissionMissing"],
    ["busy", "Throttled"],
    ["unreachable", "Unavailable"],
  ] as const)("has told nobody when the vendor is %s", async (mood, name) => {
    const { live, heard } = await clickedBy("grace@example.com");
    live.mood = mood;
    await expect(tell(live.api, heard, "recorded")).rejects.toMatchObject({ name });
    expect(live.told?.()).toEqual([]);
  });
}

const hear = (desk: Hearing, { signing = [] }: Simulator<unknown>, request: DeskRequest | undefined) =>
  request === undefined ? [] : desk.read(request, signing, MONDAY);
