import { Instant } from "@leasehold/core/kernel";
import { expect, it } from "vitest";
import { MONDAY } from "../../../../test/support/clock.ts";
import { attributesOf, itemOf, rowIn } from "./item.ts";

it("is an item of text, numbers and bytes, each spelled as DynamoDB spells it", () => {
  const bytes = Uint8Array.of(1, 2);
  expect(attributesOf({ text: "", number: 0, bytes, none: undefined })).toEqual({
    ...{ text: { S: "" }, number: { N: "0" }, bytes: { B: bytes } },
  });
});

it("keeps a row: its key, its version, its places and what is in it, long or short", () => {
  for (const data of [{ a: "b" }, { a: "b".repeat(2_000) }]) {
    const row = { pk: "p", sk: "s", v: 12, data, g2: ["x", "y"] } as const;
    expect(rowIn(itemOf(row))).toEqual(row);
  }
});

it("says the end of a row in whole seconds, and nothing of one without", () => {
  const row = { pk: "p", sk: "s", v: 1, data: {} };
  const seconds = Date.parse(MONDAY) / 1_000;
  expect(itemOf({ ...row, ends: MONDAY })).toMatchObject({ ttl: { N: String(seconds) } });
  const later = Instant.parse("2026-11-02T09:00:00.001Z");
  expect(itemOf({ ...row, ends: later })).toMatchObject({ ttl: { N: String(seconds + 1) } }); // never before its end
  expect(itemOf(row)).toEqual({ pk: { S: "p" }, sk: { S: "s" }, v: { N: "1" }, d: { S: "{}" } });
});
