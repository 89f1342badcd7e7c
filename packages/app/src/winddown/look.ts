import type { Handle, State, Target } from "@leasehold/core/connector";
import { Fault, type Instant, laterBy, unavailable } from "@leasehold/core/kernel";
import type { Node } from "@leasehold/core/lineage";
import { isSure } from "@leasehold/core/person";
import { notBefore } from "@leasehold/core/playbook";
import { nextOf, type Standing, type View, type WindDown } from "@leasehold/core/winddown";
import { ownerNow, peopleOf } from "../question/index.ts";
import type { Eyes, Hand, LookingPorts, Versioned, Watched, World } from "../world/index.ts";
import { withEntangled } from "./entangled.ts";
import { inUse } from "./in-use.ts";
import { handFor } from "./ladder.ts";
import { certaintyNow } from "./live-person.ts";
import { isNamed, NOT_DRILLED } from "./named.ts";
import { protection } from "./protect.ts";

export type LookPorts = Pick<World, "graph" | "usage" | "estate" | "config" | "clock">;

/** Everything read from the outside just before deciding, and what was read with it. */
export interface Looked<E extends Eyes = Hand> {
  readonly view: View;
  readonly node: Versioned<Node>;
  readonly hands: readonly E[];
  readonly target: Target;
  readonly identity: string | undefined; // its name, for a person
  readonly at: Instant; // before the first read: what is decided on it is as old as that
}

export async function look<E extends Eyes>(world: LookingPorts<E>, windDown: WindDown): Promise<Looked<E>> {
  const at = world.clock();
  const node = await world.graph.node(windDown.credential);
  if (node === undefined)
    throw new Fault("Unexpected", "the credential is not in the graph", { credential: windDown.credential });
  const { facts } = node.value.subject;
  const provider = world.estate.provider(windDown.connector);
  const hands = (provider?.hands ?? []).filter(({ credential }) => credential === facts["type"]?.value);
  if (!isInReach(windDown, hands)) throw unavailable(windDown.connector);
  const target = { credential: windDown.credential, handle: JSON.parse(facts["handle"]?.value ?? "{}") as Handle };
  const identity = await identityName(world, node.value);

  const state = await see(hands, target, node.value);
  const next = nextOf(windDown);
  const hand = next && handFor(hands, next.to);
  // an undo asks nothing of whoever may be down: no directory, and no plan of going on
  const undoing = windDown.answer?.kind === "undo";
  const plan =
    state !== undefined && hand && !undoing
      ? await withEntangled(world, await hand.plan(target), next, node.value)
      : undefined;
  const found = await standingOf(world, { node, provider, hands, target, identity, undoing });
  const notDrilled = windDown.drill && !isNamed(world.config.drill, node.value.subject, identity);
  const standing = notDrilled ? { ...found, protected: NOT_DRILLED } : found;
  const view: View = {
    state,
    gone: isGone(windDown, node.value),
    plan,
    settled: settledAt(windDown, hands),
    isBack: await isBack(windDown, hands),
    restored: facts["restored"]?.at,
    standing,
    speakers: await speakersOf(world, windDown),
  };
  return { view, node, hands, target, identity, at };
}

/** Who said yes, and who that might be by now: two directories may have become one person's since, and nobody becomes two by a word. */
async function speakersOf(world: LookingPorts, { answer }: WindDown): Promise<NonNullable<View["speakers"]>> {
  if (answer?.kind !== "yes" || answer.voices.length < 2) return {};
  const people = peopleOf(world, world.clock());
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
async function see(hands: readonly Eyes[], target: Target, { subject }: Node): Promise<State> {
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
function settledAt({ acts, returned }: WindDown, hands: readonly Eyes[]): Instant | undefined {
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

interface About {
  readonly node: Versioned<Node>;
  readonly provider: Pick<Watched, "mode"> | undefined;
  readonly hands: readonly Eyes[];
  readonly target: Target;
  readonly identity: string | undefined;
  readonly undoing: boolean;
}

async function standingOf(world: LookingPorts, about: About): Promise<Standing> {
  const { node, provider, hands, target, identity, undoing } = about;
  const now = world.clock();
  const people = peopleOf(world, now);
  const { subject } = node.value;
  const { owner, standing, candidates } = await ownerNow(people, subject, now);
  const asks = owner && standing.value === "departed" && !undoing;
  const sure = asks ? isSure(await certaintyNow(world, people, owner.account)) : false;
  return {
    mode: provider?.mode ?? "observe",
    owner: owner?.account,
    contested: isContested(node.value),
    departed: sure,
    confidence: owner?.confidence ?? 0,
    inUse: undoing ? undefined : await inUse(world, { hands, target, heard: subject.facts["lastUsed"]?.value }, now),
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
