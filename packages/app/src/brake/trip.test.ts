import type { AtBrake } from "@leasehold/core/brake";
import { type CaseId, Fault, type Instant, later } from "@leasehold/core/kernel";
import { beforeEach, describe, expect, it } from "vitest";
import { hours, oktaUser, person, seenUser } from "../../../../test/support/signals.ts";
import { kindsOf, ofKey, type Story, story } from "../../../../test/support/story.ts";
import { openCase } from "../casework/index.ts";
import { pulse } from "../watch/index.ts";
import { answer, undo } from "../winddown/index.ts";
import { brakeView, type Releaser, releaseHeld } from "./index.ts";

const names = (count: number) => Array.from({ length: count }, (_, n) => `p${String(n).padStart(2, "0")}`);
const keyOf = (name: string) => `AKIAIOSFODNN${name.toUpperCase()}EX`;
const by = (name: string): Releaser => ({
  ...{ account: oktaUser(name), accounts: [oktaUser(name)], person: `per_${name}` },
});

/** So many people with a key each, all there yet. */
async function estate(count: number): Promise<Story> {
  const one = await story(...names(count).map((name) => ofKey(keyOf(name), name, name)));
  await one.hear(...names(count).map((name) => seenUser(name, { manager: oktaUser("grace") }, hours(-800))));
  const { config } = one.world; // all have one manager, who is asked about each at once
  Object.assign(one.world, { config: { ...config, playbook: { ...config.playbook, digest: 0 } } });
  return one;
}
async function leave(one: Story, from: number, to: number): Promise<readonly CaseId[]> {
  const ids: CaseId[] = [];
  for (const name of names(to).slice(from)) {
    ids.push(await one.leaves(name));
    one.world.pass(1 / 3_600); // ids in the order of their coming
  }
  await one.settle();
  return ids;
}
/** Somebody left hours before we learned of it. */
async function leftLate(one: Story, name: string): Promise<CaseId> {
  await one.hear(person("left", name, one.world.now));
  one.estate.people.set(name, "departed");
  const occurredAt = later(one.world.now, -3);
  const at = { occurredAt, recordedAt: one.world.now, eventId: `late/${name}` };
  return openCase(one.world, { kind: "left", subject: oktaUser(name), ...at });
}
const brakeOf = async ({ world }: Story, id: CaseId): Promise<AtBrake | undefined> =>
  (await world.cases.get(id))?.case.brake;
const off = ({ estate: { diary } }: Story) => diary.filter((line) => line === "disable Inactive").length;
const pages = async (one: Story) =>
  (await kindsOf(one)).filter((kind) => kind === "the brake tripped" || kind === "a backlog is held");
const doneIn = async ({ world }: Story) => (await world.trails.entries("brake")).map(({ did }) => did);
const idOf = async ({ world }: Story, kind: "trip" | "batch") =>
  (await brakeView(world)).held.find((hold) => hold.kind === kind)?.id ?? "trp_none";
const release = async (one: Story, id: string, who: Releaser = by("sam")) =>
  releaseHeld(one.world, id, who, "we know why they left");

