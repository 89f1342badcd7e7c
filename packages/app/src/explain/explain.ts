import type { Subject, SubjectId } from "@leasehold/core/lineage";
import {
  chainEnd,
  type QuestionPorts,
  resolve,
  type ShownCandidate,
  type ShownEvidence,
  whoFrom,
} from "../question/index.ts";
import { hopOf, linkOf, personOf } from "./links.ts";
import type { Chain, Explanation, Hop, Link } from "./model.ts";

type Ports = Pick<QuestionPorts, "graph" | "config" | "clock">;

/** Every way from a thing to whoever may be accountable for it, hop by hop, and where one breaks off: what `who` says in words, to be drawn. */
export async function explain(world: Ports, text: string): Promise<Explanation> {
  const id = await resolve(world, text);
  const { owner, candidates } = await whoFrom(world, text, async () => []);
  const subject = (await world.graph.node(id))?.value.subject ?? bare(id);
  if (subject.kind === "account")
    return { subject: linkOf(subject), chains: owner ? [await ofPerson(world, subject, owner)] : [] };
  const ways: Chain[] = [];
  for (const one of candidates) ways.push(...(await waysTo(world, subject, one)));
  const broken = await brokenWay(world, subject);
  return { subject: linkOf(subject), chains: broken === undefined ? ways : [...ways, broken] };
}

const bare = (id: SubjectId): Subject => ({
  ...{ id, kind: "account", tenant: "", facts: {}, turns: {}, evidence: [], statements: [] },
});

/** An account's own chain has one hop: whose it is. */
async function ofPerson(world: Ports, subject: Subject, owner: Parameters<typeof personOf>[0]): Promise<Chain> {
  const hop: Hop = { ...hopOf(subject, owner.account, "is one of the accounts of", subject.facts["standing"]) };
  const links = [linkOf(subject), await drawn(world, owner)];
  return { to: { account: owner.account, word: "certain", confidence: 1 }, links, hops: [hop], end: undefined };
}

async function drawn({ graph }: Ports, one: Parameters<typeof personOf>[0]): Promise<Link> {
  return personOf(one, (await graph.node(one.account))?.value.subject.facts["connector"]?.value);
}

/** One chain for each way that evidence came; what came the same way ends in several hops of one chain. */
async function waysTo(world: Ports, subject: Subject, candidate: ShownCandidate): Promise<readonly Chain[]> {
  const { account, word, confidence, evidence } = candidate;
  const person = await drawn(world, candidate);
  const ways = new Map<string, Chain>();
  for (const item of evidence) {
    const { at, links, hops } = await walk(world, subject, stepsOf(subject, item));
    const { reason: says, at: when, eventId, source, forgeableBy } = item;
    const last: Hop = { from: at, to: account, says, at: when, eventId, source, forgeableBy };
    const way = links.map(({ id }) => id).join();
    const beside = ways.get(way);
    ways.set(way, {
      ...{ to: { account, word, confidence }, links: [...links, person], end: undefined },
      hops: [...(beside?.hops ?? hops), last],
    });
  }
  return [...ways.values()];
}

/** Through which things a piece of evidence came: of a credential, that of its identity came through the identity. */
function stepsOf({ kind, facts }: Subject, item: ShownEvidence): readonly string[] {
  const identity = facts["identity"]?.value;
  const byIdentity = kind === "credential" && (item.kind.startsWith("identity-") || item.kind === "held-by");
  const sessions = (item.hops ?? []).map(({ session }) => session);
  return byIdentity && identity !== undefined ? [identity, ...sessions] : sessions;
}

interface Walked {
  readonly at: string;
  readonly links: readonly Link[];
  readonly hops: readonly Hop[];
}

async function walk({ graph }: Ports, subject: Subject, steps: readonly string[]): Promise<Walked> {
  const links = [linkOf(subject)];
  const hops: Hop[] = [];
  let from = subject;
  for (const id of steps) {
    const next = (await graph.node(id as SubjectId))?.value.subject ?? unknown(id, from);
    hops.push(joined(from, next));
    links.push(linkOf(next));
    from = next;
  }
  return { at: from.id, links, hops };
}

function joined(from: Subject, to: Subject): Hop {
  if (to.kind === "identity") return hopOf(from, to.id, "is held by", from.facts["identity"]);
  const { madeIn } = from.facts;
  const says = from.kind === "session" ? "was opened in" : "was made in";
  return hopOf(from, to.id, says, madeIn?.value === to.id ? madeIn : undefined);
}

/** Something names it, and nothing else was ever heard of it. */
function unknown(id: string, from: Subject): Subject {
  const name = from.facts["madeInName"];
  return { ...bare(id as SubjectId), kind: "session", facts: name === undefined ? {} : { name } };
}

const MOST = 9; // as far as chains are followed

/** The way that ends at nobody, as far as it is known. */
async function brokenWay(world: Ports, subject: Subject): Promise<Chain | undefined> {
  const [end] = await chainEnd(world, subject);
  if (end === undefined) return undefined;
  const steps: string[] = [];
  const identity = subject.facts["identity"]?.value;
  let at: Subject | undefined = subject;
  if (subject.facts["madeVia"] === undefined && subject.kind === "credential" && identity !== undefined) {
    steps.push(identity);
    at = (await world.graph.node(identity as SubjectId))?.value.subject;
  }
  while (steps.length < MOST) {
    const parent: string | undefined = at?.facts["madeIn"]?.value;
    if (parent === undefined || steps.includes(parent)) break;
    steps.push(parent);
    at = (await world.graph.node(parent as SubjectId))?.value.subject;
  }
  const { links, hops } = await walk(world, subject, steps);
  return { to: undefined, links, hops, end };
}
