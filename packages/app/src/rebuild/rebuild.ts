import { indexed } from "../ingest/index.ts";
import { type Compared, compareAll, compareEdges, extras } from "./compare.ts";
import { makers } from "./makers.ts";
import type { Difference, How, RebuildPorts, Rebuilt } from "./model.ts";
import { reading, tellingEvery } from "./reading.ts";
import { slice } from "./slice.ts";

const MOST = 50_000; // subjects in memory at once: with 150,000 a rebuild of a million signals took 2.3 GB
const SHOWN = 100; // differences
const EVERY = 10_000; // subjects

/**
 * The graph anew from the archive, beside the one that is there: says where they differ, and writes it where it is told to.
 * Only what follows from signals is written. No case is opened, nothing is announced, and nothing that was decided is touched.
 * Makers first, for all that they hand on; then the graph in slices, each in a pass of its own, so that memory has a bound.
 */
export async function rebuild(world: RebuildPorts, how: How): Promise<Rebuilt> {
  const { write, onProgress = () => {}, most = MOST, index = indexed } = how;
  const first = makers();
  const archive = await reading(world, first.take, onProgress);
  const known = first.known();
  const passes = Math.max(1, Math.ceil(first.ids.size / most));
  const sum = counting((done) => onProgress({ does: "compares", done, of: first.ids.size }));
  let edges = 0;

  for (let n = 0; n < passes; n += 1) {
    const part = slice(n, passes);
    await archive.pass(part.take);
    const subjects = part.subjects(known);
    const links = part.edges();
    edges += links.length;
    await compareAll(world, archive, subjects, { write, index }, sum.subject);
    await compareEdges(world, links, subjects, { write }, sum.other);
  }
  await extras(world, first.ids, sum.other);
  const { differences, outdated, written } = sum.counted();
  if (differences.total > 0 && !write) await archive.still(); // or they may be of what came since
  return {
    ...{ signals: archive.signals, subjects: first.ids.size, edges, passes: 1 + passes },
    ...{ equal: differences.total === 0, differences, outdated, written },
  };
}

function counting(tell: (done: number) => void | Promise<void>) {
  const first: Difference[] = [];
  let [total, left, outdated, written, subjects] = [0, 0, 0, 0, 0];
  const told = tellingEvery(EVERY, tell);
  const other = (one: Compared) => {
    if (one.outdated) outdated += 1;
    if (one.wrote) written += 1;
    if (one.difference === undefined) return;
    total += 1;
    if (one.left) left += 1;
    if (first.length < SHOWN) first.push(one.difference);
  };
  return {
    other,
    subject: async (one: Compared) => {
      other(one);
      subjects += 1;
      await told(subjects);
    },
    counted: () => ({ differences: { total, left, first }, outdated, written }),
  };
}