describe("one departure too many", () => {
  let one: Story;
  let cases: readonly CaseId[];
  beforeEach(async () => {
    one = await estate(8);
    cases = await leave(one, 0, 7);
  });

  it("is held, with an entry, one finding, and a beat of the pulse", async () => {
    const brakes = await Promise.all(cases.map((id) => brakeOf(one, id)));
    expect(brakes.map((brake) => brake?.as)).toEqual([...Array(5).fill("counted"), "held", "held"]);
    expect([await pages(one), await doneIn(one)]).toEqual([["the brake tripped"], ["brake.tripped"]]);
    expect((await pulse(one.world, [])).brake).toBe(1);
    expect((await brakeView(one.world)).tripped).toMatchObject({
      ...{ people: 2, waiting: 2, most: 5, cases: cases.slice(5), twoPeople: false },
      over: { limit: "peopleAnHour", source: expect.any(String), counted: 5 },
    });
  });

  it("freezes every plan, also of who was counted and on a person's yes, and does not slide away", async () => {
    expect(await says(one, cases[0])).toMatchObject({ outcome: "recorded" });
    await one.live(24 * 9);
    expect([one.estate.diary, new Set(one.faults)]).toEqual([[], new Set(["Braked"])]);
    expect((await pages(one)).length).toBe(1);
    expect((await pulse(one.world, [])).brake).toBe(1);
  });

  it("is asked about all the same", () => {
    expect(one.estate.asks.length).toBeGreaterThan(0);
  });

  it("lets all go on when a named person releases it, who was held for a day and who was counted for good", async () => {
    await one.live(73);
    const id = await idOf(one, "trip");
    const until = later(one.world.now, 72 + 72); // the first notice, and three days
    expect(await release(one, id)).toEqual({ outcome: "released", of: id, covers: 2, until });
    expect(await pages(one)).toEqual([]);
    expect((await pulse(one.world, [])).brake).toBe(0);
    await one.live(7);
    expect(off(one)).toBe(7);
    const [entry] = (await one.world.trails.entries("brake")).slice(-1);
    expect(entry).toMatchObject({
      ...{ did: "brake.released", by: oktaUser("sam") },
      facts: { of: id, covers: 2, until, because: "we know why they left" },
    });
    expect(await release(one, id)).toMatchObject({ outcome: "was released already", until });
    expect((await doneIn(one)).length).toBe(2);
  });

  it("holds again who had not acted when the release ran out, and says so once more; it can be given again", async () => {
    const id = await idOf(one, "trip");
    const { config, now } = one.world;
    const freezes = [{ from: now, to: later(now, 150) }]; // nothing may change for longer than the release stands
    Object.assign(one.world, { config: { ...config, calendar: { ...config.calendar, freezes } } });
    await release(one, id);
    await one.live(200);
    expect([off(one), await pages(one)]).toEqual([5, ["the brake tripped"]]);
    expect((await brakeView(one.world)).held).toMatchObject([{ id, waiting: 2, released: undefined }]);
    expect((await pulse(one.world, [])).brake).toBe(0);
    expect(await release(one, id)).toMatchObject({ outcome: "released", covers: 2 });
    await one.live(24);
    expect(off(one)).toBe(7);
  });

  it("lets only those go on that a release names", async () => {
    await one.live(73);
    expect(await release(one, cases[6] ?? "")).toMatchObject({ outcome: "released", covers: 1 });
    await one.live(7);
    expect([off(one), await pages(one)]).toEqual([1, ["the brake tripped"]]);
    expect(await release(one, cases[6] ?? "")).toMatchObject({ outcome: "was released already" });
    expect((await brakeView(one.world)).named).toMatchObject([{ case: cases[6], by: [oktaUser("sam")] }]);
  });

  it("does not let go on who comes after the release, which trips it again with another page", async () => {
    const id = await idOf(one, "trip");
    await release(one, id);
    await leave(one, 7, 8);
    expect(await idOf(one, "trip")).toBe(id); // shown as long as its release stands
    expect((await brakeView(one.world)).tripped).toMatchObject({ people: 1 });
    await one.live(23);
    expect([off(one), await pages(one)]).toEqual([0, ["the brake tripped"]]);
  });

  it("resurrects nothing that was ended meanwhile", async () => {
    const seventh = await ofCase(one, cases[6]);
    await undo(one.world, seventh.item, oktaUser("sam"));
    await one.live(73);
    await release(one, await idOf(one, "trip"));
    await one.live(7);
    expect(off(one)).toBe(6);
    expect((await one.world.windDowns.get(seventh.item))?.windDown.acts).toEqual([]);
  });

  it("never stops an undo", async () => {
    const first = await ofCase(one, cases[0]);
    await release(one, cases[0] ?? "");
    await says(one, cases[0]);
    await one.settle();
    expect(off(one)).toBe(1);
    await one.live(25); // the release has run out
    await undo(one.world, first.item, oktaUser("sam"));
    await one.settle();
    expect(one.estate.diary.at(-1)).toBe("disable Active");
  });

  it("cannot be released under a name that nothing has, and is not where it is not held", async () => {
    await expect(release(one, "trp_x")).rejects.toMatchObject({ name: "BadInput" });
    await expect(release(one, "cas_x")).rejects.toMatchObject({ name: "BadInput" });
    await release(one, await idOf(one, "trip"));
    expect(await release(one, cases[0] ?? "")).toMatchObject({ outcome: "is not held" });
  });
});

