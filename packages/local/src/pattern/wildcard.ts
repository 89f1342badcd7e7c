import type { Test } from "./match.ts";
import { refuse } from "./refuse.ts";

/** EventBridge refuses what is too complex, and does not say from where: six stars are known to be too many. */
const MOST_STARS = 5;

/** `*` stands for any text, also none; `\*` and `\\` for themselves. */
export function wildcard(operand: unknown, path: string): Test {
  if (typeof operand !== "string") refuse("a wildcard match is text", path);
  const pieces = piecesOf(operand, path);
  if (pieces.length - 1 > MOST_STARS) refuse("too many wildcards in one match: EventBridge would refuse it", path);
  return (value) => typeof value === "string" && fits(value, pieces);
}

function piecesOf(text: string, path: string): readonly string[] {
  const pieces = [""];
  for (let n = 0; n < text.length; n++) {
    const sign = text[n];
    if (sign === "*") {
      if (text[n + 1] === "*") refuse("two wildcards in a row", path);
      pieces.push("");
      continue;
    }
    if (sign === "\\" && !/[*\\]/.test(text[n + 1] ?? ""))
      refuse("a backslash escapes a star or a backslash only", path);
    pieces.push(`${pieces.pop()}${sign === "\\" ? text[++n] : sign}`);
  }
  return pieces;
}

function fits(value: string, pieces: readonly string[]): boolean {
  const [first = "", ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return value === first;
  if (!value.startsWith(first)) return false;
  let from = first.length;
  for (const piece of rest) {
    const found = value.indexOf(piece, from);
    if (found < 0) return false;
    from = found + piece.length;
  }
  return value.length - last.length >= from && value.endsWith(last);
}
