import type { Cases, StoredCase, Versioned } from "@leasehold/app/world";
import type { Case } from "@leasehold/core/casework";
import { type CaseId, type Clock, conflict } from "@leasehold/core/kernel";
import type { Node } from "@leasehold/core/lineage";
import type { Draft } from "@leasehold/core/trail";
import type { Op, Table } from "../table/index.ts";
import { putHand, putWindow } from "./ledger.ts";
import { putNode } from "./node-row.ts";
import { idsOf } from "./paging.ts";
import { putStory, storyKey, type Told, tell, unmoved } from "./story.ts";

export interface CaseBody extends Told {
  readonly case: Case;
}

export function createCases(table: Table, clock: Clock, limit: number): Cases {
  async function write(
    from: Told | undefined,
    version: number,
    to: Case,
    draft: Draft,
    nodes: readonly Op[],
  ): Promise<StoredCase> {
    const { id, status } = to;
    const { told, entry } = tell(clock, { id, version, from, draft, aloud: true });
    await table.write([
      putStory(id, version, { case: to, ...told } as CaseBody, [`cases#${status}`, id]),
      entry,
      ...nodes,
    ]);
    return { case: to, version: version + 1, head: told.head };
  }

  return {
    get: async (id) => {
      const row = await table.get(storyKey(id));
      if (row === undefined) return undefined;
      const { case: found, head } = row.data as CaseBody;
      return { case: found, version: row.v, head };
    },
    open: async (opened, nodes, draft) => {
      await write(
        undefined,
        0,
        opened,
        draft,
        nodes.map((node) => putNode(pointing(node, opened.id))),
      );
    },
    change: async (from, to, draft, nodes = [], brake) => {
      const row = await unmoved<CaseBody>(table, from.case.id, from.version);
      const pointed = nodes.map((node) => putNode(released(to, node)));
      const entry = brake?.entry ? await putHand(table, brake.entry, clock()) : [];
      return write(row, from.version, to, draft, [...pointed, ...(brake ? [putWindow(brake.window)] : []), ...entry]);
    },
    list: (status, cursor) => idsOf(table.index("g3", { pk: `cases#${status}`, limit, cursor })),
  };
}

/** An account that stands in an open case gets no second one: its departure joins the first. */
function pointing(node: Versioned<Node>, id: CaseId): Versioned<Node> {
  const { openCase } = node.value;
  if (openCase !== undefined && openCase !== id) throw conflict(node.value.subject.id);
  return { ...node, value: { ...node.value, openCase: id } };
}

function released({ id, status }: Case, node: Versioned<Node>): Versioned<Node> {
  const ours = status === "closed" && node.value.openCase === id;
  return ours ? { ...node, value: { ...node.value, openCase: undefined } } : node;
}
