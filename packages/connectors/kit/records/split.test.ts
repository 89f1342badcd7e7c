import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Piece } from "./model.ts";
import { createSplitter } from "./split.ts";

/** Fed in chunks of so many bytes; a record as its value, a broken one as its reason. */
function split(text: string | Buffer, size = 7): readonly unknown[] {
  return pieces(text, size).map((piece) => ("text" in piece ? JSON.parse(piece.text) : piece.broken));
}

function pieces(text: string | Buffer, size = 7): readonly Piece[] {
  const bytes = Buffer.from(text);
  const splitter = createSplitter();
  const out: Piece[] = [];
  for (let at = 0; at < bytes.length; at += size) out.push(...splitter.feed(bytes.subarray(at, at + size)));
  return [...out, ...splitter.end()];
}

const A = { a: 1 };
const B = { b: 'brackets ]}[{ and "quotes" \\ and, commas: ü' };
const json = (value: unknown, indent?: number) => JSON.stringify(value, undefined, indent);
const LOST = "not JSON: what follows in this file was not read";

type Row = [title: string, text: string, then: readonly unknown[]];
describe.each([1, 7, 65_536])("in chunks of %d bytes", (size) => {
  it.each<Row>([
    ["nothing", "", []],
    ["white space only", " \r\n\n\t", []],
    ["one object", json(A), [A]],
    ["an object over many lines", json({ ...B, A }, 2), [{ ...B, A }]],
    ["a list", json([A, B]), [A, B]],
    ["a list over many lines", json([A, B, [A], "x", 7, null], 2), [A, B, [A], "x", 7, null]],
    ["a list with the commas in front", `[${json(A)}\n,${json(B)}\n]`, [A, B]],
    ["an empty list", "[ ]", []],
    ["CloudTrail's wrapper", json({ Records: [A, B] }), [A, B]],
    [
      "the wrapper among other members",
      json({ note: "Records", of: { Records: [1] }, Records: [A, B], z: [3] }, 1),
      [A, B],
    ],
    ["an empty wrapper", '{"Records":[]}', []],
    ["a member of that name that is no list", '{"Records":{"a":[1]}}', [{ Records: { a: [1] } }]],
    ["the name as a value", '{"a":"Records","b":[1]}', [{ a: "Records", b: [1] }]],
    ["a longer name", '{"RecordsOfOld":[1]}', [{ RecordsOfOld: [1] }]],
    ["lines", `${json(A)}\n${json(B)}\n`, [A, B]],
    ["lines, the last one without its end", `${json(A)}\n${json(B)}`, [A, B]],
    ["lines as Windows ends them, and blank ones", `${json(A)}\r\n\r\n${json(B)}\r\n`, [A, B]],
    ["a byte order mark", `\ufeff${json(A)}\n${json(B)}`, [A, B]],
    ["lines that are lists and wrappers", `${json([A, B])}\n${json({ Records: [A] })}\n${json(B)}`, [A, B, A, B]],
    ["objects with nothing between them", `${json(A)}${json(B)} ${json(A)}`, [A, B, A]],
    ["documents one after the other", `${json({ A }, 2)}\n${json({ B }, 2)}`, [{ A }, { B }]],

    ["a bad line in the middle", `${json(A)}\n<html>{"c":3}\n${json(B)}`, [A, "not JSON", B]],
    ["a bad first line", `Feb 3 host: {"a":1}\n${json(A)}\n${json(B)}`, ["not JSON", A, B]],
    ["a line cut short", `${json(A)}\n{"c":{"d":1},\n${json(B)}`, [A, "truncated", B]],
    ["a line cut short within a string", `${json(A)}\n{"c":"\\\n${json(B)}`, [A, "truncated", B]],
    ["a first line cut short", `{"c":{"d":1}\n${json(A)}\n${json(B)}`, ["truncated", A, B]],
    ["a line with something behind its record", `${json(A)}\n${json(A)},\n${json(B)}`, [A, "not JSON", B]],
    ["a bracket of the other kind", `${json(A)}\n{"c":[1}\n${json(B)}`, [A, "not JSON", B]],
    ["a plain value", `${json(A)}\n"x"\n7\n${json(B)}`, [A, "not JSON", "not JSON", B]],
    ["a list cut short", `[${json(A)},${json(B)},{"c":`, [A, B, "truncated"]],
    ["a list without its end", `[${json(A)},${json(B)}`, [A, "truncated"]],
    ["a wrapper cut short", `{"Records":[\n${json(A, 1)},\n{"c":"`, [A, "truncated"]],
    ["a document cut short", '{\n"a":1,\n', ["truncated"]],
    ["a document that breaks", `[\n${json(A)},\n{"c":1 "d":2},\n${json(B)}\n]`, [A, LOST]],
    ["what looks like a record within a broken one", `{\n"a": x y\n"b":\n${json(B)}\n}`, [LOST]],
  ])("splits %s", (_title, text, then) => {
    expect(split(text, size)).toEqual(then);
  });
});

