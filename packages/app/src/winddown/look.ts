import type { Handle, State, Target } from "@leasehold/core/connector";
import { Fault, type Instant, laterBy, unavailable } from "@leasehold/core/kernel";
import type { Node } from "@leasehold/core/lineage";
import { isSure } from "@leasehold/core/person";
import { notBefore } from "@leasehold/core/playbook";
import { nextOf, type Standing, type View, type WindDown } from "@leasehold/core/winddown";
import { ownerNow, type People, peopleOf } from "../question/index.ts";
import type { Eyes, Hand, LookingPorts, Versioned, Watched, World } from "../world/index.ts";
import { withEntangled } from "./entangled.ts";
import { inUse } from "./in-use.ts";
import { handFor } from "./ladder.ts";
import { certaintyNow } from "./live-person.ts";
import { isNamed, NOT_DRILLED } from "./named.ts";
import { protection } from "./protect.ts";

export type LookPorts = Pick<World, "graph" | "usage" | "estate" | "config" | "clock">;

/** What a wind-down is about, and with what its provider is reached: nothing of it was asked of the provider. */
export interface Located<E extends Eyes = Hand> {
  readonly node: Versioned<Node>;
  readonly provider: Pick<Watched, "mode"> | undefined;
  readonly hands: readonly E[];
  readonly target: Target;
  readonly at: Instant; // before the first read: what is decided on it is as old as that
}

/** Everything read from the outside just before deciding, and what was read with it. */
export interface Looked<E extends Eyes = Hand> extends Located<E> {
  readonly view: View;
  readonly identity: string | undefined; // its name, for a person
}

interface Looking<E extends Eyes> {
  readonly rests?: boolean; // it goes no further now, whatever is found: nothing is asked but how it stands
  readonly where?: Located<E>;
  readonly seen?: { readonly state: State }; // read back a moment ago
  readonly people?: People; // as read for another look of the same step; an act looks for itself
}

export async function locate<E extends Eyes>(world: LookingPorts<E>, windDown: WindDown): Promise<Located<E>> {
  const at = world.clock();
  const node = await world.graph.node(windDown.credential);
  if (node === undefined)
    throw new Fault("Unexpected", "the credential is not in the graph", { credential: windDown.credential });
  const { facts } = node.value.subject;
  const provider = world.estate.provider(windDown.connector);
  const hands = (provider?.hands ?? []).filter(({ credential }) => credential === facts["type"]?.value);
  if (!isInReach(windDown, hands)) throw unavailable(windDown.connector);
  const target = { credential: windDown.credential, handle: JSON.parse(facts["handle"]?.value ?? "{}") as Handle };
  return { node, provider, hands, target, at };
}

export async function look<E extends Eyes>(
  world: LookingPorts<E>,
  windDown: WindDown,
  { rests = false, where, seen, people = peopleOf(world, world.clock()) }: Looking<E> = {},
): Promise<Looked<E>> {
  const located = where ?? (await locate(world, windDown));
  const { node, hands } = located;
  const identity = await identityName(world, node.value);
  // an undo asks nothing of whoever may be down: no directory, and no plan of going on
  const stays = rests || windDown.answer?.kind === "undo";
  const { state, plan: drawn } = seen
    ? { ...seen, plan: undefined }
    : await stateAndPlan(located, stays ? undefined : windDown);
  const next = nextOf(windDown);
  const plan = drawn && next && (await withEntangled(world, drawn, next, node.value));
  const found = await standingOf(world, people, { ...located, identity, stays });
  const notDrilled = windDown.drill && !isNamed(world.config.drill, node.value.subject, identity);
  const standing = notDrilled ? { ...found, protected: NOT_DRILLED } : found;
  const view: View = {
    state,
    gone: isGone(windDown, node.value),
    plan,
    settled: settledAt(windDown, hands),
    isBack: await isBack(windDown, hands),
    restored: node.value.subject.facts["restored"]?.at,
    standing,
    speakers: await speakersOf(people, windDown),
  };
  return { ...located, view, identity };
}

/** A plan is drawn from how it stands, and says so: there is nothing to be seen a second time. */
async function stateAndPlan<E extends Eyes>(
  where: Located<E>,
  going: WindDown | undefined,
): Promise<Pick<View, "state" | "plan">> {
  const next = going && nextOf(going);
  const plan = await (next && handFor(where.hands, next.to))?.plan(where.target);
  if (plan !== undefined && Object.keys(plan.before).length > 0) return { state: plan.before, plan };
  const state = await stateNow(where);
  return { state, plan: state === undefined ? undefined : plan };
}

