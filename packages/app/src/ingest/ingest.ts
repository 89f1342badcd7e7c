import type { Evidence } from "@leasehold/core/attribution";
import { sayHowAsked } from "@leasehold/core/guardrail";
import type { Instant } from "@leasehold/core/kernel";
import {
  type Contribution,
  contributions,
  deliveryOf,
  type Found,
  isMaking,
  type Subject,
  type SubjectId,
  saysExposed,
  saysJudged,
  saysOwners,
  saysWorkflow,
} from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import { guardEach, guardLogs } from "../guardrail/index.ts";
import { type Heard, inChunks, type World } from "../world/index.ts";
import { isAhead, keepAside } from "./aside.ts";
import { handOn } from "./hand-on.ts";
import { type About, type Known, type Written, write } from "./write.ts";

export type IngestPorts = Pick<World, "graph" | "archive" | "later" | "findings" | "ledger" | "together">;
type Ports = Pick<World, "graph" | "archive"> & { readonly heard?: Heard };

export interface How {
  readonly live: boolean; // an import and a replay change the graph only
  readonly recordedAt: Instant;
  readonly found?: Found; // where they were asked for, and did not come
}
export interface Ingested {
  readonly signals: number;
  readonly aside: number; // dated in the future
  readonly subjects: number; // looked at
  readonly writes: number; // of nodes; 0 where nothing was new
  readonly toAnnounce: readonly SubjectId[];
  readonly reported: readonly SubjectId[]; // have left, and nobody is told: from before the installation
}

/**
 * Joins signals into the graph. The archive is written first: what it has can always be joined again. Then each
 * subject by itself; a crash in between leaves nothing wrong, and the next delivery of the same signal mends what is missing.
 * History comes in great numbers and nobody waits for one of them: it is written together, where the store can.
 */
export async function ingest(world: IngestPorts, signals: readonly Signal[], how: How): Promise<Ingested> {
  const ahead = signals.filter(isAhead(how.recordedAt));
  const present = ahead.length === 0 ? signals : signals.filter((signal) => !ahead.includes(signal));
  await keepAside(world, ahead, how);
  const installed = how.live ? await world.ledger.installed(how.recordedAt) : how.recordedAt;
  const joined = async ({ archive, graph, heard }: Ports) => {
    if (present.length > 0) await archive.append(present, how.recordedAt);
    const news = heard ? heard.news(present) : present;
    const all = await joinAll({ graph }, news.flatMap(contributions), { ...how, installed });
    if (all.every(({ pending }) => !pending)) heard?.keep(news); // what waits to be said is told to whoever says it again
    return all;
  };
  const written = await (how.live || !world.together ? joined(world) : world.together(joined));
  if (how.live) await guardEach(world, asked(present, written), how.recordedAt); // what an import brings the next sweep judges
  if (how.live) await guardLogs(world, present, written, how.recordedAt);
  return {
    ...{ signals: signals.length, aside: ahead.length },
    subjects: new Set(written.map(({ id }) => id)).size,
    writes: written.reduce((sum, one) => sum + one.writes, 0),
    toAnnounce: idsOf(written.filter(({ pending }) => pending)),
    reported: idsOf(written.filter(({ reported }) => reported)),
  };
}

/** Of which these signals say how they ask whoever calls them, what is judged of them, or that they are gone. */
function asked(signals: readonly Signal[], written: readonly Written[]): readonly Subject[] {
  const telling = signals.filter(({ kind }) => ASKED.test(kind));
  if (telling.length === 0) return [];
  const ids = new Set(
    telling
      .flatMap(contributions)
      .filter((one) => saysJudged(one) || sayHowAsked(one) || one.facts["state"]?.value === "deleted")
      .map(({ subject }) => subject.id),
  );
  return written.flatMap(({ id, subject }) => (subject && ids.has(id) ? [subject] : []));
}

const ASKED = /^(identity[.]|access[.]judged$|credential[.]deleted$)/;

type Came = Parameters<typeof deliveryOf>[0];

/** Sessions and identities before what they made or hold, so that most credentials need one write; the rest is found from the maker's side. */
async function joinAll(
  world: Pick<Ports, "graph">,
  said: readonly Contribution[],
  came: Came,
): Promise<readonly Written[]> {
  const abouts = grouped(said);
  const byId = new Map(abouts.map((about) => [about.id, about]));
  const of = (prefix: string) => abouts.filter(({ id }) => id.startsWith(prefix));
  const joining = (known: Known) => (about: About) => write(world, about, deliveryOf(came, about.said), known);
  const sessions = await inChunks(of("ses_"), joining(new Map()));
  const first = await inChunks([...of("idn_"), ...of("acc_")], joining(knownFrom(sessions)));
  const known = knownFrom([...sessions, ...first]);
  const next = await inChunks(of("crd_"), joining(known));
  const makers = [...sessions, ...first].filter((one) => !one.handed && mayHandOn(byId.get(one.id), one));
  const handed = await handOn(world, makers, came, known);
  return [...sessions, ...first, ...next, ...handed];
}

const knownFrom = (written: readonly Written[]): Known =>
  new Map(written.flatMap(({ id, subject }) => (subject ? [[id, subject] as const] : [])));

/**
 * It was itself made in something, or this delivery is what says who is behind it: now, or before a crash. Of what is
 * known by an earlier word there is nothing to hand on. A workflow has many sessions, and each asks it for itself: the others are
 * gone to only where it has news.
 */
function mayHandOn(about: About | undefined, { subject, writes }: Written): boolean {
  if (about === undefined || (writes === 0 && about.said.every(saysWorkflow))) return false;
  return (
    about.makers.length > 0 ||
    about.said.some((one) => saysOwners(one) || saysExposed(one) || one.evidence.some(isIn(subject)))
  );
}

const isIn = (now: Subject | undefined) => (item: Evidence) => now?.evidence.some((one) => isSame(one, item)) ?? false;
const isSame = (a: Evidence, b: Evidence) =>
  a.eventId === b.eventId && a.kind === b.kind && a.candidate === b.candidate;

function grouped(said: readonly Contribution[]): readonly About[] {
  const groups = new Map<SubjectId, Contribution[]>();
  for (const one of said) {
    const others = groups.get(one.subject.id);
    if (others === undefined) groups.set(one.subject.id, [one]);
    else others.push(one);
  }
  const makers = new Map([...groups].map(([id, all]) => [id, makersOf(all)]));
  const isMaker = new Set([...makers.values()].flat());
  return [...groups].map(([id, all]) => ({
    ...{ id, said: all, makers: makers.get(id) ?? [] },
    look: id.startsWith("acc_") || isMaker.has(id) ? "read" : "glance",
  }));
}

const makersOf = (said: readonly Contribution[]): readonly SubjectId[] =>
  said.flatMap(({ edges }) => edges.filter(isMaking).map(({ from }) => from as SubjectId));

const idsOf = (written: readonly Written[]): readonly SubjectId[] => [...new Set(written.map(({ id }) => id))].sort();
