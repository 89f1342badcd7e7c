import type { Versioned } from "@leasehold/app/world";
import { departureOf, type Node } from "@leasehold/core/lineage";
import { type Key, type Op, type Place, put, type Row, under } from "../table/index.ts";
import { sharded } from "./paging.ts";

export const NODE = "node";
export const nodeKey = (id: string): Key => ({ pk: id, sk: NODE });

/** The row of a node at this version. Its places follow from what is in it, so that no write can forget one. */
function nodeRow(node: Node, version: number): Row {
  const { id } = node.subject;
  const said = node.pending.length > 0 ? sharded("pending", id) : undefined;
  return { ...nodeKey(id), v: version, data: node, g1: listed(node), g2: said };
}

/** g1: a credential stands with its owner or with the unowned; an account stands with the leavers while it is one. */
function listed({ subject, owner }: Node): Place | undefined {
  if (subject.kind === "credential") return owner ? [owner.account, subject.id] : sharded("unowned", subject.id);
  const left = subject.kind === "account" ? departureOf(subject) : undefined;
  return left && ["leavers", `${left}#${subject.id}`];
}

/** Writes a node on condition that it is still as it was read. */
export const putNode = ({ value, version }: Versioned<Node>): Op => put(nodeRow(value, version + 1), under(version));
