/** The name that was perhaps meant: at most two letters off, or a third of a long one; or one that begins so. */
export function nearest(given: string, names: readonly string[]): string | undefined {
  const most = Math.max(2, Math.floor(given.length / 3));
  const ranked = names
    .map((name) => ({ name, off: distance(given, name) }))
    .filter(({ off }) => off <= most)
    .sort((a, b) => a.off - b.off);
  return ranked[0]?.name ?? names.find((name) => given.length > 1 && (name.startsWith(given) || name.endsWith(given)));
}

/** Letters to change, add, or leave out. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries())
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}
