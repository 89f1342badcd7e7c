import type { Instant } from "@leasehold/core/kernel";
import { type Contribution, contributions, deliveryOf, type SubjectId } from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import type { World } from "../world/index.ts";
import { isAhead, keepAside } from "./aside.ts";
import { inChunks } from "./chunks.ts";
import { handOn, MAKING } from "./hand-on.ts";
import { type About, type Known, type Written, write } from "./write.ts";

export type IngestPorts = Pick<World, "graph" | "archive" | "later" | "findings" | "ledger">;

export interface How {
  readonly live: boolean; // an import and a replay change the graph only
  readonly recordedAt: Instant;
}
export interface Ingested {
  readonly signals: number;
  readonly aside: number; // dated in the future
  readonly subjects: number;
  readonly writes: number; // of nodes; 0 where nothing was new
  readonly toAnnounce: readonly SubjectId[];
  readonly reported: readonly SubjectId[]; // have left, and nobody is told: from before the installation
}

/**
 * Joins signals into the graph. The archive is written first: what it has can always be joined again. Then each
 * subject by itself; a crash in between leaves nothing wrong, and the next delivery of the same signal mends what is missing.
 */
export async function ingest(world: IngestPorts, signals: readonly Signal[], how: How): Promise<Ingested> {
  const ahead = signals.filter((signal) => isAhead(signal, how.recordedAt));
  const present = signals.filter((signal) => !isAhead(signal, how.recordedAt));
  await keepAside(world, ahead, how);
  if (present.length > 0) await world.archive.append(present, how.recordedAt);
  const installed = how.live ? await world.ledger.installed(how.recordedAt) : how.recordedAt;
  const written = await joinAll(world, present.flatMap(contributions), { ...how, installed });
  return {
    ...{ signals: signals.length, aside: ahead.length },
    subjects: new Set(written.map(({ id }) => id)).size,
    writes: written.reduce((sum, one) => sum + one.writes, 0),
    toAnnounce: idsOf(written.filter(({ pending }) => pending)),
    reported: idsOf(written.filter(({ reported }) => reported)),
  };
}

type Came = Parameters<typeof deliveryOf>[0];

/** Sessions and identities before what they made or hold, so that most credentials need one write; the rest is found from the maker's side. */
async function joinAll(world: IngestPorts, said: readonly Contribution[], came: Came): Promise<readonly Written[]> {
  const abouts = grouped(said);
  const of = (prefix: string) => abouts.filter(({ id }) => id.startsWith(prefix));
  const joining = (known: Known) => (about: About) => write(world, about, deliveryOf(came, about.said), known);
  const sessions = await inChunks(of("ses_"), joining(new Map()));
  const first = await inChunks([...of("idn_"), ...of("acc_")], joining(knownFrom(sessions)));
  const known = knownFrom([...sessions, ...first]);
  const next = await inChunks(of("crd_"), joining(known));
  const handed = await handOn(world, [...of("ses_"), ...of("idn_")].filter(mayHandOn), came, known);
  return [...sessions, ...first, ...next, ...handed];
}

const knownFrom = (written: readonly Written[]): Known =>
  new Map(written.flatMap(({ id, subject }) => (subject ? [[id, subject] as const] : [])));

/** Something was learned of who is behind it, or of what it was itself made in. */
const mayHandOn = ({ said, makers }: About) => makers.length > 0 || said.some(({ evidence }) => evidence.length > 0);

function grouped(said: readonly Contribution[]): readonly About[] {
  const groups = new Map<SubjectId, Contribution[]>();
  for (const one of said) groups.set(one.subject.id, [...(groups.get(one.subject.id) ?? []), one]);
  const makers = new Set(makersOf(said));
  return [...groups].map(([id, all]) => ({
    ...{ id, said: all, makers: makersOf(all) },
    look: id.startsWith("acc_") || makers.has(id) ? "read" : "glance",
  }));
}

const makersOf = (said: readonly Contribution[]): readonly SubjectId[] =>
  said.flatMap(({ edges }) => edges.filter(({ rel }) => MAKING.includes(rel)).map(({ from }) => from as SubjectId));

const idsOf = (written: readonly Written[]): readonly SubjectId[] => [...new Set(written.map(({ id }) => id))].sort();
