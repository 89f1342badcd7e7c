import ts from "typescript";
import { describe, expect, it } from "vitest";
import { files, nodes, parsed, product, read } from "./tree.ts";

const linesOf = (path: string) => read(path).trimEnd().split("\n").length;

/** The value that this share of all the others does not exceed. */
function quantile(sizes: readonly number[], share: number): number {
  const sorted = [...sizes].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
}

const functions = product().flatMap((path) => {
  const source = parsed(path);
  return [...nodes(source)].filter(ts.isFunctionLike).flatMap((node) => {
    if (!("body" in node) || node.body === undefined) return [];
    const lineAt = (position: number) => source.getLineAndCharacterOfPosition(position).line;
    const first = lineAt(node.getStart(source));
    return [{ where: `${path}:${first + 1}`, lines: lineAt(node.end) - first + 1 }];
  });
});

describe("files", () => {
  const code = [...files("packages"), ...files("scripts"), ...files("test")].filter((path) =>
    /[.](ts|cjs)$/.test(path),
  );

  it("are short: half under 80 lines, nine of ten under 250", () => {
    const sizes = code.map(linesOf);
    expect(quantile(sizes, 0.5)).toBeLessThan(80);
    expect(quantile(sizes, 0.9)).toBeLessThan(250);
  });

  it("are none over 400 lines", () => {
    expect(code.filter((path) => linesOf(path) > 400).map((path) => `${path}: ${linesOf(path)}`)).toEqual([]);
  });
});

describe("functions", () => {
  it("are short: half under 10 lines, nine of ten under 30", () => {
    const sizes = functions.map(({ lines }) => lines);
    expect(sizes.length).toBeGreaterThan(500); // they were found at all
    expect(quantile(sizes, 0.5)).toBeLessThan(10);
    expect(quantile(sizes, 0.9)).toBeLessThan(30);
  });

  it("are none over 60 lines", () => {
    expect(functions.filter(({ lines }) => lines > 60)).toEqual([]);
  });
});
