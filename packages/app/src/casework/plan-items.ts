import { type Item, isDrill } from "@leasehold/core/casework";
import type { AccountId } from "@leasehold/core/kernel";
import type { Node } from "@leasehold/core/lineage";
import { type Owned, ownedBy, peopleOf } from "../question/index.ts";
import { begin, identityName, isNamed, NOT_DRILLED, opening } from "../winddown/index.ts";
import type { StoredCase, Versioned } from "../world/index.ts";
import type { CasePorts } from "./ports.ts";

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
  const drill = isDrill(open);
  const left = drill ? await whyNotDrilled(world, node) : undefined;
  if (left !== undefined) return { credential, windDown: undefined, left };
  if (node.value.windDown !== undefined) return { credential, windDown: node.value.windDown, left: undefined };
  const windDown = begin(world, open.id, node.value, drill);
  await world.windDowns.open(windDown, node, opening(windDown, node.value));
  return { credential, windDown: windDown.id, left: undefined };
}

/** A drill takes up what is named with its canary, and nothing that a case of its own has in hand. */
async function whyNotDrilled(world: CasePorts, { value }: Versioned<Node>): Promise<string | undefined> {
  if (!isNamed(world.config.drill, value.subject, await identityName(world, value))) return NOT_DRILLED;
  return value.windDown === undefined ? undefined : "a wind-down of it is open, and is no drill's to take up";
}
