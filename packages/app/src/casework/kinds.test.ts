import type { SignalOf } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { OFF, ON } from "../../../../test/support/estate.ts";
import {
  accessKey,
  githubUser,
  hours,
  oktaUser,
  person,
  seenOnGithub,
  seenUser,
} from "../../../../test/support/signals.ts";
import { kindsOf, ofKey, type Story, story } from "../../../../test/support/story.ts";
import { ingest } from "../ingest/index.ts";
import { steps } from "../steps/index.ts";
import { heldNow, openForOne, reinstate } from "./index.ts";

const caseOf = async ({ world }: Story, status: "open" | "closed" = "open") => {
  const id = (await world.cases.list(status)).items[0];
  return id === undefined ? undefined : (await world.cases.get(id))?.case;
};
const stateOf = ({ estate, key }: Story) => estate.states.get(key) ?? ON;
const hear = (one: Story, signal: ReturnType<typeof person>) =>
  ingest(one.world, [signal], { live: true, recordedAt: one.world.now });
const pendingOf = async ({ world }: Story) =>
  (await world.graph.node(oktaUser("ada")))?.value.pending.map(({ kind }) => kind) ?? [];
const open = (one: Story, type: "person.left" | "person.held") =>
  steps["open-case"].run(one.world, { type, account: oktaUser("ada") });
const gone = (at = hours(0)): ReturnType<typeof person> => {
  const { kind: _, handle: __, ...rest } = person("left", "ada", at) as SignalOf<"person.left">;
  return { kind: "person.vanished", ...rest };
};

describe("each kind of leaver has its own outcome", () => {
  it("left: certain by the live read, with who said what in the trail; silence acts", async () => {
    const one = await story();
    await hear(one, person("left", "ada", one.world.now));
    one.estate.people.set("ada", "departed");
    await open(one, "person.left");
    await one.live(74);
    expect(stateOf(one)).toEqual(OFF);
    const its = await caseOf(one);
    expect(its?.certainty).toMatchObject({
      ...{ level: "C2", at: hours(0), read: { state: "departed", account: oktaUser("ada"), asked: true } },
      said: [{ connector: "okta", account: oktaUser("ada"), says: "deleted", since: hours(0) }],
    });
    const entries = await one.world.trails.entries(its?.id ?? "");
    expect(entries.find(({ did }) => did === "gate.read")?.facts).toMatchObject({
      ...{ gate: "departed", certainty: "C2", live: "departed" },
      said: expect.stringMatching(/^okta acc_\w+: deleted since 2026/),
    });
    expect(await heldNow(one.world, oktaUser("ada"))).toMatch(/departed/);
  });

  it.each([
    ["purged, and not found any more: as one who left", "purged", "C3", OFF],
    ["left by an event, and not found any more: as one who left", "left", "C2", OFF],
    ["suspended, and not found any more: nobody has said that they left", "held", "C1", ON],
  ] as const)("%s", async (_title, change, level, state) => {
    const one = await story();
    await hear(one, person(change, "ada", one.world.now));
    one.estate.people.set("ada", "gone");
    await open(one, change === "held" ? "person.held" : "person.left");
    await one.live(74);
    expect((await caseOf(one))?.certainty?.level).toBe(level);
    expect(stateOf(one)).toEqual(state);
  });

  it("suspended: a hold that is said, a question, and silence does nothing", async () => {
    const one = await story();
    await hear(one, person("held", "ada", one.world.now));
    one.estate.people.set("ada", "suspended");
    await open(one, "person.held");
    await one.settle();
    expect(await caseOf(one)).toMatchObject({ gate: "unconfirmed", certainty: { level: "C1" } });
    expect(await kindsOf(one)).toContain("issuance is on hold");
    expect(await heldNow(one.world, oktaUser("ada"))).toMatch(/suspended/);
    await one.live(80);
    expect(stateOf(one)).toEqual(ON);
  });

  it("on leave: nothing is issued, nobody is asked, and it ends when they are back", async () => {
    const one = await story();
    await hear(one, seenUser("ada", { standing: "on-leave", manager: oktaUser("grace") }, one.world.now));
    one.estate.people.set("ada", "on-leave");
    expect(await pendingOf(one)).toContain("person.held");
    expect(await open(one, "person.held")).toEqual({ case: undefined });
    expect(await kindsOf(one)).toEqual(["issuance is on hold"]);
    expect(await heldNow(one.world, oktaUser("ada"))).toMatch(/on-leave/);
    await one.live(200);
    expect([one.estate.asks, stateOf(one)]).toEqual([[], ON]);
    await hear(one, seenUser("ada", { manager: oktaUser("grace") }, one.world.now));
    one.estate.people.set("ada", "active");
    expect(await pendingOf(one)).toContain("person.reinstated");
    await reinstate(one.world, oktaUser("ada"));
    expect([await kindsOf(one), await heldNow(one.world, oktaUser("ada"))]).toEqual([[], undefined]);
  });

  it("vanished from a whole list: asked about, and silence does nothing, also where nobody is found", async () => {
    const one = await story();
    await hear(one, gone(one.world.now));
    one.estate.people.set("ada", "gone");
    expect(await pendingOf(one)).toContain("person.held");
    expect(await heldNow(one.world, oktaUser("ada"))).toMatch(/list/);
    await open(one, "person.held");
    await one.live(80);
    expect(await caseOf(one)).toMatchObject({ gate: "unconfirmed", certainty: { level: "C1" } });
    expect(one.estate.asks.length).toBeGreaterThan(0);
    expect(stateOf(one)).toEqual(ON);
  });

  it("vanished from a directory that is believed less: that one's own matter, and nobody is asked", async () => {
    const one = await story();
    const linked = { sameAs: [{ how: "external-id", account: oktaUser("ada") }] };
    await one.hear(seenOnGithub("ada", linked, hours(-48)));
    const { kind: _, handle: __, ...rest } = person("left", "ada", hours(0)) as SignalOf<"person.left">;
    const account = githubUser("ada");
    await hear(one, { kind: "person.vanished", ...rest, account });
    expect(await steps["open-case"].run(one.world, { type: "person.held", account })).toEqual({ case: undefined });
    expect(await heldNow(one.world, oktaUser("ada"))).toBeUndefined();
  });

  it("rehired after the case was closed: what we took down is offered to a person, and nothing moves by itself", async () => {
    const one = await story();
    await one.leaves();
    await one.settle();
    await one.press("retire", "grace");
    await one.live(24 * 60);
    expect((await caseOf(one))?.status).toBeUndefined();
    const id = (await caseOf(one, "closed"))?.id;
    one.estate.people.set("ada", "active");
    await one.hear(person("reinstated", "ada", one.world.now));
    expect(await reinstate(one.world, oktaUser("ada"))).toBe("no open case");
    const [offer] = (await one.world.findings.list()).items.filter(({ about }) => about === id);
    expect(offer).toMatchObject({
      kind: "back after their case was closed",
      facts: { command: `leasehold case undo ${id}`, standing: 1 },
      remedy: expect.stringContaining(`${one.key} is disabled (leasehold case undo wdc_`),
    });
    await one.live(24);
    expect(stateOf(one)).toEqual(OFF);
    one.world.now = hours(24 * 70);
    await one.leaves();
    expect((await caseOf(one))?.id).not.toBe(id); // leaving again is another departure
  });
});

