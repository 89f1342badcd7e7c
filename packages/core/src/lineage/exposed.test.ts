import { expect, it } from "vitest";
import { derivedId, type Instant, later } from "../kernel/index.ts";
import { Signal } from "../signal/index.ts";
import { exposureOf } from "./exposed.ts";
import { lineageOf } from "./graph.ts";

const AT = "2026-11-02T09:00:00.000Z" as Instant;
const IDENTITY = { id: derivedId("idn", "aws", "deploy"), realm: "aws", name: "deploy" };
const source = (eventId: string, hours = 0) => ({ connector: "aws-iam", eventId, occurredAt: later(AT, hours) });
const by = { realm: "aws", name: "AWS", via: "workload" };
const key = (id: string, createdAt?: Instant) =>
  Signal.parse({
    ...{ kind: "credential.seen", source: source(`seen/${id}`, 48), tenant: "111122223333", type: "access key" },
    ...{ credential: derivedId("crd", "aws", id), identity: IDENTITY, handle: {}, state: "on", reach: "write" },
    ...(createdAt && { createdAt }),
  });
const leaked = (hours = 0) =>
  Signal.parse({
    ...{ kind: "identity.exposed", source: source("leak", hours), tenant: "111122223333", by, identity: IDENTITY },
  });
const keyLeaked = (hours: number) =>
  Signal.parse({
    ...{ kind: "credential.exposed", source: source("own", hours), tenant: "111122223333", by },
    credential: derivedId("crd", "aws", "AKIA1"),
  });
const exposed = (signals: readonly Signal[]) =>
  lineageOf(signals).subjects.flatMap(({ id, kind, facts }) =>
    kind === "credential" ? [[id, exposureOf({ facts })?.at]] : [],
  );

it.each([
  ["a key of the identity", [key("AKIA1", later(AT, -1)), leaked()], AT],
  ["one of which nobody knows when it was made", [key("AKIA1"), leaked()], AT],
  ["one that is heard of only later", [leaked(), key("AKIA1", later(AT, -1))], AT],
  ["none that was made after it", [leaked(), key("AKIA1", later(AT, 1))], undefined],
  ["of its own word and its holder's the later", [key("AKIA1", later(AT, -1)), leaked(2), keyLeaked(1)], later(AT, 2)],
  ["and the other way round", [key("AKIA1", later(AT, -1)), leaked(1), keyLeaked(2)], later(AT, 2)],
  [
    "its own word stands, whatever leaked before it was made",
    [key("AKIA1", AT), leaked(-1), keyLeaked(1)],
    later(AT, 1),
  ],
])("what leaked with an identity is %s", (_title, signals, at) => {
  expect(exposed(signals)).toEqual([[derivedId("crd", "aws", "AKIA1"), at]]);
  expect(exposed(signals.toReversed())).toEqual(exposed(signals));
});

it("what leaked keeps the name that its list gave it, and the connector that acts on it", () => {
  const alert = Signal.parse({ ...leaked(100), source: { ...source("alert", 100), connector: "aws-health" } });
  const listed = Signal.parse({
    ...{ kind: "identity.seen", source: source("listed", 1), tenant: "111122223333", type: "user" },
    identity: { ...IDENTITY, name: "arn:aws:iam::111122223333:user/never/deploy" },
  });
  for (const signals of [
    [listed, alert],
    [alert, listed],
  ]) {
    const facts = lineageOf(signals).subjects.find(({ id }) => id === IDENTITY.id)?.facts;
    expect(facts?.["name"]?.value).toBe("arn:aws:iam::111122223333:user/never/deploy");
    expect(facts?.["connector"]?.value).toBe("aws-iam");
  }
});
