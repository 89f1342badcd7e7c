import * as z from "zod/mini";
import { Instant } from "../kernel/index.ts";
import { astray, CLOSED_CASE, type KeptRoot, keptOn, type Root, rootsIn } from "./roots.ts";
import { beginning, broken, type Entry } from "./trail.ts";

const Text = z.string().check(z.maxLength(4_096));
const Count = z.int().check(z.minimum(0));

/** An entry as a line of an export holds it. An unknown field stays: it is part of what was hashed. */
const EntryLine = z.looseObject({
  ...{ trail: Text, n: Count, at: Text, before: Text, did: Text, by: Text, hash: Text },
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
const RootLine = z.strictObject({ trail: Text, entries: Count, hash: Text });
const KeptLine = z.looseObject({ at: Instant, trails: z.array(RootLine) });

/** One object of kept roots, as it was read. */
export function keptIn(read: unknown): readonly KeptRoot[] | undefined {
  const { data } = KeptLine.safeParse(read);
  return data?.trails.map((root) => ({ ...root, at: data.at }));
}

/** One line of an export: an entry, or after the last of a trail where it ends. */
export type Line = Entry | Root;
export const isEntry = (line: Line): line is Entry => "did" in line;

/** A line of an export as it was read; undefined where it is neither an entry nor an end. */
export function lineIn(read: unknown): Line | undefined {
  const root = RootLine.safeParse(read);
  if (root.success) return root.data;
  return EntryLine.safeParse(read).success ? (read as Entry) : undefined;
}

/** What became of one trail of an export. */
export interface Checked {
  readonly trail: string;
  readonly entries: number; // in the file
  readonly from: number; // the first of them; 1 where the file has it from its beginning
  readonly hash: string; // where the file says that it ends
  readonly broken: string | undefined;
}

interface Gathered {
  readonly entries: Entry[];
  readonly ends: Root[];
}

/**
 * Every trail of an export by itself: the chain, the end that the file names, the ends that closed cases wrote down, and the
 * roots that were kept. `partly`: the file was exported from some instant on, so that a trail may begin after its first entry.
 */
export function checkLines(
  lines: Iterable<Line>,
  { kept = [], partly = false }: { readonly kept?: readonly KeptRoot[]; readonly partly?: boolean } = {},
): readonly Checked[] {
  const trails = new Map<string, Gathered>();
  for (const line of lines) {
    const one = trails.get(line.trail) ?? { entries: [], ends: [] };
    trails.set(line.trail, one);
    if (isEntry(line)) one.entries.push(line);
    else one.ends.push(line);
  }
  const listed = [...trails.values()].flatMap(({ entries }) => rootsIn(entries));
  const roots = [
    ...listed.map((root) => ({ root, wrote: CLOSED_CASE })),
    ...kept.map((root) => ({ root, wrote: keptOn(root) })),
  ];
  const byTrail = new Map<string, typeof roots>();
  for (const one of roots) byTrail.set(one.root.trail, [...(byTrail.get(one.root.trail) ?? []), one]);
  return [...trails].map(([trail, given]) => checked(trail, given, byTrail.get(trail) ?? [], partly));
}

function checked(
  trail: string,
  { entries, ends }: Gathered,
  roots: readonly { readonly root: Root; readonly wrote: string }[],
  partly: boolean,
): Checked {
  const [first] = entries;
  const [end] = ends;
  const skipped = partly && first !== undefined ? first.n - 1 : 0;
  const from = first !== undefined && skipped > 0 ? { n: skipped, hash: first.before } : beginning(trail);
  const view = { trail, entries: entries.length, from: from.n + 1, hash: end?.hash ?? "" };
  if (end === undefined || ends.length > 1)
    return { ...view, broken: end ? "the file names two ends of it" : "the file does not say where it ends" };
  const hashes = entries.map(({ hash }) => hash);
  const wrong = broken(trail, entries, { n: end.entries, hash: end.hash }, from);
  return { ...view, broken: wrong ?? firstOf(roots, ({ root, wrote }) => astray(hashes, root, wrote, skipped)) };
}

function firstOf<T>(all: readonly T[], wrong: (one: T) => string | undefined): string | undefined {
  for (const one of all) {
    const said = wrong(one);
    if (said !== undefined) return said;
  }
  return undefined;
}
