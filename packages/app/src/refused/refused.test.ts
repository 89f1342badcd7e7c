import { type Instant, later } from "@leasehold/core/kernel";
import type { Use } from "@leasehold/core/usage";
import { describe, expect, it } from "vitest";
import { down } from "../../../../test/support/estate.ts";
import {
  accessKey,
  byUser,
  inSession,
  issuedKey,
  madeIdentity,
  openedSession,
  role,
  sessionOf,
} from "../../../../test/support/signals.ts";
import { ofKey, type Story, story } from "../../../../test/support/story.ts";
import { recordUsage } from "../usage/index.ts";
import { tellRefused } from "./index.ts";

const CLUSTER = "arn:aws:rds:eu-west-1:111122223333:cluster:pii";
const POLICY = "no identity-based policy allows it";
const SAID = { resource: CLUSTER, policy: POLICY, account: "111122223333", region: "eu-west-1" };

let n = 0;
const call = (at: Instant, more: Partial<Use> = {}): Use => ({
  ...{ credential: accessKey(), caller: { name: "arn:aws:iam::111122223333:user/deploy", via: "iam-user" } },
  ...{ service: "rds-data", action: "ExecuteStatement", at, refused: true, refusal: SAID, eventId: `e${++n}`, ...more },
});
const hear = ({ world }: Story, ...uses: readonly Use[]) =>
  recordUsage(world, { sourceObject: `bus/${++n}`, uses, approximate: true, live: true });
const ago = ({ world }: Story, minutes: number) => later(world.now, -minutes / 60);
const told = ({ estate }: Story) => estate.messages.get("slack") ?? [];
const kinds = async ({ world }: Story) => (await world.findings.list()).items;

