import { type Case, credentialIn, departureOf, type InHand, isDrill } from "@leasehold/core/casework";
import type { AccountId, CredentialId, IdentityId, Instant } from "@leasehold/core/kernel";
import { dayOf, later } from "@leasehold/core/kernel";
import { isLetRead, isStoredSince, keepsNow, type Subject, valueSince } from "@leasehold/core/lineage";
import { ownerNow, type People } from "../question/index.ts";
import type { CasePorts } from "./ports.ts";

type Ports = Pick<CasePorts, "graph" | "clock">;

/** Whether it is about a person of whom the directory says that they have left. */
export const isLeaver = (open: Case): boolean =>
  open.gate === "departed" && credentialIn(open) === undefined && !isDrill(open);

/**
 * The secrets of others whose values one who left had in hand or may read: by their accounts, and by the identities of what they
 * own. What got another value before they left is out of their hand. Sorted, so that the same is said again.
 */
export async function inHandOf(world: Ports, people: People, open: Case): Promise<readonly InHand[]> {
  const left = departureOf(open)?.occurredAt ?? world.clock();
  const found = await reachedBy(world, await handsOf(world, people, open));
  const all: InHand[] = [];
  for (const [location, reached] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const one = await judged(world, people, { open, left, location, ...reached });
    if (one !== undefined) all.push(one);
  }
  return all;
}

/** Their accounts and addresses, and whatever their credentials are of. */
async function handsOf({ graph }: Ports, people: People, { accounts, items }: Case): Promise<ReadonlySet<string>> {
  const hands = new Set<string>();
  for (const account of accounts) for (const place of await people.places(account)) hands.add(place);
  for (const { credential } of items) {
    const identity = (await graph.node(credential))?.value.subject.facts["identity"]?.value;
    if (identity !== undefined) hands.add(identity);
  }
  return hands;
}

interface Reached {
  readonly read: Instant | undefined;
  readonly by: readonly string[]; // whom its policy may let read it
}

async function reachedBy({ graph }: Ports, hands: ReadonlySet<string>): Promise<ReadonlyMap<CredentialId, Reached>> {
  const found = new Map<CredentialId, Reached>();
  const of = (location: string) => found.get(location as CredentialId) ?? { read: undefined, by: [] };
  for (const hand of hands) {
    for (const { to, last } of await graph.edges(hand, "reads")) {
      const { read, by } = of(to);
      found.set(to as CredentialId, { read: read !== undefined && read > last ? read : last, by });
    }
    for (const { to } of await graph.edges(hand, "may-read"))
      found.set(to as CredentialId, { ...of(to), by: [...of(to).by, hand] });
  }
  return found;
}

interface Judging extends Reached {
  readonly open: Case;
  readonly left: Instant;
  readonly location: CredentialId;
}

/** Undefined where there is nothing to rotate: it is their own, it is gone, nobody knows what it is, or what they had is no more. */
async function judged(
  world: Ports,
  people: People,
  { open, left, location, read, by }: Judging,
): Promise<InHand | undefined> {
  const subject = (await world.graph.node(location))?.value.subject;
  const known = subject?.facts["type"] !== undefined && subject.facts["state"]?.value !== "deleted";
  const lets = subject !== undefined && by.some((one) => isLetRead(subject, one as IdentityId));
  if (subject === undefined || !known || (read === undefined && !lets)) return undefined;
  const stored = valueSince(subject);
  const isOther = read !== undefined && isStoredSince(subject, read, left);
  if (isOther && stored !== undefined && stored < left && !lets) return undefined;
  const { owner, standing } = await ownerNow(people, subject, world.clock());
  if (owner !== undefined && open.accounts.includes(owner.account)) return undefined;
  const rotated = stored !== undefined && stored >= left ? stored : undefined;
  const there = owner !== undefined && standing.value !== "departed";
  return { location, owner: there ? owner.account : undefined, read, rotated, old: await oldOf(world, subject, read) };
}

/** Only the provider of what is kept can tell whether it still takes it; of what was made after they last read it they never knew. */
async function oldOf({ graph }: Ports, secret: Subject, read: Instant | undefined): Promise<InHand["old"]> {
  const keeps = JSON.parse(secret.facts["keeps"]?.value ?? "[]") as readonly CredentialId[];
  const states: string[] = [];
  for (const one of keeps) {
    const facts = (await graph.node(one))?.value.subject.facts;
    const made = facts?.["createdAt"]?.value;
    const wasThere = read === undefined || made === undefined || made < later(dayOf(read), 24);
    if (wasThere) states.push(facts?.["state"]?.value ?? "unknown");
  }
  if (states.includes("on")) return "still taken";
  return states.length > 0 && states.every((state) => state === "off" || state === "deleted")
    ? "rejected"
    : "cannot be told";
}

/** Where its credentials lie, as far as what is written on a secret says so. */
export async function keptOf({ graph }: Pick<CasePorts, "graph">, { items }: Case) {
  const all: { readonly credential: CredentialId; readonly places: readonly CredentialId[] }[] = [];
  for (const { credential } of items) {
    const places = await placesOf({ graph }, credential);
    if (places.length > 0) all.push({ credential, places });
  }
  return all;
}

export async function placesOf({ graph }: Pick<CasePorts, "graph">, credential: CredentialId) {
  const places: CredentialId[] = [];
  for (const { to } of await graph.edges(credential, "kept-in")) {
    const secret = (await graph.node(to as CredentialId))?.value.subject;
    if (secret !== undefined && secret.facts["state"]?.value !== "deleted" && keepsNow(secret, credential))
      places.push(to as CredentialId);
  }
  return places.sort();
}

/** Who has had its value in hand, whoever they are: a person whom nobody must forget when it is rotated, or an application. */
export async function readersOf(
  { graph }: Ports,
  location: CredentialId,
): Promise<readonly (AccountId | IdentityId)[]> {
  return (await graph.edges(location, "read-by")).map(({ to }) => to as AccountId | IdentityId);
}
