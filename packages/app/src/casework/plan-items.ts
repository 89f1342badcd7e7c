import type { Item } from "@leasehold/core/casework";
import { type AccountId, type CredentialId, timedId } from "@leasehold/core/kernel";
import type { Node } from "@leasehold/core/lineage";
import type { WindDown } from "@leasehold/core/winddown";
import { type Owned, ownedBy, peopleOf } from "../question/index.ts";
import { ladderOf } from "../winddown/index.ts";
import type { StoredCase, Versioned } from "../world/index.ts";
import type { CasePorts } from "./step.ts";

const REACHES = ["admin", "write", "read", "unknown"];

/** Everything that the person owns and that has no wind-down in this case yet; risk goes first: widest reach, then most recent use. */
export async function planItems(world: CasePorts, stored: StoredCase): Promise<StoredCase> {
  const { case: open } = stored;
  const people = peopleOf(world, world.clock());
  const owned = await ownedBy(world, people, open.accounts[0] as AccountId);
  const known = new Set(open.items.map(({ credential }) => credential));
  const fresh = owned.filter(({ credential, state, first }) => !known.has(credential) && state !== "deleted" && first);
  if (fresh.length === 0) return stored;

  const items: Item[] = [];
  for (const one of fresh.toSorted(riskFirst)) items.push(await itemOf(world, stored, one));
  const draft = { did: "items.planned", by: "leasehold", facts: { items: items.length } };
  return world.cases.change(stored, { ...open, items: [...open.items, ...items] }, draft);
}

function riskFirst(a: Owned, b: Owned): number {
  const reach = REACHES.indexOf(a.reach) - REACHES.indexOf(b.reach);
  if (reach !== 0) return reach;
  return a.lastUsed < b.lastUsed ? 1 : a.lastUsed > b.lastUsed ? -1 : a.credential < b.credential ? -1 : 1;
}

/** Opened under a condition on the credential's node: a wind-down that is open already is shared, and so are its answers. */
async function itemOf(world: CasePorts, { case: open }: StoredCase, { credential }: Owned): Promise<Item> {
  const node = await world.graph.node(credential);
  if (node === undefined) return { credential, windDown: undefined, left: "it is not in the graph any more" };
  if (node.value.windDown !== undefined) return { credential, windDown: node.value.windDown, left: undefined };
  const windDown = fresh(world, open.id, credential, node);
  await world.windDowns.open(windDown, node, {
    did: "wind-down.opened",
    by: "leasehold",
    facts: { case: open.id, credential, rungs: windDown.ladder.map(({ to }) => to).join(",") },
  });
  return { credential, windDown: windDown.id, left: undefined };
}

function fresh(world: CasePorts, id: WindDown["case"], credential: CredentialId, { value }: Versioned<Node>): WindDown {
  const { facts } = value.subject;
  const connector = facts["connector"]?.value ?? "";
  const hands = (world.estate.provider(connector)?.hands ?? []).filter(
    (hand) => hand.credential === facts["type"]?.value,
  );
  return {
    ...{ id: timedId("wdc", world.clock(), world.random(10)), case: id, credential, connector, rung: "flagged" },
    ...{ ladder: ladderOf(hands), acts: [], tried: [], snoozed: false, lives: 1 },
    ...{ question: undefined, wants: undefined, answer: undefined, returned: undefined, closed: undefined },
  };
}
