/** One line that names files and whoever answers for them; nobody where it takes them out again. */
export interface Rule {
  readonly line: number;
  readonly pattern: string;
  readonly owners: readonly string[]; // @login, @organisation/team, or an address
}
export interface Skipped {
  readonly line: number;
  readonly because: string;
}
export interface CodeOwners {
  readonly rules: readonly Rule[]; // in their order: the last that speaks of a file holds
  readonly skipped: readonly Skipped[];
}

const LOGIN = /^@[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})$/; // an enterprise's own have an underscore
const TEAM = /^@[A-Za-z0-9][A-Za-z0-9_-]{0,38}[/][A-Za-z0-9._-]{1,100}$/;
const ADDRESS = /^[^@\s]{1,64}@[^@\s]+[.][^@\s.]+$/;

/** CODEOWNERS as GitHub reads it: a line with a fault in it counts for nothing, and the others do. */
export function readCodeOwners(text: string): CodeOwners {
  const rules: Rule[] = [];
  const skipped: Skipped[] = [];
  for (const [at, whole] of text.split(/\r?\n/).entries()) {
    const [pattern, ...owners] = wordsIn(whole);
    if (pattern === undefined) continue;
    const because = faultIn(pattern, owners);
    if (because === undefined) rules.push({ line: at + 1, pattern, owners });
    else skipped.push({ line: at + 1, because });
  }
  return { rules, skipped };
}

/** A backslash keeps a space within a pattern; what begins with # is a comment, to the end of the line. */
function wordsIn(line: string): readonly string[] {
  const words = [...line.matchAll(/(?:\\\s|\S)+/g)].map(([word]) => word);
  const comment = words.findIndex((word) => word.startsWith("#"));
  return (comment < 0 ? words : words.slice(0, comment)).map((word) => word.replace(/\\(\s)/g, "$1"));
}

function faultIn(pattern: string, owners: readonly string[]): string | undefined {
  if (pattern.startsWith("!")) return "GitHub knows no ! here";
  if (/[[\]]/.test(pattern)) return "GitHub knows no [ ] here";
  if (pattern.startsWith("\\#")) return "GitHub knows no \\# here";
  if (pattern.length > 1024) return "the pattern is longer than any path";
  const odd = owners.some((one) => ![LOGIN, TEAM, ADDRESS].some((known) => known.test(one)));
  return odd ? "an owner is none of @login, @organisation/team and an address" : undefined;
}
