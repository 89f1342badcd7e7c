import { expect, it } from "vitest";
import { derivedId, type Instant, later } from "../kernel/index.ts";
import { Signal } from "../signal/index.ts";
import { reachedBy } from "./allowed.ts";
import { lineageOf } from "./graph.ts";

const AT = "2026-11-02T09:00:00.000Z" as Instant;
const ROLE = { id: derivedId("idn", "aws", "r"), realm: "aws", name: "r" };
const seen = (hours: number, more: object) =>
  Signal.parse({
    ...{ kind: "identity.seen", tenant: "111122223333", identity: ROLE, type: "role" },
    ...{ source: { connector: "aws-iam", eventId: `e${hours}`, occurredAt: later(AT, hours) }, ...more },
  });
const put = (hours: number, policy: string, ...resources: readonly string[]) =>
  seen(hours, { allows: [{ policy, resources }] });
const listed = (hours: number, ...policies: readonly string[]) => seen(hours, { policies });

it.each<[title: string, signals: readonly Signal[], reached: readonly string[]]>([
  ["each policy by itself", [put(0, "a", "x"), put(1, "b", "y", "z")], ["a x e0", "b y,z e1"]],
  ["as it was last put", [put(0, "a", "x"), put(1, "a", "y")], ["a y e1"]],
  ["nothing of one that was taken away", [put(0, "a", "x"), put(0, "b", "y"), put(1, "a")], ["b y e0"]],
  ["nothing of one that a later list has not", [put(0, "a", "x"), put(0, "b", "y"), listed(1, "b")], ["b y e0"]],
  ["one that was put after the list", [listed(0), put(1, "a", "x")], ["a x e1"]],
])("policies name %s, in whatever order that is heard", (_title, signals, reached) => {
  for (const order of [signals, signals.toReversed(), [...signals, ...signals]]) {
    const subject = lineageOf(order).subjects.find(({ id }) => id === ROLE.id);
    const told = reachedBy(subject!).map(({ policy, resources, eventId }) => `${policy} ${resources} ${eventId}`);
    expect(told.sort()).toEqual(reached);
  }
});