describe("refused calls", () => {
  it("are one notice for all that came together, to the owner: what, to what, which policy, where the log is", async () => {
    const one = await story();
    await hear(one, call(ago(one, 20)), call(ago(one, 18)), call(ago(one, 15), { action: "BatchExecuteStatement" }));
    expect(await tellRefused(one.world)).toEqual({ told: 1, untold: 0 });
    expect(told(one)).toMatchObject([
      {
        to: { email: "ada@example.com" },
        title: "3 refused calls of deploy",
        ...{ items: [], state: "closed", deadline: undefined },
      },
    ]);
    const { why } = told(one)[0] as { why: string };
    for (const part of [
      "rds-data:ExecuteStatement, rds-data:BatchExecuteStatement",
      "With the credentials of arn:aws:iam::111122223333:user/deploy.",
      CLUSTER,
      POLICY,
      `event e${n - 1}`,
    ])
      expect(why).toContain(part);
    expect(why).toMatch(/account 111122223333, eu-west-1\..*Nothing was changed, and nothing is asked of you\.$/);
    expect(await kinds(one)).toMatchObject([
      { kind: "calls were refused", severity: "low", about: one.key, facts: { calls: 3, told: "its owner" } },
    ]);
    expect((await one.world.cases.list("open")).items).toEqual([]);
  });

  it("wait until it is quiet, but no longer than two hours", async () => {
    const one = await story();
    await hear(one, call(ago(one, 3)));
    expect(await tellRefused(one.world)).toEqual({ told: 0, untold: 0 });
    for (let more = 0; more < 40; more += 1) {
      one.world.pass(5 / 60);
      await hear(one, call(one.world.now));
      await tellRefused(one.world);
    }
    expect(told(one)).toHaveLength(1);
  });

  it("are told at most once a day, and then of what came since", async () => {
    const one = await story();
    await hear(one, call(ago(one, 20)));
    await tellRefused(one.world);
    await hear(one, call(ago(one, 1)));
    for (let hour = 0; hour < 22; hour += 1) {
      one.world.pass(1);
      await hear(one, call(ago(one, 15), { action: "Select" }));
      expect(await tellRefused(one.world)).toEqual({ told: 0, untold: 0 });
    }
    one.world.pass(3);
    expect(await tellRefused(one.world)).toEqual({ told: 1, untold: 0 });
    expect(told(one)).toHaveLength(2);
    one.world.pass(30);
    expect(await tellRefused(one.world)).toEqual({ told: 0, untold: 0 });
  });

  it("in several sessions of one role are one notice, to the owner of what acts by it", async () => {
    const one = await story();
    await one.hear(madeIdentity("agent", byUser("ada"), ago(one, 60)));
    const refusal = { ...SAID, identity: role("agent") };
    const sessions = ["ASIA1", "ASIA2", "ASIA3"].map((id) => sessionOf(id).id);
    await hear(one, ...sessions.map((credential) => call(ago(one, 20), { credential, refusal })));
    expect(await tellRefused(one.world)).toEqual({ told: 1, untold: 0 });
    expect(told(one)).toMatchObject([{ title: "3 refused calls of agent", to: { email: "ada@example.com" } }]);
  });

  it("of many credentials of one person are one message, and what comes after it waits an hour", async () => {
    const ids = Array.from({ length: 8 }, (_, n) => `AKIAMANY${n}EXAMPLE00000`);
    const one = await story(ofKey(), ...ids.map((id, n) => ofKey(id, `agent-${n}`)));
    const tried = (id: string, minutes: number, n: number) =>
      call(ago(one, minutes), {
        credential: accessKey(id),
        caller: { name: `arn:aws:iam::111122223333:user/agent-${n}`, via: "iam-user" },
      });
    await hear(one, ...ids.slice(0, 7).flatMap((id, n) => [tried(id, 20, n), tried(id, 19, n)]));
    expect(await tellRefused(one.world)).toEqual({ told: 1, untold: 0 });
    expect(told(one)).toMatchObject([{ title: "14 refused calls of 7 credentials", to: { email: "ada@example.com" } }]);
    const { why } = told(one)[0] as { why: string };
    for (const part of [
      "agent-0: 2 calls",
      "agent-4: 2 calls",
      CLUSTER,
      POLICY,
      "and 2 more",
      "because they are yours",
    ])
      expect(why).toContain(part);
    expect(await kinds(one)).toHaveLength(7);
    await hear(one, tried(ids[7] as string, 12, 7));
    expect(await tellRefused(one.world)).toEqual({ told: 0, untold: 0 });
    one.world.pass(1.1);
    expect(await tellRefused(one.world)).toEqual({ told: 1, untold: 0 });
    expect(told(one)).toHaveLength(2);
    expect(told(one)[1]).toMatchObject({ title: "A refused call of agent-7" });
  });

  it.each([
    ["the owner has left", async (one: Story) => void (await one.leaves())],
    ["nobody is known", async () => {}],
  ])("where %s nobody is told, and it is a finding", async (of, before) => {
    const one = await story();
    await before(one);
    const earlier = told(one).length;
    const unknown = of === "nobody is known" ? { credential: accessKey("AKIAUNKNOWNEXAMPLE00") } : {};
    await hear(one, call(ago(one, 20), unknown));
    expect(await tellRefused(one.world)).toEqual({ told: 0, untold: 1 });
    expect(told(one)).toHaveLength(earlier);
    expect(await kinds(one)).toContainEqual(
      expect.objectContaining({ kind: "calls were refused", facts: expect.objectContaining({ told: "nobody" }) }),
    );
  });

  it("tell nobody whom only a name in the log speaks for: whoever made the call may have chosen it", async () => {
    const one = await story();
    const other = "AKIAI44QH8DHBEXAMPLE";
    await one.hear(issuedKey(inSession("ASIA9", "bob@example.com"), ago(one, 60), other, "other"));
    await hear(one, call(ago(one, 20), { credential: accessKey(other) }));
    expect(await tellRefused(one.world)).toEqual({ told: 0, untold: 1 });
    expect(told(one)).toEqual([]);
    expect(await kinds(one)).toMatchObject([{ kind: "calls were refused", facts: { told: "nobody" } }]);
  });

  it("of what is perhaps somebody's are told to whom it is likely by what acts by the role", async () => {
    const one = await story();
    const session = sessionOf("ASIA9");
    await one.hear(
      madeIdentity("agent", byUser("ada"), ago(one, 60)),
      openedSession("ASIA9", inSession("ASIA8", "bob@example.com"), {}, ago(one, 50)),
    );
    await hear(one, call(ago(one, 20), { credential: session.id, refusal: { ...SAID, identity: role("agent") } }));
    expect(await tellRefused(one.world)).toEqual({ told: 1, untold: 0 });
    expect(told(one)).toMatchObject([{ to: { email: "ada@example.com" } }]);
  });

  it("are told later where no desk takes it, and then say so", async () => {
    const one = await story();
    await hear(one, call(ago(one, 20)));
    one.estate.moods.desk = down;
    expect(await tellRefused(one.world)).toEqual({ told: 0, untold: 1 });
    one.estate.moods.desk = () => undefined;
    expect(await tellRefused(one.world)).toEqual({ told: 1, untold: 0 });
    expect((await kinds(one))[0]?.facts).toMatchObject({ told: "its owner" });
  });

  it("are one message though we die before we wrote that it was sent", async () => {
    const one = await story();
    await hear(one, call(ago(one, 20)));
    one.world.hook = (name) => {
      if (name === "findings.put") throw new Error("killed");
    };
    await expect(tellRefused(one.world)).rejects.toThrow("killed");
    one.world.hook = () => {};
    await tellRefused(one.world);
    expect(new Set(told(one).map(({ key }) => key)).size).toBe(1);
  });

  it.each([
    ["what was not refused", { refused: false, refusal: undefined }],
    ["a credential that was not taken", { refused: true, refusal: undefined }],
  ])("are not %s", async (_of, more) => {
    const one = await story();
    await hear(one, call(ago(one, 20), more as Partial<Use>));
    expect(await tellRefused(one.world)).toEqual({ told: 0, untold: 0 });
    expect(await kinds(one)).toEqual([]);
  });

  it("of history tell nobody", async () => {
    const one = await story();
    await recordUsage(one.world, { sourceObject: "trail/x", uses: [call(ago(one, 20))], approximate: false });
    expect(await tellRefused(one.world)).toEqual({ told: 0, untold: 0 });
  });

  it("are no finding any more a week after the last", async () => {
    const one = await story();
    await hear(one, call(ago(one, 20)));
    await tellRefused(one.world);
    one.world.pass(6 * 24);
    await tellRefused(one.world);
    expect(await kinds(one)).toHaveLength(1);
    one.world.pass(2 * 24);
    await tellRefused(one.world);
    expect(await kinds(one)).toEqual([]);
  });
});
