import { canonical, type Instant } from "@leasehold/core/kernel";
import { lineageOf } from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import { openFile } from "@leasehold/store/file";
import { sqliteStore } from "@leasehold/store/sqlite";
import fc from "fast-check";
import { expect, it } from "vitest";
import { anyChains, anyHistory } from "../../../../test/support/histories.ts";
import { issuedKey } from "../../../../test/support/signals.ts";
import { ingest } from "./ingest.ts";

const NOW = "2030-01-01T00:00:00.000Z" as Instant;

const here = () => {
  const file = openFile(":memory:");
  const commits = { count: 0 };
  const transaction: typeof file.transaction = (run) => {
    commits.count += 1;
    return file.transaction(run);
  };
  return { file, commits, store: sqliteStore({ ...file, transaction }, () => NOW) };
};
const joined = (store: ReturnType<typeof here>["store"], signals: readonly Signal[], live = false) =>
  ingest(store, signals, { live, recordedAt: NOW });

async function isGraphOf(store: ReturnType<typeof here>["store"], signals: readonly Signal[]): Promise<void> {
  const { subjects, edges } = lineageOf(signals);
  for (const subject of subjects)
    expect(canonical((await store.graph.node(subject.id))?.value.subject)).toBe(canonical(subject));
  for (const edge of edges)
    expect((await store.graph.edges(edge.from, edge.rel)).find(({ to }) => to === edge.to)).toEqual(edge);
}

it.each([
  ["histories", anyHistory],
  ["chains", anyChains],
])(
  "%s that come in batches, some at once and some live between them, are the graph of their signals",
  async (_title, any) => {
    const cut = fc.record({
      size: fc.integer({ min: 1, max: 9 }),
      atOnce: fc.integer({ min: 1, max: 3 }),
      live: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(any, cut, async ({ again }, { size, atOnce, live }) => {
        const { file, store } = here();
        const batches = Array.from({ length: Math.ceil(again.length / size) }, (_, n) =>
          again.slice(n * size, (n + 1) * size),
        );
        for (let n = 0; n < batches.length; n += atOnce)
          await Promise.all(
            batches.slice(n, n + atOnce).map((signals, m) => joined(store, signals, live && m % 2 === 1)),
          );
        await isGraphOf(store, again);
        file.close();
      }),
      { numRuns: 150 },
    );
  },
);

it("history is on disk in one transaction, archive and graph; what happens now is told piece by piece as before", async () => {
  const { commits, store } = here();
  await joined(store, [issuedKey(), issuedKey(undefined, undefined, "AKIAI44QH8DHBEXAMPLE", "other")]);
  expect(commits.count).toBe(1);
  expect((await store.archive.read()).items).toHaveLength(2);
});
