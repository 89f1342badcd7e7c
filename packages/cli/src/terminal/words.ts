export const count = (n: number, one: string, many = `${one}s`): string => (n === 1 ? `1 ${one}` : `${n} ${many}`);

/** Lines under a heading, each indented; nothing where there are none. */
export const list = (heading: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [heading, ...lines.map((line) => `  ${line}`)];

export const orNone = (lines: readonly string[], none: string): readonly string[] =>
  lines.length === 0 ? [none] : lines;

/** To the minute, as people say it; the exact instant is in --json. */
export const shortly = (instant: string | undefined): string =>
  instant === undefined ? "-" : `${instant.slice(0, 10)} ${instant.slice(11, 16)}`;

/** Names come from outside: none may move the cursor or write over another line. */
export const plain = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "?");

/** What we lay out ourselves may have lines; each of them is plain. */
export const plainLines = (text: string): string => text.split("\n").map(plain).join("\n");
