import { wordFor } from "@leasehold/core/attribution";
import type { Basis, Item } from "@leasehold/core/casework";
import { type Collateral, type Handle, leftOn, type Target } from "@leasehold/core/connector";
import { type CredentialId, Fault, hoursBetween, type Instant, later } from "@leasehold/core/kernel";
import { holds, type Node, type SubjectId } from "@leasehold/core/lineage";
import { type Descent, doubtsOf, type Rung, type WindDown } from "@leasehold/core/winddown";
import { basisOf, movedUnder } from "../basis/index.ts";
import { named, ownerNow, type People } from "../question/index.ts";
import { usedAfter, usedBetween } from "../usage/index.ts";
import { handFor, identityName, look, withEntangled } from "../winddown/index.ts";
import type { Eyes, ReadingPorts } from "../world/index.ts";
import { counterfactualOf } from "./counterfactual.ts";
import type { Ahead } from "./course.ts";
import type { Breaks, Course, ItemPreview, RungPreview, Sibling, Use } from "./model.ts";

export interface About {
  readonly node: Node;
  readonly windDown: WindDown;
  readonly isOpen: boolean; // it was begun already
  readonly item: Item | undefined; // of the open case
  readonly custodian: Basis["custodian"];
  readonly silence: readonly Ahead[];
  readonly yes: readonly Ahead[];
  readonly included: readonly CredentialId[];
}

/** One credential of a preview: what it is, what would happen to it, and what with it. */
export async function itemPreview(world: ReadingPorts, people: People, about: About): Promise<ItemPreview> {
  const { node, windDown, item, custodian, silence, yes } = about;
  const { subject } = node;
  const fact = (name: string) => subject.facts[name]?.value;
  const eyes = (world.estate.provider(windDown.connector)?.hands ?? []).filter(
    ({ credential }) => credential === fact("type"),
  );
  const target = { credential: windDown.credential, handle: JSON.parse(fact("handle") ?? "{}") as Handle };
  const basis = await basisOf(world, people, node, custodian);
  return {
    ...{ credential: windDown.credential, type: fact("type"), connector: fact("connector"), mode: basis.mode },
    ...{ identity: await identityName(world, node), state: basis.state, reach: basis.reach },
    owner: await ownerOf(world, people, node),
    use: await useOf(world, eyes, target, fact("lastUsed")),
    ...{ protected: basis.protected, doubts: await doubtsIn(world, windDown) },
    ...{ windDown: about.isOpen ? windDown.id : undefined, closed: windDown.closed },
    wishes: await Promise.all(
      (windDown.wishes ?? []).map(async ({ account, at }) => ({ ...(await named(people, account)), at })),
    ),
    rungs: await Promise.all(windDown.ladder.map((descent) => rungOf(world, eyes, target, { descent, node }))),
    silence: await Promise.all(silence.map((one) => courseOf(people, one))),
    yes: await Promise.all(yes.map((one) => courseOf(people, one))),
    breaks: await breaksOf(world, about),
    counterfactual: await counterfactualOf(world, people, windDown.credential, world.clock()),
    basis,
    moved: item?.basis ? await sinceThen(world, people, about, item) : [],
  };
}

async function doubtsIn(world: ReadingPorts, windDown: WindDown): Promise<readonly string[]> {
  const looked = await look(world, windDown).catch(unread);
  return looked === undefined ? [] : doubtsOf(looked.view.standing);
}

async function sinceThen(world: ReadingPorts, people: People, { windDown, custodian }: About, item: Item) {
  return (await movedUnder(world, people, item, { custodian, ours: windDown.acts.length > 0 })) ?? [];
}

async function ownerOf(world: ReadingPorts, people: People, { subject }: Node): Promise<ItemPreview["owner"]> {
  const { owner, candidates } = await ownerNow(people, subject, world.clock());
  if (owner === undefined) return undefined;
  const unforgeable = candidates.find(({ account }) => account === owner.account)?.unforgeable ?? false;
  const { confidence } = owner;
  return { ...(await named(people, owner.account)), confidence, word: wordFor(confidence), unforgeable };
}

const IN_USE = 30 * 24; // hours, as an act on silence counts it