it("says on which line and at which place each record begins", () => {
  const spots = (text: string) => pieces(text).map(({ line, index }) => [line, index]);
  expect(spots(`${json(A)}\n\nx\n${json(A)}`)).toEqual([[1, undefined], [3, undefined], [4, undefined]]); // biome-ignore format: one row
  expect(spots(json([A, B], 1))).toEqual([[2, 0], [5, 1]]); // biome-ignore format: one row
  expect(spots(`[${json(A)},${json(B)},{`)).toEqual([[1, 0], [1, 1], [1, 2]]); // biome-ignore format: one row
});

it("passes over a record that is too large, wherever it stands", () => {
  const large = { c: "x".repeat(1_048_576) };
  expect(split(json([A, large, B]), 65_536)).toEqual([A, "too large", B]);
  expect(split(`${json(large)}\n${json(A)}`, 65_536)).toEqual(["too large", A]);
  expect(split(json({ ...large, Records: [A] }), 65_536)).toEqual([A]); // the wrapper itself is no record
});

it("passes over a record that is nested too deeply, and goes on behind it", () => {
  const nested = (depth: number) => `${'{"x":['.repeat(depth)}"]"${"]}".repeat(depth)}`;
  expect(split(`[${nested(50_000)},${json(B)}]`, 65_536)).toEqual(["nested too deeply", B]);
  expect(split(`${nested(101)}\n${json(B)}`, 65_536)).toEqual(["nested too deeply", B]);
  expect(split(`[${nested(90)}]`, 65_536)).toHaveLength(1);
  expect(split(`[${nested(90)}]`, 65_536)).not.toContain("nested too deeply");
});

const anything = fc.jsonValue({ maxDepth: 4 });
const record = fc.dictionary(fc.string(), anything).filter((one) => !Object.hasOwn(one, "Records"));

it("gives back what was written, in every form and in chunks of any size", () => {
  const forms = [
    (all: readonly unknown[]) => json(all),
    (all: readonly unknown[]) => json(all, 2),
    (all: readonly unknown[]) => json({ a: 1, Records: all }, 1),
    (all: readonly unknown[]) => `\ufeff${all.map((one) => json(one)).join("\r\n")}`,
  ];
  fc.assert(
    fc.property(fc.array(record), fc.constantFrom(...forms), fc.integer({ min: 1, max: 64 }), (all, form, size) => {
      expect(split(form(all), size)).toEqual(all.map((one) => JSON.parse(json(one))));
    }),
  );
});

it("loses one line to whatever stands on it, and no other", () => {
  const junk = fc.oneof(fc.string(), fc.json(), fc.uint8Array()).map((one) => Buffer.from(one));
  fc.assert(
    fc.property(
      fc.array(record, { minLength: 1 }),
      fc.nat(),
      junk,
      fc.integer({ min: 1, max: 64 }),
      (all, at, bad, size) => {
        const lines = all.map((one) => Buffer.from(json(one)));
        const hit = 1 + (at % lines.length); // the first line says what kind of file it is
        lines.splice(hit, 0, Buffer.from(bad.filter((byte) => byte !== 0x0a)));
        const text = Buffer.concat(lines.flatMap((line) => [line, Buffer.from("\n")]));
        const others = pieces(text, size).filter(({ line }) => line !== hit + 1);
        expect(others.map((piece) => "text" in piece && piece.text)).toEqual(all.map((one) => json(one)));
      },
    ),
  );
});
