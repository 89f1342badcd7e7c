import { type CaseId, type CredentialId, timedId } from "@leasehold/core/kernel";
import type { Node } from "@leasehold/core/lineage";
import type { WindDown } from "@leasehold/core/winddown";
import type { LookingPorts, World } from "../world/index.ts";
import { ladderOf } from "./ladder.ts";

type BeginPorts = Pick<LookingPorts, "estate" | "clock"> & Pick<World, "random">;

/** A wind-down at its beginning, with every rung that the provider can reach by now. */
export function begin({ estate, clock, random }: BeginPorts, of: CaseId, node: Node): WindDown {
  const { id, facts } = node.subject;
  const connector = facts["connector"]?.value ?? "";
  const hands = (estate.provider(connector)?.hands ?? []).filter((hand) => hand.credential === facts["type"]?.value);
  return {
    ...{
      id: timedId("wdc", clock(), random(10)),
      case: of,
      credential: id as CredentialId,
      connector,
      rung: "flagged",
    },
    ...{ ladder: ladderOf(hands), acts: [], tried: [], snoozed: false, lives: 1 },
    ...{ question: undefined, wants: undefined, answer: undefined, returned: undefined, closed: undefined },
  };
}
