import { derivedId, later } from "@leasehold/core/kernel";
import { lineageOf } from "@leasehold/core/lineage";
import type { Actor, Signal } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { memoryWorld } from "../../../../test/support/memory-world.ts";
import { accessKey, hours, inSession, issuedKey, sessionOf } from "../../../../test/support/signals.ts";
import { ingest } from "./ingest.ts";

const SIGN_IN = sessionOf("arn:aws:signin:eu-west-1:111122223333:session/1");
const ADA = derivedId("acc", "aws-identity-center", "d-1234567890", "ada");

type Shape = (n: number) => Actor;
type Order = (all: Signal[]) => Signal[];
const bare = (key: string): Actor => ({ ...inSession(key), signIn: SIGN_IN });
const stamped = (key: string): Actor => ({ ...bare(key), via: "on-behalf-of", account: ADA });
const inSso = (key: string): Actor => ({ ...bare(key), via: "sso-session", account: ADA });
const since = (by: Actor): Actor => ({ ...by, session: { ...sessionOf(by.session?.name ?? ""), since: hours(0) } });
const key = (n: number) => `AKIA${n}EXAMPLE`;

/** Each by itself, as events come; a second apart, because a sign-in lasts for hours and no more. */
async function callsFor(count: number, by: Shape, order: Order) {
  const made = Array.from({ length: count }, (_, n) =>
    issuedKey(by(n), later(hours(0), n / 3600), key(n), `user-${n}`),
  );
  const world = memoryWorld();
  world.now = hours(100);
  for (const signal of order(made)) await ingest(world, [signal], { live: false, recordedAt: world.now });
  const calls = world.calls.filter((call) => call.startsWith("graph.")).length;
  return { world, made, calls };
}

describe("thousands of keys made under one sign-in", () => {
  const newestFirst: Order = (all) => all.toReversed();
  const oldestFirst: Order = (all) => all;
  it.each<[string, Shape, Order]>([
    ["in one session, newest first", () => inSso("ASIA1"), newestFirst],
    ["in one session, oldest first", () => inSso("ASIA1"), oldestFirst],
    ["in one session that says when it began", () => since(inSso("ASIA1")), newestFirst],
    ["each in a session of its own, newest first", (n) => inSso(`ASIA${n}`), newestFirst],
    ["each in a session of its own, oldest first", (n) => inSso(`ASIA${n}`), oldestFirst],
    ["of which every other record names nobody", (n) => (n % 2 ? stamped : bare)("ASIA1"), newestFirst],
    ["each in a session, of which every other names nobody", (n) => (n % 2 ? stamped : bare)(`ASIA${n}`), newestFirst],
  ])("%s: four times as many cost about four times as much", async (_title, by, order) => {
    const [few, many] = [await callsFor(60, by, order), await callsFor(240, by, order)];
    expect(many.calls / few.calls).toBeLessThan(5);
    expect(many.calls / 240).toBeLessThan(45);
  });

  it("are all handed what is learned last, and again what a second person's act says", async () => {
    const { world, made } = await callsFor(60, () => bare("ASIA1"), newestFirst);
    const late = issuedKey(stamped("ASIA2"), hours(1), "AKIALATEEXAMPLE", "late");
    const other = issuedKey(
      { ...stamped("ASIA3"), account: derivedId("acc", "aws-identity-center", "d-1234567890", "sam") },
      hours(2),
      "AKIAOTHEREXAMPLE",
      "other",
    );
    for (const signal of [issuedKey(inSso("ASIA1"), hours(1), "AKIAJOINEXAMPLE", "join"), late, other])
      await ingest(world, [signal], { live: false, recordedAt: world.now });
    const whole = lineageOf([...made, issuedKey(inSso("ASIA1"), hours(1), "AKIAJOINEXAMPLE", "join"), late, other]);
    for (const subject of whole.subjects) expect((await world.graph.node(subject.id))?.value.subject).toEqual(subject);
    const first = (await world.graph.node(accessKey(key(0))))?.value.subject.evidence.map(({ candidate }) => candidate);
    expect(new Set(first).size).toBe(2);
  });

  it.each<[string, Shape, number]>(
    [2, 3, 20, 40, 63, 64, 65, 90, 110].flatMap((writes) => [
      ["in one session", () => bare("ASIA1"), writes],
      ["each in a session of its own", (n) => bare(`ASIA${n}`), writes],
    ]),
  )("%s, of which a crash left some without: the same delivery again mends them (%#)", async (_title, by, writes) => {
    const { world, made } = await callsFor(60, by, newestFirst);
    const word = issuedKey(stamped("ASIA1"), hours(1), "AKIAJOINEXAMPLE", "join");
    let done = 0;
    world.hook = (call) => {
      if (call === "graph.put") done += 1;
      if (done > writes) throw new Error("killed");
    };
    await ingest(world, [word], { live: false, recordedAt: world.now }).catch(() => {});
    world.hook = () => {};
    await ingest(world, [word], { live: false, recordedAt: world.now });
    for (const subject of lineageOf([...made, word]).subjects)
      expect((await world.graph.node(subject.id))?.value.subject).toEqual(subject);
  });
});
