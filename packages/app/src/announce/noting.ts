import { isPaged } from "@leasehold/core/finding";
import type { Node } from "@leasehold/core/lineage";
import type { Versioned, World } from "../world/index.ts";

type Noted = Pick<World, "graph" | "windDowns" | "cases" | "findings">;

/** The same world, which tells of whom each write may have left something to be said. What could not be written is not told of. */
export function noting<W extends Noted>(world: W, note: (subject: string) => void): W {
  const { graph, windDowns, cases, findings } = world;
  const noteNodes = (...nodes: readonly (Versioned<Node> | undefined)[]) => {
    for (const node of nodes) if (node !== undefined && node.value.pending.length > 0) note(node.value.subject.id);
  };
  const noted: Noted = {
    graph: {
      ...graph,
      put: async (node, ...rest) => {
        await graph.put(node, ...rest);
        noteNodes({ value: node, version: 0 });
      },
    },
    windDowns: {
      ...windDowns,
      open: async (windDown, node, draft) => {
        await windDowns.open(windDown, node, draft);
        note(windDown.id);
        noteNodes(node);
      },
      change: async (from, to, draft, also) => {
        const next = await windDowns.change(from, to, draft, also);
        note(to.id);
        noteNodes(also?.node);
        return next;
      },
      close: async (from, to, draft, also) => {
        const next = await windDowns.close(from, to, draft, also);
        note(to.id);
        noteNodes(also?.node);
        return next;
      },
    },
    cases: {
      ...cases,
      open: async (opened, nodes, draft) => {
        await cases.open(opened, nodes, draft);
        note(opened.id);
        noteNodes(...nodes);
      },
      change: async (from, to, draft, nodes = [], brake) => {
        const next = await cases.change(from, to, draft, nodes, brake);
        note(to.id);
        noteNodes(...nodes);
        return next;
      },
    },
    findings: {
      ...findings,
      put: async (finding) => {
        await findings.put(finding);
        if (isPaged(finding)) note(finding.id);
      },
    },
  };
  return { ...world, ...noted };
}
