import { isNaked } from "@leasehold/core/guardrail";
import type { CredentialId, IdentityId } from "@leasehold/core/kernel";
import type { Subject } from "@leasehold/core/lineage";
import { ownerNow, type People, peopleOf } from "../question/index.ts";
import { type LookPorts, type Orphan, orphansNow } from "../sweep/index.ts";
import { each } from "../world/index.ts";

/** What stands open in an estate, before anything is done about any of it. */
export interface FirstLook {
  readonly credentials: number; // that were looked at
  readonly identities: number;
  readonly ownerless: readonly Shown[]; // credentials with no living owner
  readonly agents: readonly Agent[]; // with no living owner
  readonly naked: readonly Naked[]; // servers that ask nobody who calls them
  readonly expireless: readonly Expireless[]; // Bedrock API keys that are on, for ever
  readonly whole: boolean;
  readonly notVisible: readonly string[]; // each a sentence
}
type Shown = Pick<Orphan, "credential" | "because" | "state" | "type"> & {
  readonly name: string | undefined; // of who holds it
  readonly tenant: string;
};
interface Called {
  readonly identity: IdentityId;
  readonly name: string | undefined; // in the vendor's words
  readonly type: string | undefined;
  readonly tenant: string;
}
export interface Agent extends Called {
  readonly because: string;
}
export type Naked = Called;
export interface Expireless {
  readonly credential: CredentialId;
  readonly name: string | undefined; // of who holds it
  readonly tenant: string;
  readonly createdAt: string | undefined;
}

/** Reads all that is known. It opens nothing, tells nobody, and leaves no finding. */
export async function firstLook(world: LookPorts): Promise<FirstLook> {
  const people = peopleOf(world, world.clock());
  const agents: Agent[] = [];
  const naked: Naked[] = [];
  let identities = 0;
  for await (const { value } of each((cursor) => world.graph.list("identity", cursor))) {
    const { subject } = value;
    if (subject.facts["deleted"]?.value === "yes") continue;
    identities += 1;
    if (isNaked(subject)) naked.push(calledIn(subject));
    const because = await whyOwnerless(world, people, subject);
    if (because !== undefined) agents.push({ ...calledIn(subject), because });
  }
  const { items, looked, whole, notVisible } = await orphansNow(world);
  const nameOf = async (identity: string | undefined) =>
    identity && (await world.graph.node(identity as IdentityId))?.value.subject.facts["name"]?.value;
  const ownerless: Shown[] = [];
  for (const { credential, because, state, type, identity } of items)
    ownerless.push({
      ...{ credential, because, state, type, name: await nameOf(identity) },
      tenant: (await world.graph.node(credential))?.value.subject.tenant ?? "",
    });
  const expireless: Expireless[] = [];
  for await (const { value } of each((cursor) => world.graph.list("credential", cursor))) {
    const { subject } = value;
    if (!isForEver(subject)) continue;
    const fact = (name: string) => subject.facts[name]?.value;
    const { id: credential, tenant } = subject as Subject & { readonly id: CredentialId };
    expireless.push({ credential, tenant, name: await nameOf(fact("identity")), createdAt: fact("createdAt") });
  }
  return { credentials: looked, identities, ownerless, agents, naked, expireless, whole, notVisible };
}

/** What acts for somebody by itself; what it is made of, and what it only reads, is no agent. */
const AGENTS = ["agent", "flow", "runtime", "gateway", "workload identity"];

async function whyOwnerless(world: LookPorts, people: People, subject: Subject): Promise<string | undefined> {
  if (!AGENTS.includes(subject.facts["type"]?.value ?? "")) return undefined;
  const { owner, standing } = await ownerNow(people, subject, world.clock());
  if (owner === undefined) return "Nobody is a candidate.";
  if (owner.word === "unknown") return "There are candidates, and none of them is likely.";
  if (standing.value === "active") return undefined;
  if (standing.value === "unknown") return "No directory knows its owner.";
  return standing.value === "departed" ? "Its owner has left." : `Its owner is ${standing.value}.`;
}

function isForEver({ facts }: Subject): boolean {
  const fact = (name: string) => facts[name]?.value;
  const isBedrocks =
    fact("type") === "service-specific credential" && /"bedrock\.amazonaws\.com"/.test(fact("handle") ?? "");
  return isBedrocks && fact("state") === "on" && fact("expiresAt") === undefined;
}

function calledIn({ id, tenant, facts }: Subject): Called {
  return { identity: id as IdentityId, name: facts["name"]?.value, type: facts["type"]?.value, tenant };
}