async function useOf(
  world: ReadingPorts,
  eyes: readonly Eyes[],
  target: Target,
  heard: string | undefined,
): Promise<Use> {
  const now = world.clock();
  const asks = eyes.find(({ lastUsed }) => lastUsed !== undefined);
  const live = asks?.lastUsed && (await asks.lastUsed(target).catch(unread));
  const recorded = await usedBetween(world, target.credential, later(now, -IN_USE), now);
  const listed = heard === "never" || heard === "unknown" ? undefined : (heard as Instant | undefined);
  const all = [live, listed, ...recorded.map(({ last }) => last)].filter((one) => typeof one === "string");
  const last = all.sort().at(-1);
  const recent = (await usedAfter(world, target.credential, later(now, -IN_USE), now)) !== undefined;
  const inUse = recent || (last !== undefined && hoursBetween(last, now) < IN_USE);
  return {
    inUse: inUse ? true : live === undefined ? undefined : false,
    last: last ?? (live === null ? "never" : "unknown"),
  };
}

function unread(error: unknown): undefined {
  if (!(error instanceof Fault)) throw error;
  return undefined;
}

async function rungOf(
  world: ReadingPorts,
  eyes: readonly Eyes[],
  target: Target,
  { descent, node }: { readonly descent: Descent; readonly node: Node },
): Promise<RungPreview> {
  const { to, reversibility, blast } = descent;
  const hand = handFor(eyes, to);
  const declared = { to, reversibility, blast, verb: hand?.verb ?? "disable", permissions: hand?.permissions ?? [] };
  try {
    const plan = hand && (await withEntangled(world, await hand.plan(target), descent, node));
    return {
      ...{ ...declared, fault: hand ? undefined : "its connector has no such action any more" },
      ...{ alsoAffects: plan?.alsoAffects ?? [], refusals: plan?.refusals ?? [], left: leftOn(plan?.wanted) },
    };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { permission } = error.facts;
    const fault = `${error.message}${permission === undefined ? "" : `: ${permission}`} (${error.name})`;
    return { ...declared, alsoAffects: [], refusals: [], left: undefined, fault };
  }
}

async function courseOf(people: People, one: Ahead): Promise<Course> {
  return one.does === "asks" ? { ...one, custodian: await named(people, one.custodian) } : one;
}

async function breaksOf(world: ReadingPorts, { node, windDown, included, silence, yes }: About): Promise<Breaks> {
  const type = node.subject.facts["type"]?.value;
  const siblings = await siblingsOf(world, node, included);
  const rows = (world.estate.provider(windDown.connector)?.collateral ?? []).filter(
    ({ credential }) => credential === type,
  );
  const slots = rows.find((row) => row.slots !== undefined)?.slots;
  const standing = siblings.filter((one) => one.type === type && one.state !== "deleted").length + 1;
  return {
    shared: node.subject.facts["shared"]?.value === "true",
    ...{ siblings, collateral: rows, fullAt: slots !== undefined && standing >= slots ? standing : undefined },
    sessionsUntil: sessionsUntil(world, rows, [
      ...windDown.acts,
      ...silence.filter(isDescent),
      ...yes.filter(isDescent),
    ]),
  };
}

/** From the first instant at which it was switched off, or would be. */
function sessionsUntil(
  { clock }: ReadingPorts,
  rows: readonly Collateral[],
  ways: readonly { readonly at: Instant; readonly to: Rung }[],
): Instant | undefined {
  const hours = Math.max(0, ...rows.map(({ sessionsLive = 0 }) => sessionsLive));
  const off = ways.find(({ to }) => to === "disabled");
  const until = off && later(off.at, hours);
  return until === undefined || until <= clock() || hours === 0 ? undefined : until;
}

const isDescent = (one: Ahead) => one.does === "descends";

async function siblingsOf(
  { graph }: ReadingPorts,
  { subject }: Node,
  included: readonly CredentialId[],
): Promise<readonly Sibling[]> {
  const identity = subject.facts["identity"]?.value as SubjectId | undefined;
  const edges = identity === undefined ? [] : await graph.edges(identity, "holds");
  const nodes = await Promise.all(
    edges.filter((edge) => holds(edge) && edge.to !== subject.id).map(({ to }) => graph.node(to as SubjectId)),
  );
  return nodes
    .filter((one) => one !== undefined)
    .map(({ value }) => {
      const fact = (name: string) => value.subject.facts[name]?.value;
      const credential = value.subject.id as CredentialId;
      return {
        ...{
          credential,
          type: fact("type"),
          state: fact("state") ?? "unknown",
          lastUsed: fact("lastUsed") ?? "unknown",
        },
        included: included.includes(credential),
      };
    })
    .filter(({ state }) => state !== "deleted");
}
