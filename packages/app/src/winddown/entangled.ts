import { draw, type Handle, type Plan } from "@leasehold/core/connector";
import { type CredentialId, hoursBetween, type IdentityId } from "@leasehold/core/kernel";
import { holds, type Node, type SubjectId } from "@leasehold/core/lineage";
import type { Descent } from "@leasehold/core/winddown";
import { actingBy } from "../question/index.ts";
import type { Eyes, LookingPorts } from "../world/index.ts";
import { inUse } from "./in-use.ts";

/**
 * A plan that falls on all that an identity holds, with what else goes down by it, what acts by it and who reads it; refused while
 * another credential of it is in use or nobody is asked about that one. What was switched off already loses nothing.
 */
export async function withEntangled<E extends Eyes>(
  world: LookingPorts<E>,
  plan: Plan,
  { blast }: Descent,
  node: Node,
): Promise<Plan> {
  if (blast === "credential") return plan;
  const others = (await siblingsOf(world, node)).filter(({ subject }) => subject.facts["state"]?.value === "on");
  const refused = await Promise.all(
    others.filter((one) => !isSessions(world, one)).map((one) => refusalOf(world, one)),
  );
  const ids = [
    ...others.map(({ subject }) => subject.id),
    ...(await actingThrough(world, node)),
    ...(await readersOf(world, node)),
  ];
  return draw({
    ...plan,
    alsoAffects: [...new Set([...plan.alsoAffects, ...ids])].sort(),
    refusals: [...plan.refusals, ...refused.filter((one) => one !== undefined).sort()],
  });
}

/** What else its identity holds, gone or not. */
export async function siblingsOf(
  { graph }: Pick<LookingPorts<Eyes>, "graph">,
  { subject }: Node,
): Promise<readonly Node[]> {
  const identity = subject.facts["identity"]?.value as SubjectId | undefined;
  const edges = identity === undefined ? [] : await graph.edges(identity, "holds");
  const others = edges.filter((edge) => holds(edge) && edge.to !== subject.id);
  const nodes = await Promise.all(others.map(({ to }) => graph.node(to as SubjectId)));
  return nodes.flatMap((one) => (one ? [one.value] : []));
}

/** They may be somebody else's, who is here: whoever says yes is shown them, and says it to no other. */
async function actingThrough<E extends Eyes>(world: LookingPorts<E>, { subject }: Node): Promise<readonly SubjectId[]> {
  const identity = subject.facts["identity"]?.value as IdentityId | undefined;
  return identity === undefined ? [] : actingBy(world, identity);
}

const OF_LATE = 90 * 24; // hours: what reads it each month or quarter is not left out, and does not come and go

/** Who has read a secret of late reads it no more. */
async function readersOf<E extends Eyes>(
  { graph, clock }: LookingPorts<E>,
  { subject }: Node,
): Promise<readonly string[]> {
  const edges = await graph.edges(subject.id, "read-by");
  return edges.flatMap(({ to, last }) => (hoursBetween(last, clock()) < OF_LATE ? [to] : []));
}

function handsOf<E extends Eyes>(world: LookingPorts<E>, { subject: { facts } }: Node): readonly E[] {
  const provider = world.estate.provider(facts["connector"]?.value ?? "");
  return (provider?.hands ?? []).filter(({ credential }) => credential === facts["type"]?.value);
}

/** Sessions are opened with the others, and go down with them: shown, and nothing to be taken down first. */
function isSessions<E extends Eyes>(world: LookingPorts<E>, node: Node): boolean {
  const hands = handsOf(world, node);
  return hands.length > 0 && hands.every(({ verb }) => verb === "end-sessions");
}

async function refusalOf<E extends Eyes>(world: LookingPorts<E>, node: Node): Promise<string | undefined> {
  const { id, facts } = node.subject;
  const what = `${facts["type"]?.value ?? "credential"} ${id}`;
  if (node.windDown === undefined) return `it would take down the ${what} too, and nobody is asked about that one`;
  const hands = handsOf(world, node);
  const target = {
    credential: id as CredentialId,
    handle: JSON.parse(facts["handle"]?.value ?? "{}") as Handle,
  };
  const used = await inUse(world, { hands, target, heard: facts["lastUsed"]?.value }, world.clock());
  return used === false
    ? undefined
    : `it would take down the ${what} too, which may be in use: take that one down first`;
}