/** What is asked in one case, to be answered. */
async function ofCase(one: Story, id: CaseId | undefined) {
  const item = (await one.world.cases.get(id ?? "cas_x"))?.case.items[0]?.windDown ?? "wdc_x";
  const decision = (await one.world.windDowns.get(item))?.windDown.question?.decision ?? "dec_x";
  return { item, decision } as const;
}

/** Grace says yes. */
async function says(one: Story, id: CaseId | undefined) {
  const { item, decision } = await ofCase(one, id);
  const grace = { desk: "slack", user: "grace", email: "grace@example.com" };
  const ticket = { desk: "slack", ref: {} };
  return answer(one.world, { decision, item, choice: "retire", by: grace, ticket, id: `grace/${item}` });
}

describe("tripped between an intent and its act", () => {
  it("withdraws the act", async () => {
    const one = await estate(6);
    await leave(one, 0, 5);
    await one.live(71.99);
    one.world.pass(0.01);
    let intended = false;
    one.world.hook = async (call) => {
      if (call === "windDowns.intend") intended = true;
      if (!intended || call !== "windDowns.get") return;
      one.world.hook = () => {};
      const { value, version } = await one.world.ledger.brake();
      const trip = { id: "trp_1", at: one.world.now, by: "cas_x", people: 1, most: 5 } as const;
      const holds = [{ ...trip, over: { limit: "peopleAnHour", counted: 5 } }] as const;
      const draft = { did: "brake.tripped", by: "leasehold", facts: {} };
      await one.world.ledger.handBrake({ value: { ...value, holds }, version }, draft, one.world.now);
    };
    await one.settle();
    expect(one.estate.diary).toEqual([]);
    const entries = await Promise.all(
      (await one.world.windDowns.listOpen()).items.map((id) => one.world.trails.entries(id)),
    );
    expect(entries.flat().filter(({ did }) => did === "intent.withdrawn")).toHaveLength(1);
  });
});

describe("what left long before we learned of it", () => {
  it("is one batch with one page, counts for nothing, and goes on when it is released", async () => {
    const one = await estate(12);
    for (const name of names(10)) await leftLate(one, name);
    await leave(one, 10, 12); // others, in time
    await one.live(73);
    expect([off(one), await pages(one), await doneIn(one)]).toEqual([2, ["a backlog is held"], ["backlog.held"]]);
    expect((await pulse(one.world, [])).brake).toBe(0);
    const id = await idOf(one, "batch");
    expect(await release(one, id)).toMatchObject({ outcome: "released", covers: 10 });
    await one.live(7);
    expect([off(one), await pages(one)]).toEqual([12, []]);
    expect((await brakeView(one.world)).limits[1]).toMatchObject({ used: 0 });
  });
});

describe("more than ten times over", () => {
  let one: Story;
  let id: string;
  beforeEach(async () => {
    one = await estate(51);
    await leave(one, 0, 51);
    id = await idOf(one, "trip");
  });

  it("two different people must say so, and the first covers what they saw", async () => {
    expect((await brakeView(one.world)).tripped).toMatchObject({ timesOver: 10.2, twoPeople: true });
    await expect(release(one, id, "terminal")).rejects.toMatchObject({ name: "BadInput" });
    expect(await release(one, id)).toMatchObject({ outcome: "needs a second person", covers: 46 });
    expect(await release(one, id)).toMatchObject({ outcome: "needs a second person" });
    expect((await brakeView(one.world)).tripped).toMatchObject({ agreed: oktaUser("sam") });
    await one.hear(...ofKey("AKIAIOSFODNNLATEREX", "later", "zoe"), seenUser("zoe", {}, hours(-800)));
    await one.leaves("zoe");
    await one.settle();
    expect(await release(one, id, by("bob"))).toMatchObject({ outcome: "released", covers: 46 });
    const { held } = await brakeView(one.world);
    expect(held).toMatchObject([{ id, waiting: 1, people: 47, released: { by: [oktaUser("sam"), oktaUser("bob")] } }]);
    expect(await doneIn(one)).toEqual(["brake.tripped", "brake.release-agreed", "brake.released"]);
  });

  it("one case of it needs two as well", async () => {
    const { cases } = (await brakeView(one.world)).tripped ?? { cases: [] };
    expect(await release(one, cases[0] ?? "")).toMatchObject({ outcome: "needs a second person" });
    expect(await release(one, cases[0] ?? "", by("bob"))).toMatchObject({ outcome: "released", covers: 1 });
  });

  it("two accounts that might be one person's are one voice", async () => {
    await release(one, id);
    const alias: Releaser = { account: oktaUser("bob"), accounts: [oktaUser("sam")], person: "per_bob" };
    expect(await release(one, id, alias)).toMatchObject({ outcome: "needs a second person" });
  });
});

