import { plain } from "./words.ts";

type Cell = string | number | undefined;

/** Rows in columns as wide as what stands in them; the last one runs free. */
export function columns(rows: readonly (readonly Cell[])[]): readonly string[] {
  const texts = rows.map((row) => row.map((cell) => plain(String(cell ?? "-"))));
  const widths = texts.reduce<number[]>((all, row) => {
    for (const [n, text] of row.entries()) all[n] = Math.max(all[n] ?? 0, text.length);
    return all;
  }, []);
  return texts.map((row) =>
    row
      .map((text, n) => (n === row.length - 1 ? text : text.padEnd(widths[n] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

/** The same under a head; nothing where there is nothing to show. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): readonly string[] {
  return rows.length === 0 ? [] : columns([head, ...rows]);
}
