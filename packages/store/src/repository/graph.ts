import type { Graph, Paged, Versioned } from "@leasehold/app/world";
import { type AccountId, badInput, type CredentialId } from "@leasehold/core/kernel";
import type { Node, PendingKind, SubjectId, SubjectKind } from "@leasehold/core/lineage";
import { cursorOf, type Index, placeOf, type Row, type Table } from "../table/index.ts";
import { candidateOps, secondsOf } from "./candidates.ts";
import { edgesOf, joinEdges } from "./edges.ts";
import { NODE, nodeKey, putNode } from "./node-row.ts";
import { again, idsOf, listSharded } from "./paging.ts";

const PREFIXES: Readonly<Record<SubjectKind, string>> = {
  ...{ account: "acc_", identity: "idn_", credential: "crd_", session: "ses_" },
};

export function createGraph(table: Table, limit: number): Graph {
  const sharded = (index: Index, list: string, cursor?: string) => listSharded({ table, index, list, limit }, cursor);
  return {
    node: async (id) => nodeIn(await table.get(nodeKey(id))),
    glance: async (id) => nodeIn(await table.get(nodeKey(id), "may lag")),
    put: async (node, expected, edges = [], candidates) => {
      await joinEdges(table, edges); // first: were the node written alone, nothing would bring its edges again
      const beside = candidates ? await candidateOps(table, node, candidates, expected) : [];
      await table.write([putNode({ value: node, version: expected }), ...beside]);
    },
    join: (edges) => joinEdges(table, edges),
    edges: (from, rel, how) => edgesOf(table, from, rel, { limit, how: how && "may lag" }),
    ownedBy: (account, cursor) => ownedBy(table, account, limit, cursor),
    candidates: (id) => secondsOf(table, id),
    unowned: (cursor) => idsOf(sharded("g1", "unowned", cursor)),
    leavers: (since, cursor) => idsOf(table.index("g1", { pk: "leavers", from: since, limit, cursor })),
    list: async (kind, cursor) => {
      const { items, next } = await table.scan({ prefix: PREFIXES[kind], sk: NODE, limit, cursor });
      return { items: items.map(nodeOf), next };
    },
    pending: (cursor) => idsOf(sharded("g2", "pending", cursor)),
    clear: (id, said) => again(() => clear(table, id, said)),
  };
}

const nodeOf = ({ data, v }: Row): Versioned<Node> => ({ value: data as Node, version: v });
const nodeIn = (row: Row | undefined) => row && nodeOf(row);

/** A credential stands here twice for the moment in which its owner's place and a candidate's cross: named once. */
async function ownedBy(table: Table, account: AccountId, limit: number, cursor?: string): Promise<Paged<CredentialId>> {
  if (!account.startsWith(PREFIXES.account))
    throw badInput("this is not the id of an account", { length: account.length });
  const [last, inner] = placeOf(cursor, "owned", 2) ?? [];
  const { items, next } = await idsOf<CredentialId>(table.index("g1", { pk: account, limit, cursor: inner }));
  const each = [...new Set(items)].filter((id) => id !== last);
  return { items: each, next: next && cursorOf("owned", items.at(-1) ?? "", next) };
}

async function clear(table: Table, id: SubjectId, said: readonly PendingKind[]): Promise<void> {
  const node = nodeIn(await table.get(nodeKey(id)));
  if (node === undefined) return;
  const left = node.value.pending.filter(
    (one) => !said.some((it) => it.kind === one.kind && it.version === one.version),
  );
  if (left.length === node.value.pending.length) return;
  await table.write([putNode({ ...node, value: { ...node.value, pending: left } })]);
}
