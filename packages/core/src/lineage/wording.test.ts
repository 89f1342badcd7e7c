import fc from "fast-check";
import { expect, it } from "vitest";
import { anySignal } from "../../../../test/support/histories.ts";
import { seenKey } from "../../../../test/support/signals.ts";
import { canonical, type Instant } from "../kernel/index.ts";
import { Signal, type SignalOf } from "../signal/index.ts";
import { contributions } from "./contributions.ts";
import { wordingOf } from "./wording.ts";

const MORNING = "2026-03-02T09:00:00.000Z" as Instant;
const key = seenKey({ lastUsed: MORNING }) as SignalOf<"credential.seen">;
const used = (lastUsed: unknown) => ({ ...key, lastUsed }) as Signal;

const anyTime = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.nat({ max: 23 }), fc.nat({ max: 59 }))
  .map(([day, ...time]) => `2026-03-0${day}T${time.map((n) => String(n).padStart(2, "0")).join(":")}:00.000Z`);

it("two of one wording say the very same, and where one is a signal so is the other", () => {
  let alike = 0;
  fc.assert(
    fc.property(anySignal, anyTime, anyTime, (signal, ...times) => {
      const [a, b] = times.map((lastUsed) => (signal.kind === "credential.seen" ? { ...signal, lastUsed } : signal));
      const [one, other] = [Signal.parse(a), Signal.parse(b)];
      if (wordingOf(one) !== wordingOf(other)) return;
      if (canonical(one) !== canonical(other)) alike += 1;
      expect(canonical(contributions(one))).toBe(canonical(contributions(other)));
    }),
    { numRuns: 5_000 },
  );
  expect(alike).toBeGreaterThan(10);
});

it("is the same where a key was used at another hour of the day", () => {
  expect(wordingOf(used("2026-03-02T23:59:59.999Z"))).toBe(wordingOf(key));
});

it.each<[string, Signal]>([
  ["it was used on another day", used("2026-03-03T00:00:00.000Z")],
  ["it was never used", used(null)],
  ["nothing is said of its use", used(undefined)],
  ["that is no time of any day", used("2026-03-02T24:00:00.000Z")],
  ["more stands behind the time", used(`${MORNING} and more`)],
  ["it is in another state", { ...key, state: "off" }],
  ["something like it stands elsewhere", { ...key, handle: { ...key.handle, lastUsed: MORNING } }],
  ["it is another event", { ...key, source: { ...key.source, eventId: "another" } }],
  ["it was said at another time", { ...key, source: { ...key.source, occurredAt: MORNING } }],
])("is another where %s", (_title, other) => {
  expect(wordingOf(other)).not.toBe(wordingOf(key));
});
