import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Instant, later } from "../kernel/index.ts";
import { joinRefusals, MOST_REFUSALS, merge, type Refused, summarise, tally, type Use } from "./index.ts";

const NINE = "2026-10-05T09:00:00.000Z" as Instant;
const at = (minutes: number): Instant => later(NINE, minutes / 60);
const one = (minutes: number, eventId: string, resource?: string): Refused => ({
  ...{ at: at(minutes), eventId, ...(resource && { resource }) },
});
const use = (minutes: number, more: Partial<Use> = {}): Use => ({
  ...{ credential: "crd_key", caller: { name: "bot", via: "iam-user" }, service: "s3", action: "GetObject" },
  ...{ at: at(minutes), refused: true, refusal: { resource: "arn:aws:s3:::a" }, eventId: `e${minutes}`, ...more },
});

const some = fc
  .tuple(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 20 }), fc.uuid())
  .map(([minutes, n, id]) => one(minutes, id, `arn:aws:s3:::bucket-${n}`));
const records = fc.array(fc.record({ refusals: fc.array(some, { minLength: 1, maxLength: 12 }) }), { maxLength: 6 });

describe("what was refused", () => {
  it("is the latest of each kind, the latest first", () => {
    const all = [one(1, "a", "x"), one(9, "b", "y"), one(5, "c", "x"), one(5, "d", "x")];
    expect(joinRefusals({ refusals: all })).toEqual({ refusals: [one(9, "b", "y"), one(5, "d", "x")] });
  });

  it("is nothing where nothing was", () => {
    expect(joinRefusals({}, {})).toEqual({});
  });

  it("is the same in any order, any grouping and any number of times, and never more than a few", () => {
    fc.assert(
      fc.property(records, records, (a, b) => {
        const all = joinRefusals(...a, ...b);
        expect(joinRefusals(...[...b, ...a].reverse(), ...a)).toEqual(all);
        expect(joinRefusals(joinRefusals(...a), joinRefusals(...b))).toEqual(all);
        expect(all.refusals?.length ?? 0).toBeLessThanOrEqual(MOST_REFUSALS);
      }),
    );
  });

  it("is counted with its calls, stays when files and the bus tell of one hour, and is in the summary", () => {
    const heard = tally([use(1), use(2), use(3, { refusal: undefined, refused: false })]);
    expect(heard).toMatchObject([{ count: 3, refused: 2, refusals: [{ at: at(2), eventId: "e2" }] }]);
    const file = tally([use(4, { refusal: { policy: "no session policy allows it" } })]);
    const both = merge([
      ...heard.map((told) => ({ ...told, approximate: true })),
      ...file.map((told) => ({ ...told, approximate: false })),
    ]);
    expect(both).toMatchObject([{ count: 1, refusals: [{ eventId: "e4" }, { eventId: "e2" }] }]);
    expect(summarise(both)).toMatchObject([{ refusals: [{ eventId: "e4" }, { eventId: "e2" }] }]);
  });
});
