import { type AccountId, alike, Fault } from "@leasehold/core/kernel";
import {
  type Contribution,
  type Delivery,
  handedMark,
  join,
  type Node,
  type PendingKind,
  type PendingName,
  type Subject,
  type SubjectId,
  toSay,
  withInherited,
} from "@leasehold/core/lineage";
import type { Versioned, World } from "../world/index.ts";
import { indexed } from "./indexed.ts";

/** What is said about one subject, its makers as far as those signals tell (the identity that holds it, the session in which it was made), and how it is looked at first. */
export interface About {
  readonly id: SubjectId;
  readonly said: readonly Contribution[];
  readonly makers: readonly SubjectId[];
  readonly look: Look;
}
/** A glance costs half and may be some moments old; docs/decisions/0009 says where it loses nothing. */
type Look = "glance" | "read";

/** Makers, as this ingest found or left them: each is read once. */
export type Known = ReadonlyMap<SubjectId, Subject>;

export interface Written {
  readonly id: SubjectId;
  readonly subject: Subject | undefined; // as it is now, or more of it
  readonly writes: number;
  readonly pending: boolean;
  readonly reported: boolean;
  readonly handed: boolean; // of a maker: all that it made has what is known of it
}

const TRIES = 8;

/**
 * Joins what is said into one subject: look, join, and write only what changes, on condition of the version seen; after
 * a conflict it is read as it is. Who may have linked something to its maker reads that maker afterwards: whoever made it
 * known meanwhile may have listed what it made before the link was there.
 */
export async function write(
  { graph }: Pick<World, "graph">,
  about: About,
  how: Delivery,
  known: Known,
): Promise<Written> {
  let { look } = about;
  let makers = await withMakers(graph, about.makers, known);
  let writes = 0;
  let linked = false;
  for (let left = TRIES; left > 0; left -= 1) {
    const outcome = await attempt(graph, { ...about, look }, how, makers);
    look = "read";
    linked ||= outcome.linked;
    if (outcome.moved) continue;
    if (outcome.wrote) writes += 1;
    const { subject, pending, reported, handed } = outcome;
    if (subject && linked) {
      makers = await makersNow(graph, about.makers);
      if (inherited(subject, about.makers, makers) !== subject) continue;
    }
    return { id: about.id, subject, writes, pending, reported, handed };
  }
  throw new Fault("Conflict", "it moved each time it was read", { what: about.id });
}

interface Attempt {
  readonly subject: Subject | undefined;
  readonly moved: boolean; // somebody else was faster: nothing is written but its edges
  readonly wrote: boolean;
  readonly linked: boolean; // edges may be new
  readonly pending: boolean;
  readonly reported: boolean;
  readonly handed: boolean;
}

async function attempt(graph: World["graph"], about: About, how: Delivery, known: Known): Promise<Attempt> {
  const found = await lookAt(graph, about);
  const none = { moved: false, wrote: false, linked: false, pending: false, reported: false, handed: false };
  const said = about.said.reduce<Subject | undefined>(join, found?.value.subject);
  if (said === undefined) return { ...none, subject: undefined };
  const subject = inherited(said, about.makers, known);
  const edges = about.said.flatMap((one) => one.edges);
  const { node, candidates, reported } = nextNode(found, subject, how);
  const handed = node.handed !== undefined && node.handed === handedMark(subject);
  const outcome = { ...none, subject, pending: node.pending.length > 0, reported, handed };
  if (found !== undefined && same(found.value, node))
    return { ...outcome, linked: edges.length > 0 && (await graph.join(edges)) > 0 };
  const linked = edges.length > 0;
  try {
    await graph.put(node, found?.version ?? 0, edges, candidates);
    return { ...outcome, wrote: true, linked };
  } catch (error) {
    if (error instanceof Fault && error.name === "Conflict") return { ...outcome, moved: true, linked };
    throw error;
  }
}

/** Where nothing is said, nothing is written, and no condition would tell that a glance came too early. */
async function lookAt(graph: World["graph"], { id, said, look }: About): Promise<Versioned<Node> | undefined> {
  const glanced = look === "glance" ? await graph.glance(id) : undefined;
  if (glanced !== undefined || (look === "glance" && said.length > 0)) return glanced;
  return graph.node(id);
}

/** Read as they are, where this delivery says nothing of them: a session that was opened in another one. */
async function withMakers(graph: World["graph"], makers: readonly SubjectId[], known: Known): Promise<Known> {
  const unread = makers.filter((id) => !known.has(id));
  return unread.length === 0 ? known : new Map([...known, ...(await makersNow(graph, unread))]);
}

export async function makersNow(graph: World["graph"], makers: readonly SubjectId[]): Promise<Known> {
  const found = await Promise.all([...new Set(makers)].map((id) => graph.node(id)));
  return new Map(found.flatMap((one) => (one ? [[one.value.subject.id, one.value.subject] as const] : [])));
}

/** With what is known of its makers; itself where that is nothing new. */
function inherited(subject: Subject, makers: readonly SubjectId[], known: Known): Subject {
  return makers.reduce((one, id) => withInherited(one, known.get(id)), subject);
}

interface Next {
  readonly node: Node;
  readonly candidates: readonly AccountId[] | undefined;
  readonly reported: boolean;
}

function nextNode(found: Versioned<Node> | undefined, subject: Subject, how: Delivery): Next {
  const before = found?.value;
  if (before && !how.live && subject === before.subject)
    return { node: before, candidates: undefined, reported: false };
  const { owner, candidates } = indexed(subject, how.recordedAt);
  const say = toSay(before, subject, owner, how);
  const version = (found?.version ?? 0) + 1;
  return {
    node: {
      ...{ subject, owner },
      announced: say.announced,
      openCase: before?.openCase,
      windDown: before?.windDown,
      left: before?.left,
      ...(before?.handed !== undefined && { handed: before.handed }),
      contested: before?.contested,
      pending: pendingOf(before?.pending ?? [], say.names, { version, ...(how.found && { found: how.found }) }),
    },
    candidates,
    reported: say.reported,
  };
}

/** One for each kind, under the latest version, so that it stays small and an announcement of an earlier one clears nothing. */
function pendingOf(
  before: readonly PendingKind[],
  names: readonly PendingName[],
  said: Omit<PendingKind, "kind">,
): readonly PendingKind[] {
  const stay = before.filter(({ kind }) => !names.includes(kind));
  return [...stay, ...names.map((kind) => ({ kind, ...said }))];
}

/** What only time changed (a confidence) is no reason to write. */
const same = (a: Node, b: Node): boolean =>
  a.announced === b.announced && alike(a.pending, b.pending) && alike(a.subject, b.subject);