/** Who said yes, and who that might be by now: two directories may have become one person's since, and nobody becomes two by a word. */
async function speakersOf(people: People, { answer }: WindDown): Promise<NonNullable<View["speakers"]>> {
  if (answer?.kind !== "yes" || answer.voices.length < 2) return {};
  const known = answer.voices.map(async ({ account }) => [account, await people.perhaps(account)] as const);
  return Object.fromEntries(await Promise.all(known));
}

/** A connector that the configuration names no longer cannot be looked at; what we did through it stays ours to take back. */
function isInReach({ ladder, acts, returned }: WindDown, hands: readonly Eyes[]): boolean {
  const verbs = [...acts, ...(returned ? [returned] : [])].map(({ receipt }) => receipt.verb);
  const known = verbs.every((verb) => hands.some((hand) => hand.verb === verb));
  return known && (ladder.length === 0 || hands.length > 0);
}

/** Where we have no action the graph's own word must do: it is asked for by hand, and never closed unasked. */
export async function stateNow({ hands, target, node }: Located<Eyes>): Promise<State> {
  const { subject } = node.value;
  const hand = hands[0];
  if (hand !== undefined) return hand.see(target);
  const state = subject.facts["state"]?.value ?? "unknown";
  return state === "deleted" ? undefined : { state };
}

/** A deletion event or a whole list said so, or our own act did it and was read back. */
function isGone({ acts }: WindDown, { subject }: Node): boolean {
  const last = acts.at(-1);
  const byUs = last !== undefined && last.receipt.after === undefined && last.verified === "confirmed";
  return byUs || subject.facts["state"]?.value === "deleted";
}

/** When what we last did can be read back; undefined where it was. */
export function settledAt({ acts, returned }: WindDown, hands: readonly Eyes[]): Instant | undefined {
  const last = returned ?? acts.at(-1);
  if (last === undefined || last.verified !== undefined) return undefined;
  const hand = hands.find(({ verb }) => verb === last.receipt.verb);
  return laterBy(last.at, hand?.settlesAfter ?? 0);
}

async function isBack({ acts, answer }: WindDown, hands: readonly Eyes[]): Promise<boolean> {
  const last = acts.at(-1);
  if (last === undefined || answer === undefined) return false;
  const hand = hands.find(({ verb }) => verb === last.receipt.verb);
  return (await hand?.isBack?.(last.receipt)) ?? false;
}

interface About extends Located<Eyes> {
  readonly identity: string | undefined;
  readonly stays: boolean;
}

async function standingOf(world: LookingPorts, people: People, about: About): Promise<Standing> {
  const { node, provider, hands, target, identity, stays } = about;
  const now = world.clock();
  const { subject } = node.value;
  const { owner, standing, candidates } = await ownerNow(people, subject, now);
  const asks = owner && standing.value === "departed" && !stays;
  const sure = asks ? isSure(await certaintyNow(world, people, owner.account)) : false;
  return {
    mode: provider?.mode ?? "observe",
    owner: owner?.account,
    contested: isContested(node.value),
    departed: sure,
    confidence: owner?.confidence ?? 0,
    inUse: stays ? undefined : await inUse(world, { hands, target, heard: subject.facts["lastUsed"]?.value }, now),
    shared: subject.facts["shared"]?.value === "true",
    unforgeable: candidates.find(({ account }) => account === owner?.account)?.unforgeable ?? false,
    notBefore: notBefore(world.config.calendar, now),
    protected: protection(world.config.neverTouch, subject, identity),
  };
}

/** Until its owner changes: somebody who accepted it since is another owner. */
function isContested({ contested, subject }: Node): boolean {
  if (contested === undefined) return false;
  return !subject.statements.some(({ says, at }) => says === "accept" && at > contested);
}

export async function identityName(
  { graph }: Pick<LookingPorts, "graph">,
  { subject }: Node,
): Promise<string | undefined> {
  const id = subject.facts["identity"]?.value;
  if (id === undefined) return undefined;
  return (await graph.node(id as `idn_${string}`))?.value.subject.facts["name"]?.value;
}
