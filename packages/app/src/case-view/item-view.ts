import type { Case, Item } from "@leasehold/core/casework";
import { leftOn } from "@leasehold/core/connector";
import type { IdentityId } from "@leasehold/core/kernel";
import type { Subject } from "@leasehold/core/lineage";
import { type Act, cameBack, isFinal, type Question, type WindDown } from "@leasehold/core/winddown";
import { ownerNow, type People } from "../question/index.ts";
import type { Hand, Stored, World } from "../world/index.ts";
import type { ActView, ItemView, OwnerView, QuestionView, WindDownView, WishView } from "./model.ts";
import { movedView } from "./moved-view.ts";
import { personView } from "./person-view.ts";

export type ItemPorts = Pick<World, "windDowns" | "graph" | "config" | "clock" | "estate" | "usage">;

/** One credential of a case, and how far down it is. */
export async function itemView(world: ItemPorts, people: People, item: Item, open: Case): Promise<ItemView> {
  const { credential, windDown: id, left } = item;
  const subject = (await world.graph.node(credential))?.value.subject;
  const stored = id && (await world.windDowns.get(id));
  const fact = (name: string) => subject?.facts[name]?.value;
  const identity = fact("identity") as IdentityId | undefined;
  return {
    ...{ credential, left, type: fact("type"), connector: fact("connector") },
    identity: identity && (await world.graph.node(identity))?.value.subject.facts["name"]?.value,
    ...{
      reach: fact("reach") ?? "unknown",
      lastUsed: fact("lastUsed") ?? "unknown",
      state: fact("state") ?? "unknown",
    },
    owner: subject && (await ownerView(world, people, subject)),
    moved: await movedView(world, people, item, open, stored),
    windDown: stored && (await windDownView(world, people, stored, fact("type"))),
  };
}

async function ownerView({ clock }: ItemPorts, people: People, subject: Subject): Promise<OwnerView | undefined> {
  const { owner, standing } = await ownerNow(people, subject, clock());
  if (owner === undefined) return undefined;
  const { confidence, word } = owner;
  return { ...(await personView(people, owner.account)), confidence, word, standing: standing.value };
}

async function windDownView(
  { estate }: ItemPorts,
  people: People,
  stored: Stored,
  type: string | undefined,
): Promise<WindDownView> {
  const { windDown, open, head } = stored;
  const { id, case: openedBy, connector, rung, question, wants, answer, acts, closed } = windDown;
  const hands = (estate.provider(connector)?.hands ?? []).filter(({ credential }) => credential === type);
  return {
    ...{ id, openedBy, rung, wants, answer, closed },
    question: question && (await questionView(people, question)),
    wishes: await wishViews(people, windDown),
    acts: await Promise.all(acts.map((act) => actView(hands, act))),
    lost: await Promise.all(
      (windDown.lost ?? []).map(async ({ act, as }) => ({ ...(await actView(hands, act)), because: as })),
    ),
    back: cameBack(windDown),
    intent: open && { key: open.key, to: open.to, does: open.does, actBy: open.actBy },
    trail: { entries: head.n, hash: head.hash },
  };
}

/** Who would rather have something short-lived in its place, and since when. */
const wishViews = (people: People, { wishes = [] }: Pick<WindDown, "wishes">): Promise<readonly WishView[]> =>
  Promise.all(wishes.map(async ({ account, at }) => ({ ...(await personView(people, account)), at })));

async function questionView(people: People, question: Question): Promise<QuestionView> {
  const { asked, until, ifSilent, last, decision, custodian } = question;
  return { asked, until, ifSilent, last, decision, custodian: await personView(people, custodian) };
}

/** The way back stands with the act, because it is needed when nobody remembers the act any more. */
async function actView(hands: readonly Hand[], act: Act): Promise<ActView> {
  const { from, to, receipt, at, verified, proof } = act;
  const hand = hands.find(({ verb }) => verb === receipt.verb);
  return {
    ...{ verb: receipt.verb, from, to, at, adopted: receipt.adopted, verified: verified ?? "not yet" },
    ...{ readAt: proof?.at, sessionsUntil: proof?.sessions, final: isFinal(act) },
    left: leftOn(receipt.after),
    wayBack: await hand?.wayBack?.(receipt),
  };
}
