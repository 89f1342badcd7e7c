import { describe, expect, it } from "vitest";
import { derivedId, type Instant, later } from "../kernel/index.ts";
import { Signal } from "../signal/index.ts";
import { exposureOf } from "./exposed.ts";
import { lineageOf } from "./graph.ts";
import { isOnlyJudged, judgedOn, toldOf } from "./judged.ts";

const AT = "2026-11-02T09:00:00.000Z" as Instant;
const KEY = derivedId("crd", "aws", "AKIA1");
const USER = { id: derivedId("idn", "aws", "deploy"), realm: "aws", name: "arn:aws:iam::111122223333:user/deploy" };
const source = (eventId: string, hours = 0, connector = "aws-access-analyzer") => ({
  ...{ connector, eventId, occurredAt: later(AT, hours) },
});
const judged = (hours: number, more: object = {}) =>
  Signal.parse({
    ...{ kind: "access.judged", source: source(`judged/${hours}`, hours), tenant: "111122223333", about: KEY },
    ...{ says: "unused", judgement: "f-1", thing: "arn:aws:iam::111122223333:user/other", open: true, ...more },
  });
const key = Signal.parse({
  ...{ kind: "credential.seen", source: source("seen", -1, "aws-iam"), tenant: "111122223333", type: "access key" },
  ...{ credential: KEY, identity: USER, handle: {}, state: "on", reach: "write", lastUsed: AT },
});
const subjectIn = (signals: readonly Signal[], id: string = KEY) =>
  lineageOf(signals).subjects.find((one) => one.id === id);
const saidIn = (signals: readonly Signal[]) =>
  judgedOn(subjectIn(signals) ?? { facts: {} }).map(({ says, judgement }) => `${says} ${judgement}`);

it.each<[title: string, signals: readonly Signal[], said: readonly string[]]>([
  ["stands", [judged(0)], ["unused f-1"]],
  ["ends when it is closed there", [judged(0), judged(1, { open: false })], []],
  ["stands again when it is opened again", [judged(0), judged(1, { open: false }), judged(2)], ["unused f-1"]],
  [
    "ends alone: another one of the same thing stands",
    [judged(0), judged(0, { judgement: "f-2" }), judged(1, { open: false })],
    ["unused f-2"],
  ],
])("a judgement %s, in whatever order it is heard", (_title, signals, said) => {
  expect(saidIn(signals)).toEqual(said);
  expect(saidIn(signals.toReversed())).toEqual(said);
  expect(saidIn([...signals, ...signals])).toEqual(said);
});

describe("what is judged of a key", () => {
  const [before, after] = [subjectIn([key]), subjectIn([key, judged(5), judged(6, { judgement: "f-2" })])];

  it("changes nothing of what is known of it: not its last use, its holder, its connector or who answers for it", () => {
    const { facts, evidence } = after ?? { facts: {}, evidence: [] };
    expect(Object.fromEntries(Object.entries(facts).filter(([name]) => !name.startsWith("judged/")))).toEqual(
      before?.facts,
    );
    expect(evidence).toEqual(before?.evidence);
    expect(exposureOf({ facts })).toBeUndefined();
  });

  it("is read with whose word it is and since when", () => {
    const [first] = judgedOn(after ?? { facts: {} });
    expect(first && toldOf(first)).toBe(`unused, says aws-access-analyzer in f-1 as of ${later(AT, 5)}`);
    const [whom] = judgedOn(subjectIn([judged(0, { says: "open to outsiders", whom: "999988887777" })])!);
    expect(whom && toldOf(whom)).toContain("open to outsiders (999988887777), says");
  });

  it("makes nothing a credential of the estate that nobody else has told of", () => {
    expect(isOnlyJudged(subjectIn([judged(0)])!)).toBe(true);
    expect(isOnlyJudged(after!)).toBe(false);
  });
});

it("what is judged of a user never renames them, nor says which connector acts on them", () => {
  const role = { id: derivedId("idn", "aws", "r"), realm: "aws", name: "arn:aws:iam::111122223333:role/never/r" };
  const listed = Signal.parse({
    ...{ kind: "identity.seen", source: source("listed", 0, "aws-iam"), tenant: "111122223333", type: "role" },
    identity: role,
  });
  const said = judged(100, { about: role.id, thing: "arn:aws:iam::111122223333:role/r" });
  for (const signals of [
    [listed, said],
    [said, listed],
  ]) {
    const facts = subjectIn(signals, role.id)?.facts;
    expect([facts?.["name"]?.value, facts?.["connector"]?.value]).toEqual([role.name, "aws-iam"]);
  }
});
