import type { Intent, Stored, Versioned, WindDowns } from "@leasehold/app/world";
import { type Clock, conflict, type WindDownId } from "@leasehold/core/kernel";
import type { Node } from "@leasehold/core/lineage";
import type { Draft } from "@leasehold/core/trail";
import type { WindDown } from "@leasehold/core/winddown";
import type { Op, Table } from "../table/index.ts";
import { putWindow } from "./ledger.ts";
import { putNode } from "./node-row.ts";
import { idsOf } from "./paging.ts";
import { putStory, storyKey, type Told, tell, unmoved } from "./story.ts";

export interface WindDownBody extends Told {
  readonly windDown: WindDown;
  readonly open: Intent | undefined;
}

type Next = Pick<WindDownBody, "windDown" | "open">;

export function createWindDowns(table: Table, clock: Clock, limit: number): WindDowns {
  const current = ({ windDown, version }: Stored) => unmoved<WindDownBody>(table, windDown.id, version);

  /** The one way in which a wind-down is written: the next version, its entry, and what goes with them, or nothing. */
  async function write(
    from: Told | undefined,
    version: number,
    next: Next,
    draft: Draft,
    aloud: boolean,
    also: readonly Op[],
  ) {
    const { id, closed } = next.windDown;
    const { told, entry } = tell(clock, { id, version, from, draft, aloud });
    const list = closed ? undefined : (["wind-downs", id] as const);
    await table.write([putStory(id, version, { ...next, ...told }, list), entry, ...also]);
    return { ...next, version: version + 1, head: told.head };
  }

  return {
    get: async (id) => {
      const row = await table.get(storyKey(id));
      if (row === undefined) return undefined;
      const { windDown, open, head } = row.data as WindDownBody;
      return { windDown, version: row.v, open, head };
    },
    open: async (windDown, node, draft) => {
      const also = [putNode(pointing(node, windDown.id))];
      await write(undefined, 0, { windDown, open: undefined }, draft, true, also);
    },
    change: async (from, to, draft, also) => {
      const row = await current(from);
      return write(row, from.version, { windDown: to, open: row.open }, draft, true, released(to, also?.node));
    },
    intend: async (from, intent, draft, window) => {
      const row = await current(from);
      if (row.open) throw conflict(row.open.key); // found open, and never a second beside it
      const open = numbered(from, intent);
      const also = window ? [putWindow(window)] : [];
      return write(row, from.version, { windDown: from.windDown, open }, draft, false, also);
    },
    close: async (from, to, draft, also) => {
      const row = await current(from);
      if (row.open === undefined || row.open.key !== from.open?.key) throw conflict(from.windDown.id);
      const window = also?.window ? [putWindow(also.window)] : [];
      const aloud = to !== from.windDown; // withdrawn: whoever is stuck would be woken by it, and try at once again
      return write(row, from.version, { windDown: to, open: undefined }, draft, aloud, [
        ...released(to, also?.node),
        ...window,
      ]);
    },
    listOpen: (cursor) => idsOf(table.index("g3", { pk: "wind-downs", limit, cursor })),
  };
}

/** The number of an intent is the version that its own write makes. */
function numbered({ windDown, version }: Stored, intent: Omit<Intent, "key" | "version">): Intent {
  const number = version + 1;
  return { ...intent, key: `${windDown.id}/${number}/${intent.to}`, version: number };
}

/** The pointer is the lock: a credential that has an open wind-down gets no second one. */
function pointing(node: Versioned<Node>, id: WindDownId): Versioned<Node> {
  const { windDown } = node.value;
  if (windDown !== undefined && windDown !== id) throw conflict(node.value.subject.id);
  return { ...node, value: { ...node.value, windDown: id } };
}

/** With the wind-down that closes goes the pointer to it. */
function released(to: WindDown, node: Versioned<Node> | undefined): readonly Op[] {
  if (node === undefined) return [];
  const ours = to.closed !== undefined && node.value.windDown === to.id;
  return [putNode(ours ? { ...node, value: { ...node.value, windDown: undefined } } : node)];
}
