import fc from "fast-check";
import { expect, it } from "vitest";
import { parseCsv } from "./index.ts";

const cellsOf = (text: string) => parseCsv(text).rows.map(({ cells }) => cells);

it.each<[string, string, readonly (readonly string[])[]]>([
  ["plain", "a,b\n1,2\n", [["a", "b"], ["1", "2"]]],
  ["Windows' line ends", "a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]],
  ["semicolons and commas in cells", "a;b\n1,5;2\n", [["a", "b"], ["1,5", "2"]]],
  ["tabs", "a\tb\n1\t2", [["a", "b"], ["1", "2"]]],
  ["quotes", 'a,b\n"1,""x""\n2",3', [["a", "b"], ['1,"x"\n2', "3"]]],
  ["spaces around", "a , b\n 1, \"2 \"", [["a", "b"], ["1", "2 "]]],
  ["a quote within a cell", 'a,b\n5" pipe,2', [["a", "b"], ['5" pipe', "2"]]],
  ["empty cells at the ends", "a,b,c\n,2,\n", [["a", "b", "c"], ["", "2", ""]]],
  ["an empty cell where the text ends", "a,b\n1,", [["a", "b"], ["1", ""]]],
  ["nothing", "", []],
])("reads %s", (_title, text, rows) => {
  expect(cellsOf(text)).toEqual(rows);
}); // biome-ignore format: rows

it("counts lines of the file, also within quotes and where they are empty", () => {
  const { rows } = parseCsv('a,b\n\n"1\n2",3\n4,5');
  expect(rows.map(({ line }) => line)).toEqual([1, 3, 5]);
});

it("says where a quote begins that is never closed", () => {
  expect(parseCsv('a,b\n1,2\n3,"4\n5,6')).toMatchObject({ open: 3 });
});

it("gives back what was written", () => {
  const cell = fc.string().map((one) => one.replaceAll("\r", ""));
  const row = fc.array(cell, { minLength: 2, maxLength: 2 }).filter((cells) => cells.some((one) => one !== ""));
  fc.assert(
    fc.property(fc.array(row, { maxLength: 5 }), (rows) => {
      const text = [["h1", "h2"], ...rows].map((cells) =>
        cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(","),
      );
      expect(cellsOf(text.join("\n")).slice(1)).toEqual(rows);
    }),
  );
});
