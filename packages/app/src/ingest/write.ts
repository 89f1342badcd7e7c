import { type Candidate, fold, type Owner, ownerOf } from "@leasehold/core/attribution";
import { type AccountId, canonical, Fault } from "@leasehold/core/kernel";
import {
  type Contribution,
  type Delivery,
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

/** What is said about one subject, and its makers as far as those signals tell: the identity that holds it, the session in which it was made. */
export interface About {
  readonly id: SubjectId;
  readonly said: readonly Contribution[];
  readonly makers: readonly SubjectId[];
}
export interface Written {
  readonly id: SubjectId;
  readonly writes: number;
  readonly pending: boolean;
  readonly reported: boolean;
}

const TRIES = 8;

/**
 * Joins what is said into one subject: read, join, and write only what changes, on condition of the version read.
 * What has a maker is looked at again after its write: more may have become known of the maker meanwhile.
 */
export async function write(world: Pick<World, "graph">, about: About, how: Delivery): Promise<Written> {
  let writes = 0;
  for (let left = TRIES; left > 0; left -= 1) {
    const outcome = await attempt(world, about, how);
    if (outcome === "moved") continue;
    if (outcome.wrote) writes += 1;
    if (outcome.wrote && (about.makers.length > 0 || about.id.startsWith("crd_")) && left > 1) continue;
    const { pending, reported } = outcome;
    return { id: about.id, writes, pending, reported };
  }
  throw new Fault("Conflict", "it moved each time it was read", { what: about.id });
}

interface Attempt {
  readonly wrote: boolean;
  readonly pending: boolean;
  readonly reported: boolean;
}

async function attempt({ graph }: Pick<World, "graph">, about: About, how: Delivery): Promise<Attempt | "moved"> {
  const found = await graph.node(about.id);
  const subject = await joined(graph, found?.value.subject, about);
  if (subject === undefined) return { wrote: false, pending: false, reported: false };
  const edges = about.said.flatMap((one) => one.edges);
  const { node, candidates, reported } = nextNode(found, subject, how);
  const pending = node.pending.length > 0;
  if (found !== undefined && same(found.value, node)) {
    if (edges.length > 0) await graph.join(edges);
    return { wrote: false, pending, reported };
  }
  try {
    await graph.put(node, found?.version ?? 0, edges, candidates);
    return { wrote: true, pending, reported };
  } catch (error) {
    if (error instanceof Fault && error.name === "Conflict") return "moved";
    throw error;
  }
}

async function joined(graph: World["graph"], known: Subject | undefined, about: About): Promise<Subject | undefined> {
  const subject = about.said.reduce<Subject | undefined>(join, known);
  if (subject === undefined) return undefined;
  const identity =
    subject.kind === "credential" ? (subject.facts["identity"]?.value as SubjectId | undefined) : undefined;
  const makers = new Set([...about.makers, ...(identity === undefined ? [] : [identity])]);
  const nodes = await Promise.all([...makers].map((id) => graph.node(id)));
  return nodes.reduce((one, maker) => withInherited(one, maker?.value.subject), subject);
}

interface Next {
  readonly node: Node;
  readonly candidates: readonly AccountId[] | undefined;
  readonly reported: boolean;
}

/** The owner here is for the index: folded at the write, without asking who belongs together. */
function nextNode(found: Versioned<Node> | undefined, subject: Subject, how: Delivery): Next {
  const before = found?.value;
  const candidates = fold(subject.evidence, subject.statements, how.recordedAt);
  const owner = ownerOf(candidates, subject.statements);
  const say = toSay(before, subject, owner, how);
  const version = (found?.version ?? 0) + 1;
  return {
    node: {
      ...{ subject, owner },
      announced: say.announced,
      openCase: before?.openCase,
      windDown: before?.windDown,
      left: before?.left,
      contested: before?.contested,
      pending: pendingOf(before?.pending ?? [], say.names, version),
    },
    candidates: subject.kind === "credential" ? seconds(candidates, owner) : undefined,
    reported: say.reported,
  };
}

const seconds = (candidates: readonly Candidate[], owner: Owner | undefined): readonly AccountId[] =>
  candidates
    .filter(({ account, confidence }) => confidence >= 0.2 && account !== owner?.account)
    .map((one) => one.account);

/** One for each kind, under the latest version, so that it stays small and an announcement of an earlier one clears nothing. */
function pendingOf(
  before: readonly PendingKind[],
  names: readonly PendingName[],
  version: number,
): readonly PendingKind[] {
  const stay = before.filter(({ kind }) => !names.includes(kind));
  return [...stay, ...names.map((kind) => ({ kind, version }))];
}

/** What only time changed (a confidence) is no reason to write. */
const same = (a: Node, b: Node): boolean =>
  canonical([a.subject, a.announced ?? null, a.pending]) === canonical([b.subject, b.announced ?? null, b.pending]);
