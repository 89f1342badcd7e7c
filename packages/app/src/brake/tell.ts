import { type Hold, isTrip } from "@leasehold/core/brake";
import { type Finding, type FindingKind, found } from "@leasehold/core/finding";
import { derivedId, type FindingId } from "@leasehold/core/kernel";
import type { World } from "../world/index.ts";

const REMEDY =
  "see `leasehold brake status`; once you know why they left, release it, or only the cases that are right";

/** One finding for a trip and one for a batch, however many people are in it: told again it is the same. */
export const tellHold = ({ findings }: Pick<World, "findings">, hold: Hold): Promise<void> =>
  findings.put(findingOf(hold));

export const findingOfHold = (hold: Hold): FindingId => derivedId("fnd", kindOf(hold), hold.id);

function findingOf(hold: Hold): Finding {
  const { id, at, by, most, over } = hold;
  const { limit, source = "all" } = over ?? {};
  return found(kindOf(hold), id, at, REMEDY, { firstCase: by, most, ...(limit && { limit, source }) });
}

const kindOf = (hold: Hold): FindingKind => (isTrip(hold) ? "the brake tripped" : "a backlog is held");
