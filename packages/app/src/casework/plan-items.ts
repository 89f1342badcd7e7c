import { type Case, credentialIn, type Item, isDrill, isExposure } from "@leasehold/core/casework";
import type { AccountId, CredentialId, WindDownId } from "@leasehold/core/kernel";
import type { Node } from "@leasehold/core/lineage";
import type { WindDown } from "@leasehold/core/winddown";
import { basisOf } from "../basis/index.ts";
import { type Owned, ownedBy, type People, peopleOf } from "../question/index.ts";
import { begin, identityName, isNamed, NOT_DRILLED, opening } from "../winddown/index.ts";
import type { StoredCase, Versioned } from "../world/index.ts";
import { custodianFor } from "./custodian.ts";
import type { CasePorts } from "./ports.ts";

const REACHES = ["admin", "write", "read", "unknown"];

/** Everything that the person owns and that has no wind-down in this case yet; risk goes first: widest reach, then most recent use. */
export async function planItems(world: CasePorts, stored: StoredCase): Promise<StoredCase> {
  const { case: open } = stored;
  const people = peopleOf(world, world.clock());
  const owned = await ownedBy(world, people, open.accounts[0] as AccountId);
  const fresh = toPlan(open, owned);
  if (fresh.length === 0) return stored;

  const items: Item[] = [];
  for (const one of fresh) items.push(await itemOf(world, people, stored, one));
  const draft = { did: "items.planned", by: "leasehold", facts: { items: items.length } };
  return world.cases.change(stored, { ...open, items: [...open.items, ...items] }, draft);
}

/**
 * A case about one credential has one item. What has leaked is asked about anew, whatever was said before and whichever case
 * asks about it: only what is being taken back goes on.
 */
export async function planOne(world: CasePorts, stored: StoredCase, credential: CredentialId): Promise<StoredCase> {
  const { case: open } = stored;
  if (open.items.length > 0) return stored;
  const item = await itemOf(world, peopleOf(world, world.clock()), stored, { credential });
  if (item.windDown !== undefined && isExposure(open)) await takeOver(world, open, item.windDown);
  const draft = { did: "items.planned", by: "leasehold", facts: { items: 1 } };
  return world.cases.change(stored, { ...open, items: [item] }, draft);
}

/** Nobody's departure opened it: silence never acts on it, until somebody has accepted it. */
const askedOnly = ({ clock }: CasePorts, { value, version }: Versioned<Node>): Versioned<Node> => ({
  value: { ...value, contested: clock() },
  version,
});

async function takeOver(world: CasePorts, open: Case, id: WindDownId): Promise<void> {
  const stored = await world.windDowns.get(id);
  if (stored === undefined || stored.windDown.closed) return;
  const { windDown } = stored;
  if (windDown.exposed !== undefined && windDown.answer?.kind !== "hold") return; // a hold was of what was known by then
  const exposed = open.triggers.find(({ kind }) => kind === "exposed")?.occurredAt;
  const undone = windDown.answer?.kind === "undo";
  const anew = undone ? {} : { answer: undefined, question: undefined, tried: [], wants: LEAKED };
  const next: WindDown = { ...windDown, ...anew, case: open.id, exposed };
  const node = await world.graph.node(windDown.credential);
  const draft = { did: "exposure.found", by: "leasehold", facts: { case: open.id } };
  await world.windDowns.change(stored, next, draft, node && { node: askedOnly(world, node) });
}

const LEAKED = "it has leaked";

/** What has no wind-down in this case yet and is theirs for all that is known; risk first. */
export function toPlan({ items }: Pick<StoredCase["case"], "items">, owned: readonly Owned[]): readonly Owned[] {
  const known = new Set(items.map(({ credential }) => credential));
  const fresh = owned.filter(({ credential, state, first }) => !known.has(credential) && state !== "deleted" && first);
  return fresh.toSorted(riskFirst);
}

function riskFirst(a: Owned, b: Owned): number {
  const reach = REACHES.indexOf(a.reach) - REACHES.indexOf(b.reach);
  if (reach !== 0) return reach;
  return a.lastUsed < b.lastUsed ? 1 : a.lastUsed > b.lastUsed ? -1 : a.credential < b.credential ? -1 : 1;
}

/** Opened under a condition on the credential's node: a wind-down that is open already is shared, and so are its answers. */
async function itemOf(
  world: CasePorts,
  people: People,
  { case: open }: StoredCase,
  { credential }: Pick<Owned, "credential">,
): Promise<Item> {
  const node = await world.graph.node(credential);
  if (node === undefined) return { credential, windDown: undefined, left: "it is not in the graph any more" };
  const drill = isDrill(open);
  const left = drill ? await whyNotDrilled(world, node) : undefined;
  if (left !== undefined) return { credential, windDown: undefined, left };
  const windDown = begin(world, open.id, node.value, drill);
  const custodian = await custodianFor(world, people, open, windDown);
  const basis = await basisOf(world, people, node.value, custodian?.account);
  if (node.value.windDown !== undefined) return { credential, windDown: node.value.windDown, left: undefined, basis };
  const opened = credentialIn(open) === undefined ? node : askedOnly(world, node);
  await world.windDowns.open(windDown, opened, opening(windDown, node.value));
  return { credential, windDown: windDown.id, left: undefined, basis };
}

/** A drill takes up what is named with its canary, and nothing that a case of its own has in hand. */
async function whyNotDrilled(world: CasePorts, { value }: Versioned<Node>): Promise<string | undefined> {
  if (!isNamed(world.config.drill, value.subject, await identityName(world, value))) return NOT_DRILLED;
  return value.windDown === undefined ? undefined : "a wind-down of it is open, and is no drill's to take up";
}
