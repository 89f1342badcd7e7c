import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Instant } from "../kernel/index.ts";
import { later } from "../kernel/index.ts";
import { hourOf, merge, summarise, type Told, tally, Use } from "./index.ts";

const NINE = "2026-10-05T09:00:00.000Z" as Instant;
const at = (minutes: number): Instant => later(NINE, minutes / 60);
const bot = { name: "arn:aws:iam::111122223333:user/bot", via: "iam-user", account: "acc_bot" } as const;

let n = 0;
const use = (minutes: number, more: Partial<Use> = {}): Use => ({
  ...{ credential: "crd_key", caller: bot, service: "s3", action: "PutObject", at: at(minutes), refused: false },
  ...{ eventId: `event-${++n}`, ...more },
});
const told = (uses: readonly Use[], approximate = false): readonly Told[] =>
  tally(uses).map((one) => ({ ...one, approximate }));

describe("tally", () => {
  it("counts by credential, caller, service, action and hour", () => {
    const other = { name: "arn:aws:sts::111122223333:assumed-role/deploy/run-7", via: "session-name" } as const;
    const records = tally([
      ...[use(0), use(59), use(60)],
      ...[use(1, { service: "ecs" }), use(1, { action: "GetObject" }), use(1, { caller: other })],
      use(1, { credential: "ses_1" }),
    ]);
    expect(records.map(({ count }) => count).sort()).toEqual([1, 1, 1, 1, 1, 2]);
    expect(records.every(({ hour, last }) => hour === hourOf(last))).toBe(true);
  });

  it("says how many were refused, the last of all, and the last that was not refused", () => {
    const [record] = tally([use(5), use(7, { refused: true, eventId: "the last" }), use(2)]);
    expect(record).toMatchObject({ count: 3, refused: 1, last: at(7), lastDone: at(5), eventId: "the last" });
    const [refused] = tally([use(5, { refused: true })]);
    expect(refused).toMatchObject({ count: 1, refused: 1, lastDone: undefined });
  });

  it("counts a call once that stands twice in one object", () => {
    const one = use(5);
    expect(tally([one, one, use(6)])).toMatchObject([{ count: 2 }]);
  });
});

describe("merge", () => {
  it("adds what several files say of one hour", () => {
    expect(merge([...told([use(1), use(2)]), ...told([use(3)])])).toMatchObject([
      { count: 3, approximate: false, last: at(3) },
    ]);
  });

  it("adds what several batches say, and leaves it approximate", () => {
    const heard = [...told([use(1)], true), ...told([use(2)], true)];
    expect(merge(heard)).toMatchObject([{ count: 2, approximate: true }]);
  });

  it("lets exact counts outrank those of the bus of the same hour, and never adds them", () => {
    const heard = told([use(1), use(2), use(50, { eventId: "heard last" }), use(3, { refused: true })], true);
    const counted = told([use(1), use(2), use(40)]);
    for (const both of [
      [...heard, ...counted],
      [...counted, ...heard],
    ])
      expect(merge(both)).toMatchObject([
        { count: 3, refused: 0, approximate: false, last: at(50), lastDone: at(50), eventId: "heard last" },
      ]);
  });

  it("keeps what the bus alone has said of another hour", () => {
    const both = merge([...told([use(1)]), ...told([use(61)], true)]);
    expect(both.map(({ count, approximate }) => [count, approximate])).toEqual([
      [1, false],
      [1, true],
    ]);
  });
});

it("summarises the hours of one kind of call, the latest kind first", () => {
  const all = merge([
    ...told([use(1), use(61, { eventId: "newest" })]),
    ...told([use(2, { action: "GetObject", refused: true })], true),
  ]);
  expect(summarise(all)).toMatchObject([
    { action: "PutObject", count: 2, refused: 0, last: at(61), eventId: "newest", approximate: false },
    { action: "GetObject", count: 1, refused: 1, approximate: true },
  ]);
});

it("refuses a use with anything more in it", () => {
  expect(Use.safeParse(use(1)).success).toBe(true);
  for (const more of [{ requestParameters: {} }, { caller: { ...bot, accessKey: "x" } }, { credential: "acc_ada" }])
    expect(Use.safeParse({ ...use(1), ...more }).success).toBe(false);
});

const anyUse: fc.Arbitrary<Use> = fc.record({
  credential: fc.constantFrom("crd_a", "crd_b", "ses_c"),
  caller: fc.constantFrom(bot, { name: "somebody", via: "unknown" as const }),
  service: fc.constantFrom("s3", "ecs"),
  action: fc.constantFrom("Get", "Put"),
  at: fc.integer({ min: 0, max: 60 * 30 }).map(at),
  refused: fc.boolean(),
  eventId: fc.uuid(),
});
const distinct = fc.uniqueArray(anyUse, { selector: ({ eventId }) => eventId, maxLength: 60 });
const sum = (all: readonly { readonly count: number }[]) => all.reduce((total, { count }) => total + count, 0);

it("counts every call once, whatever the order, and no more refusals than calls", () => {
  fc.assert(
    fc.property(distinct, fc.infiniteStream(fc.nat()), (uses, dice) => {
      const records = tally(uses);
      expect(sum(records)).toBe(uses.length);
      expect(records.reduce((total, { refused }) => total + refused, 0)).toBe(uses.filter((one) => one.refused).length);
      for (const { refused, count, last, lastDone } of records) {
        expect(refused).toBeLessThanOrEqual(count);
        expect(lastDone === undefined).toBe(refused === count);
        expect((lastDone ?? last) <= last).toBe(true);
      }
      const shuffled = uses.map((one) => [dice.next().value, one] as const).sort(([a], [b]) => Number(a) - Number(b));
      expect(tally(shuffled.map(([, one]) => one))).toEqual(records);
    }),
  );
});

it("merges the parts of any division to what the whole says, in any order", () => {
  const parts = fc.array(fc.tuple(distinct, fc.boolean()), { maxLength: 5 });
  fc.assert(
    fc.property(parts, fc.infiniteStream(fc.nat()), (all, dice) => {
      const exact = all.filter(([, heard]) => !heard).flatMap(([uses]) => uses);
      const each = all.flatMap(([uses, heard]) => told(uses, heard));
      const merged = merge(each);
      expect(merged.filter(({ approximate }) => !approximate).reduce((total, { count }) => total + count, 0)).toBe(
        exact.length,
      );
      const shuffled = each.map((one) => [dice.next().value, one] as const).sort(([a], [b]) => Number(a) - Number(b));
      expect(merge(shuffled.map(([, one]) => one))).toEqual(merged);
    }),
  );
});
