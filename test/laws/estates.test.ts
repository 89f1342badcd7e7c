import { who } from "@leasehold/app/question";
import { canonical } from "@leasehold/core/kernel";
import { lineageOf } from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import { dice, estateFrom, filesOf, generate, type LabelledEstate, type Truth } from "@leasehold/local/estates";
import { describe, expect, it } from "vitest";
import { type Answer, holders } from "../../bench/attribution/answer.ts";
import { listed } from "../../bench/attribution/inventories.ts";
import { barsOf } from "../../bench/attribution/judge.ts";
import { accountsOf, askedBy, heard, nowOf, worldOf } from "../../bench/attribution/ours.ts";
import { creator, oracle, ownerTag } from "../../bench/attribution/rivals.ts";
import { reliability, scoreOf } from "../../bench/attribution/score.ts";
import { framed } from "../estates/adversary.ts";

const POSSIBLE = 0.8; // from here on it is called likely
const all = async (estate: LabelledEstate) => [...(await heard(estate)), ...(await listed(estate, nowOf(estate)))];

it("what a vendor writes is heard: every record of an estate is read or is not for us, and none is refused", async () => {
  const estate = generate({ people: 60, seed: 3 });
  const kinds = new Set((await all(estate)).map(({ kind }) => kind));
  for (const kind of [
    "credential.issued",
    "identity.created",
    "grant.created",
    "person.joined",
    "person.left",
    "person.moved",
  ])
    expect(kinds).toContain(kind);
  expect(kinds).toContain("account.seen");
  expect(kinds).toContain("credential.seen");
});

describe("the adversary", () => {
  it.each([
    ["while the logs show who it was", 11, false],
    ["and the records that show who it was are missing", 12, true],
  ])(
    "who writes somebody's name wherever it can be written makes nobody more than possible, %s",
    async (_, seed, hidden) => {
      const { estate, victim, credentials } = framed(generate({ people: 24, seed }), seed, hidden);
      expect(credentials.length).toBeGreaterThan(30);
      expect(lies(estate, victim.address)).toEqual(expect.arrayContaining(hidden ? LIES : [...LIES, ...WHILE_SHOWN]));
      const blamed = await confidencesIn(estate, victim.number, credentials);
      expect(blamed.filter(({ confidence }) => confidence >= POSSIBLE)).toEqual([]);
      expect(blamed.filter(({ confidence }) => confidence > 0).length).toBeGreaterThan(20); // the lies did reach us
    },
  );
});

const LIES = ["userAgent", "arn", "principalId", "sourceIdentity", "tags.value", "Tags.Value", "userName", "UserName"];
const WHILE_SHOWN = ["roleSessionName", "assumedRoleId", "author.email"];

/** Where the victim's name stands in an estate, by the names of the fields. */
function lies({ cloudtrail, github, authorizationDetails }: LabelledEstate, address: string): readonly string[] {
  const found = new Set<string>();
  const walk = (of: unknown, path: readonly string[]): void => {
    if (typeof of === "string" && of.includes(address)) {
      found.add(path.at(-1) ?? "");
      found.add(path.slice(-2).join("."));
    }
    if (Array.isArray(of)) for (const one of of) walk(one, path);
    else if (of !== null && typeof of === "object")
      for (const [name, one] of Object.entries(of)) walk(one, [...path, name]);
  };
  walk([cloudtrail, github, authorizationDetails], []);
  return [...found];
}

async function confidencesIn(estate: LabelledEstate, number: string, credentials: readonly Truth[]) {
  const world = await worldOf(estate, await all(estate));
  const people = accountsOf(estate);
  const found = [];
  for (const truth of credentials)
    for (const text of askedBy(truth, estate)) {
      const said = await who(world, text).catch(() => undefined);
      const theirs = said?.candidates.filter((one) =>
        [one.account, ...one.accounts].some((account) => people.get(account) === number),
      );
      const confidence = Math.max(0, ...(theirs ?? []).map((one) => one.confidence));
      found.push({
        id: truth.id,
        path: truth.path,
        confidence,
        kinds: theirs?.flatMap((one) => one.evidence.map(({ kind }) => kind)),
      });
    }
  return found;
}

describe("order and repetition (P8)", () => {
  it("200 generated histories, shuffled and with some of it twice, give the same graph bit for bit", async () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const signals = await all(generate({ people: 4 + (seed % 4), seed }));
      expect(signals.length).toBeGreaterThan(20);
      expect(canonical(lineageOf(again(signals, seed)))).toBe(canonical(lineageOf(signals)));
    }
  });

  it("and through the store the same owners, bit for bit", async () => {
    for (let seed = 1; seed <= 6; seed += 1) {
      const estate = generate({ people: 5, seed });
      const signals = await all(estate);
      const [first, second] = [await worldOf(estate, signals), await worldOf(estate, again(signals, seed))];
      for (const { id } of lineageOf(signals).subjects) {
        const [one, other] = [await first.graph.node(id), await second.graph.node(id)];
        expect(canonical([other?.value.subject, other?.value.owner ?? null])).toBe(
          canonical([one?.value.subject, one?.value.owner ?? null]),
        );
      }
    }
  });
});