describe("while a wind-down goes on", () => {
  it("the directory has them back and no event says so: what silence did is taken back within a day, and not again", async () => {
    const one = await story();
    await one.leaves();
    await one.live(74);
    expect(stateOf(one)).toEqual(OFF);
    one.estate.people.set("ada", "active");
    await one.live(26);
    expect(stateOf(one)).toEqual(ON);
    expect(await kindsOf(one)).toContain("false leaver");
    for (const state of ["departed", "active", "departed", "active"] as const) {
      one.estate.people.set("ada", state);
      await hear(one, person(state === "active" ? "reinstated" : "left", "ada", one.world.now));
      if (state === "active") await reinstate(one.world, oktaUser("ada"));
      else await open(one, "person.left");
      await one.live(100);
    }
    expect(one.estate.diary).toEqual(["disable Inactive", "disable Active"]);
    expect(stateOf(one)).toEqual(ON);
  });
});

describe("silence acts for a certain departure, and for nothing else", () => {
  it.each<[tempo: string, state: "departed" | "suspended" | "unknown" | "active", trigger: "person.left" | "person.held", off: boolean]>([
    ["a departure that is read", "departed", "person.left", true],
    ["a departure that is not", "unknown", "person.left", false],
    ["a departure that is read as suspended", "suspended", "person.left", false],
    ["a suspension", "suspended", "person.held", false],
    ["a false leaver", "active", "person.left", false],
  ])("%s", async (_tempo, state, type, off) => {
    const one = await story();
    await hear(one, person(type === "person.left" ? "left" : "held", "ada", one.world.now));
    one.estate.people.set("ada", state);
    await open(one, type);
    await one.live(80);
    expect(stateOf(one)).toEqual(off ? OFF : ON);
  }); // biome-ignore format: rows

  it.each(["orphan", "exposed"] as const)("what is asked about as %s stays, for its owner is there", async (kind) => {
    const one = await story();
    const trigger = { kind, subject: accessKey(), occurredAt: hours(0), recordedAt: hours(0), eventId: "e" } as const;
    await openForOne(one.world, trigger);
    await one.live(24 * 9);
    expect(stateOf(one)).toEqual(ON);
  });

  it("nor what is asked about as nobody's, though its owner has left: the departure is another case's", async () => {
    const one = await story(ofKey());
    await one.hear(person("left", "ada", one.world.now));
    one.estate.people.set("ada", "departed");
    const trigger = {
      kind: "orphan",
      subject: one.key,
      occurredAt: hours(0),
      recordedAt: hours(0),
      eventId: "e",
    } as const;
    await openForOne(one.world, trigger);
    await one.live(24 * 9);
    expect(stateOf(one)).toEqual(ON);
  });
});
