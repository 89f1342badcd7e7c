import type { AccountId, IdentityId, Instant } from "@leasehold/core/kernel";
import type { Subject, SubjectId } from "@leasehold/core/lineage";
import { actingBy, isSure, ownerNow, type People, withHeld } from "../question/index.ts";
import type { World } from "../world/index.ts";
import type { Tried } from "./gather.ts";

type Ports = Pick<World, "graph">;

export interface Whose {
  readonly holder: SubjectId; // a long-term credential; of a session, which lasts an hour, the identity that has it
  readonly subject: SubjectId; // by which the owner is known
  readonly name: string;
  readonly owner: AccountId | undefined; // who is there to be told; undefined: nobody who is likely, or somebody who has left
}

/**
 * Whose it is: the credential's or the session's owner, else that of the one agent that acts by the role, else the role's. Each only
 * where they are likely: a session's name is chosen by whoever opens it, and what was tried is nobody else's business.
 */
export async function whoseOf({ graph }: Ports, people: People, tried: Tried, now: Instant): Promise<Whose> {
  const { credential, told } = tried;
  const identity = identityIn(tried);
  const holder = credential.startsWith("crd_") ? credential : (identity ?? credential);
  const known: Subject[] = [];
  for (const id of [credential, ...(identity ? await actorsOf({ graph }, identity) : [])]) {
    const subject = (await graph.node(id))?.value.subject;
    if (subject === undefined) continue;
    known.push(subject);
    const { owner, standing } = await ownerNow(people, await withHeld({ graph }, subject), now);
    if (!isSure(owner)) continue;
    const { first } = await people.cluster(owner.account);
    return { holder, subject: id, name: nameOf(subject, told), owner: standing.value === "active" ? first : undefined };
  }
  const [first] = known;
  return { holder, subject: first?.id ?? holder, name: nameOf(first, told), owner: undefined };
}

const identityIn = ({ told }: Tried): IdentityId | undefined =>
  told.flatMap(({ refusals = [] }) => refusals).find(({ identity }) => identity !== undefined)?.identity as
    | IdentityId
    | undefined;

/** What acts by a role and the role itself; of several that act by one, none is the one. */
async function actorsOf(ports: Ports, role: IdentityId): Promise<readonly IdentityId[]> {
  const agents = await actingBy(ports, role);
  return [...(agents.length === 1 ? agents : []), role];
}

/** What the graph calls it; else what the caller is called in the log. */
function nameOf(subject: Subject | undefined, told: Tried["told"]): string {
  const caller = told[0]?.caller.name ?? "an unknown caller";
  return subject?.kind === "identity" ? (subject.facts["name"]?.value ?? caller) : caller;
}