function again(signals: readonly Signal[], seed: number): readonly Signal[] {
  const from = dice("again", String(seed));
  return from.shuffled([...signals, ...signals.filter(() => from.chance(0.3))]);
}

it("an estate is read back from its files as it was written", () => {
  const estate = generate({ people: 20, seed: 5 });
  expect(estateFrom(filesOf(estate))).toEqual(JSON.parse(JSON.stringify(estate)));
});

describe("the measurement", () => {
  const truth = { accountable: "1", chain: "whole" } as Truth;
  const row = (person: string | undefined, confidence: number, chain: Truth["chain"] = "whole") => ({
    truth: { ...truth, chain },
    answer: { person, confidence, named: confidence > 0 },
  });

  it("counts what is right, what is named, what is certain and wrong, and what is rightly unknown", () => {
    const rows = [
      ...[row("1", 0.96), row("1", 0.97), row("1", 0.99), row("2", 0.95)], // certain, one of them wrong
      ...[row("1", 0.6), row("2", 0.5), row("1", 0.49)], // the last is right, and too unsure to be named
      ...[row(undefined, 0, "none"), row("2", 0.3, "none"), row("2", 0.9, "none")],
    ];
    expect(scoreOf(rows)).toMatchObject({
      ...{ credentials: 10, first: 0.5, precision: 4 / 7, recall: 0.4 },
      ...{ certain: 4, confidentlyWrong: 0.25, unseen: 3, unknown: 2 / 3 },
    });
    expect(scoreOf(rows.slice(4, 5)).confidentlyWrong).toBeNaN();
  });

  it("takes confidence at its word, in ten steps", () => {
    const rows = [...Array(8).fill(row("1", 0.85)), row("2", 0.85), row("2", 0.85), row("1", 1), row(undefined, 0)];
    expect(reliability(rows)).toEqual([
      { from: 0.8, answers: 10, said: expect.closeTo(0.85), right: 0.8 },
      { from: 0.9, answers: 1, said: 1, right: 1 },
    ]);
    expect(scoreOf(rows).calibrationError).toBeCloseTo((10 * 0.05) / 11);
  });

  it("holds a bar unless the whole interval is beyond it", () => {
    const good = [...Array(98).fill(row("1", 0.97)), row("2", 0.94), row("2", 0.93)];
    const bad = [...Array(90).fill(row("1", 0.6)), ...Array(10).fill(row("2", 0.99))];
    const rules = { creator: bad, "owner tag": bad };
    const held = (rounds: readonly (typeof good)[]) =>
      barsOf(rounds.map((ours) => ({ ours, ...rules }))).map((bar) => bar.held);
    expect(held([good, good, good])).toEqual([true, true, true, true, true]);
    expect(held([bad, bad, bad])).toEqual([false, false, false, false, false]);
    expect(held([bad, good])).toEqual([true, true, true, false, false]);
  });

  it("lets the others see what they see: the creator's name, the tag, and the one who has the address today", async () => {
    const estate = generate({ people: 120, seed: 2 });
    const [byCreator, byTag, byOracle] = [await creator(estate), await ownerTag(estate), await oracle(estate)];
    const rights = { creator: 0, tag: 0, oracle: 0 };
    for (const one of estate.truth.credentials) {
      const [made, tagged, known]: Answer[] = [await byCreator(one), await byTag(one), await byOracle(one)];
      if (one.path === "ci") expect(made?.named).toBe(false); // "GitHubActions" is nobody
      if (one.path === "oauth") expect(tagged?.named).toBe(false);
      rights.creator += Number(made?.person === one.accountable);
      rights.tag += Number(tagged?.person === one.accountable);
      rights.oracle += Number(known?.person === one.accountable);
    }
    const all = estate.truth.credentials.length;
    expect([rights.creator / all > 0.5, rights.tag / all > 0.3, rights.oracle / all > 0.94]).toEqual([
      true,
      true,
      true,
    ]);
    const [address, people] = [...byAddress(estate)].find(([, those]) => those.length > 1) ?? ["", []];
    expect(people).toHaveLength(2);
    expect(holders(estate).get(address)).toBe(people.find(({ until }) => until === undefined)?.number);
  });
});

function byAddress({ truth }: LabelledEstate) {
  const found = new Map<string, LabelledEstate["truth"]["people"][number][]>();
  for (const one of truth.people) found.set(one.address, [...(found.get(one.address) ?? []), one]);
  return found;
}
