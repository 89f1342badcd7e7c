import { canonical, type Fault, type Instant } from "@leasehold/core/kernel";
import { lineageOf } from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import { openFile } from "@leasehold/store/file";
import { sqliteStore } from "@leasehold/store/sqlite";
import fc from "fast-check";
import { expect, it } from "vitest";
import { anyChains, anyHistory, anyPipelines } from "../../../../test/support/histories.ts";
import { issuedKey } from "../../../../test/support/signals.ts";
import type { Heard, Store } from "../world/index.ts";
import { ingest } from "./ingest.ts";

type Together = NonNullable<Store["together"]>;

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
/** As whoever delivers does it: where three at once were in each other's way too often, it comes again. */
const joined = async (store: ReturnType<typeof here>["store"], signals: readonly Signal[], live = false) => {
  const told = () => ingest(store, signals, { live, recordedAt: NOW });
  return told().catch((error: Fault) => (error.remedy === "retry" ? told() : Promise.reject(error)));
};

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

/** Signals some of which say again what was said, but that a key was used at another hour. */
const usedAgain = (signals: readonly Signal[], hour: number): readonly Signal[] =>
  signals.map((signal) => {
    if (signal.kind !== "credential.seen" || !signal.lastUsed) return signal;
    return {
      ...signal,
      lastUsed: `${signal.lastUsed.slice(0, 10)}T${String(hour).padStart(2, "0")}:00:00.000Z` as Instant,
    };
  });

/** All but versions: how many writes a batch came to is nobody's concern, and what is pending bears the version of its write. */
const everythingIn = ({ db }: ReturnType<typeof here>["file"]) => ({
  rows: db
    .prepare("SELECT pk, sk, data, g1p, g1s, g2p, g2s, g3p, g3s FROM rows ORDER BY pk, sk")
    .all()
    .map(({ data, ...row }) => ({ ...row, data: String(data).replace(/"version":\d+/g, "") })),
  archive: db.prepare("SELECT * FROM archive ORDER BY n").all(),
});

it.each([
  ["histories", anyHistory],
  ["chains", anyChains],
  ["pipelines", anyPipelines],
])(
  "what was heard before of %s is passed over, and the file is the same as if it were joined again",
  async (_title, any) => {
    let passed = 0;
    const step = fc.record({
      from: fc.nat({ max: 20 }),
      size: fc.integer({ min: 1, max: 8 }),
      hour: fc.nat({ max: 23 }),
      live: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(any, fc.array(step, { minLength: 1, maxLength: 12 }), async ({ again }, steps) => {
        const [fast, slow] = [here(), here()];
        const never: Together = (run) => slow.store.together?.(({ heard, ...world }) => run(world)) ?? run(slow.store);
        const counted: Together = (run) =>
          fast.store.together?.(({ heard, ...world }) => run({ ...world, ...(heard && { heard: counting(heard) }) })) ??
          run(fast.store);
        const counting = (heard: Heard): Heard => ({
          ...heard,
          news: (signals) => {
            const news = heard.news(signals);
            passed += signals.length - news.length;
            return news;
          },
        });
        for (const { from, size, hour, live } of steps) {
          const signals = usedAgain(again.slice(from % again.length).slice(0, size), hour);
          const how = { live: live && hour < 4, recordedAt: NOW };
          const { subjects: _, writes: __, ...mine } = await ingest({ ...fast.store, together: counted }, signals, how);
          const {
            subjects: ___,
            writes: ____,
            ...theirs
          } = await ingest({ ...slow.store, together: never }, signals, how);
          expect(mine).toEqual(theirs);
          expect(everythingIn(fast.file)).toEqual(everythingIn(slow.file));
        }
        for (const { file } of [fast, slow]) file.close();
      }),
      { numRuns: 200 },
    );
    expect(passed).toBeGreaterThan(200);
  },
);

it("history is on disk in one transaction, archive and graph; what happens now is told piece by piece as before", async () => {
  const { commits, store } = here();
  await joined(store, [issuedKey(), issuedKey(undefined, undefined, "AKIAI44QH8DHBEXAMPLE", "other")]);
  expect(commits.count).toBe(1);
  expect((await store.archive.read()).items).toHaveLength(2);
});
