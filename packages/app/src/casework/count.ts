import type { AccountId } from "@leasehold/core/kernel";
import { takePlace, tellAgain } from "../brake/index.ts";
import { ownedBy, peopleOf } from "../question/index.ts";
import type { StoredCase } from "../world/index.ts";
import type { CasePorts } from "./ports.ts";

/**
 * A confirmed departure takes its place at the brake before anything of it is planned. Who owns nothing that we may act
 * on is not counted: where everything is only observed, nobody is acted on and no brake is needed.
 */
export async function count(world: CasePorts, stored: StoredCase): Promise<StoredCase> {
  const { case: open } = stored;
  if (open.gate !== "departed") return stored;
  if (open.brake !== undefined) {
    await tellAgain(world, open);
    return stored;
  }
  return (await isActedOn(world, stored)) ? takePlace(world, stored) : stored;
}

async function isActedOn(world: CasePorts, { case: open }: StoredCase): Promise<boolean> {
  const people = peopleOf(world, world.clock());
  const owned = await ownedBy(world, people, open.accounts[0] as AccountId);
  const known = new Set(open.items.map(({ credential }) => credential));
  return owned
    .filter(({ credential, first, state }) => known.has(credential) || (first && state !== "deleted"))
    .some(({ connector }) => (world.estate.provider(connector ?? "")?.mode ?? "observe") !== "observe");
}
