import { type CaseId, type CredentialId, timedId, type WindDownId } from "@leasehold/core/kernel";
import type { Node } from "@leasehold/core/lineage";
import type { Draft } from "@leasehold/core/trail";
import type { Descent, WindDown } from "@leasehold/core/winddown";
import type { LookingPorts, World } from "../world/index.ts";
import { ladderOf } from "./ladder.ts";

type BeginPorts = Pick<LookingPorts, "estate" | "clock"> & Pick<World, "random">;

/** A wind-down at its beginning, with every rung that the provider can reach by now. */
export function begin({ estate, clock, random }: BeginPorts, of: CaseId, node: Node, drill = false): WindDown {
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
    ...{
      ladder: drill ? ladderOf(hands).filter(backAndForth) : ladderOf(hands),
      acts: [],
      tried: [],
      snoozed: false,
      lives: 1,
    },
    ...(drill && { drill }),
    ...{ question: undefined, wants: undefined, answer: undefined, returned: undefined, closed: undefined },
  };
}

const backAndForth = ({ to, reversibility }: Descent) => to !== "deleted" && reversibility === "R1";

/** The first entry of its trail: what a report must know of it, however long after. */
export function opening({ case: of, credential, connector, ladder }: WindDown, node: Node, after?: WindDownId): Draft {
  const type = node.subject.facts["type"]?.value ?? "unknown";
  const rungs = ladder.map(({ to }) => to).join(",");
  const facts = { case: of, credential, connector, type, rungs, ...(after && { after }) };
  return { did: "wind-down.opened", by: "leasehold", facts };
}
