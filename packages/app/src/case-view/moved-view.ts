import type { Case, Item, Moved } from "@leasehold/core/casework";
import type { AccountId } from "@leasehold/core/kernel";
import { movedUnder } from "../basis/index.ts";
import { custodianFor } from "../casework/index.ts";
import { named, type People } from "../question/index.ts";
import type { LookingPorts, Stored } from "../world/index.ts";

/** What moved under an item since its plan was drawn; nothing once it has ended, for then what it rests on is over. */
export async function movedView(
  world: LookingPorts,
  people: People,
  item: Item,
  open: Case,
  stored: Stored | undefined,
): Promise<readonly Moved[]> {
  if (stored === undefined || stored.windDown.closed) return [];
  const { windDown } = stored;
  const first = await custodianFor(world, people, open, { ...windDown, tried: [], answer: undefined });
  const moved = await movedUnder(world, people, item, { custodian: first?.account, ours: windDown.acts.length > 0 });
  return Promise.all((moved ?? []).map((one) => withNames(people, one)));
}

async function withNames(people: People, { what, from, to }: Moved): Promise<Moved> {
  return what === "owner" || what === "custodian"
    ? { what, from: await nameOf(people, from), to: await nameOf(people, to) }
    : { what, from, to };
}

async function nameOf(people: People, account: string): Promise<string> {
  if (!account.startsWith("acc_")) return "nobody";
  const { name, email } = await named(people, account as AccountId);
  return name ?? email ?? account;
}