describe("where the brake cannot be read or written", () => {
  it("nothing is counted and nothing is acted", async () => {
    const one = await estate(1);
    one.world.hook = (call) => {
      if (call === "ledger.brake") throw new Fault("Unavailable", "the store is down");
    };
    await leave(one, 0, 1);
    await one.live(100);
    expect([one.estate.diary, new Set(one.faults)]).toEqual([[], new Set(["Unavailable"])]);
  });

  it("only the write is tried again where another was faster, and not the look", async () => {
    const one = await estate(2);
    let pauses = 0;
    const pause = async () => {
      pauses += 1;
    };
    Object.assign(one.world, { pause });
    const id = await one.leaves("p00");
    let times = 0;
    const meanwhile = async (call: string) => {
      if (call !== "cases.change" || times === 3) return;
      const { value, version } = await one.world.ledger.brake();
      if ((await one.world.cases.get(id))?.case.gate !== "departed") return;
      times += 1;
      one.world.hook = () => {};
      await one.world.ledger.handBrake({ value, version }, { did: "x", by: "x", facts: {} }, one.world.now);
      one.world.hook = meanwhile;
    };
    one.world.hook = meanwhile;
    await one.settle();
    expect([times, pauses, (await brakeOf(one, id))?.as]).toEqual([3, 3, "counted"]);
  });

  it("a crash after the trip was written leaves no trip untold", async () => {
    const one = await estate(6);
    one.world.hook = (call) => {
      if (call === "findings.put") throw new Fault("Unavailable", "killed");
    };
    for (const name of names(6)) await one.leaves(name);
    await one.settle().catch(() => {});
    one.world.hook = () => {};
    await one.live(1);
    expect(await pages(one)).toEqual(["the brake tripped"]);
  });
});

describe("who is counted", () => {
  it("is nobody where everything is only observed", async () => {
    const one = await estate(8);
    one.estate.mode = "observe";
    const cases = await leave(one, 0, 8);
    expect(await Promise.all(cases.map((id) => brakeOf(one, id)))).toEqual(Array(8).fill(undefined));
    expect(await pages(one)).toEqual([]);
  });

  it("is nobody who owns nothing", async () => {
    const one = await estate(5);
    await one.hear(...["x1", "x2", "x3"].map((name) => seenUser(name, {}, hours(-800))));
    for (const name of ["x1", "x2", "x3"]) await one.leaves(name);
    await leave(one, 0, 5);
    expect(await pages(one)).toEqual([]);
  });

  it("counts who left again once more", async () => {
    const one = await estate(1);
    const [id] = await leave(one, 0, 1);
    const first = await brakeOf(one, id as CaseId);
    one.estate.people.set("p00", "active");
    const stored = await one.world.cases.get(id as CaseId);
    if (stored === undefined) throw new Error("not there");
    await one.world.cases.change(
      stored,
      { ...stored.case, gate: "false leaver" },
      { did: "gate.read", by: "leasehold", facts: {} },
    );
    one.world.now = later(one.world.now, 2) as Instant;
    await one.leaves("p00");
    expect(await brakeOf(one, id as CaseId)).toBeUndefined();
    await one.settle();
    expect(await brakeOf(one, id as CaseId)).toEqual({ as: "counted", at: one.world.now });
    expect(first).not.toEqual(await brakeOf(one, id as CaseId));
  });
});
