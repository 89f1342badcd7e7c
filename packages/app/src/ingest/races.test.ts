import { canonical, type Instant } from "@leasehold/core/kernel";
import { lineageOf } from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import { openFile } from "@leasehold/store/file";
import { createStore } from "@leasehold/store/repository";
import { sqliteArchive, sqliteTable } from "@leasehold/store/sqlite";
import type { Row } from "@leasehold/store/table";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type Lagging, lagging, type Was } from "../../../../test/support/lagging.ts";
import { runs } from "../../../../test/support/runs.ts";
import {
  byUser,
  hours,
  issuedKey,
  keyIs,
  madeIdentity,
  person,
  seenKey,
  seenUser,
} from "../../../../test/support/signals.ts";
import { ingest } from "./ingest.ts";

const INSTALLED = hours(-24);
const NOW: Instant = hours(48);
const here = () => {
  const file = openFile(":memory:");
  return { file, rows: lagging(sqliteTable(file)) };
};
type Here = ReturnType<typeof here>;
type Reach = Parameters<Lagging["reached"]>[0];

/** A process of its own: it remembers nothing of the others, and reaches the same rows. */
const process = ({ file, rows }: Here, how: Reach) =>
  createStore({ table: rows.reached(how), archive: sqliteArchive(file), clock: () => NOW });

const said: readonly Signal[] = [
  issuedKey(),
  issuedKey(byUser("ada"), hours(1)),
  issuedKey(undefined, hours(5), undefined, "other"),
  seenKey({ owner: byUser("sam").account }, hours(2)),
  seenKey({}, hours(3), "AKIAI44QH8DHBEXAMPLE"),
  madeIdentity("deploy", byUser("grace")),
  madeIdentity("other", byUser("kim"), hours(2)),
  keyIs("disabled", hours(2)),
  keyIs("restored", hours(4)),
  person("left", "ada", hours(1)),
  person("reinstated", "ada", hours(6)),
  seenUser("ada", { team: "search" }, hours(3)),
];
const race = fc.record({
  deliveries: fc.array(fc.uniqueArray(fc.constantFrom(...said), { minLength: 1, maxLength: 2 }), {
    ...{ minLength: 2, maxLength: 5 },
  }),
  dies: fc.array(fc.option(fc.nat({ max: 16 })), { minLength: 5, maxLength: 5 }), // before which call; undefined: not
  behind: fc.array(fc.constantFrom(0, 0, 1, 2, 99), { minLength: 40, maxLength: 40 }),
});

/** One delivery, and where its process is killed the same one again, as every queue of ours brings it. */
async function delivered(at: Here, signals: readonly Signal[], reach: Reach, diesAt: number | undefined) {
  let calls = 0;
  const turn = async () => {
    await reach.turn();
    if (calls++ === diesAt) throw new Error("killed");
  };
  const how = { live: true, recordedAt: NOW };
  await ingest(process(at, { ...reach, turn }), signals, how).catch((error: Error) => {
    if (error.message !== "killed") throw error;
    return ingest(process(at, reach), signals, how);
  });
}

it("whoever is first, is killed, or looks too early: the graph is that of the signals", async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), race, async (scheduler, { deliveries, dies, behind }) => {
      const at = here();
      await process(at, { turn: () => {}, glance: () => undefined }).ledger.installed(INSTALLED);
      let glances = 0;
      const glance = (was: Was): Row | undefined => was[Math.max(0, was.length - 1 - (behind[glances++ % 40] ?? 0))];
      const turn = () => scheduler.schedule(Promise.resolve());
      const all = deliveries.map((signals, n) => delivered(at, signals, { turn, glance }, dies[n] ?? undefined));
      await scheduler.waitFor(Promise.all(all));
      const { graph } = process(at, { turn: () => {}, glance: () => undefined });
      const whole = lineageOf(deliveries.flat());
      for (const subject of whole.subjects)
        expect(canonical((await graph.node(subject.id))?.value.subject)).toBe(canonical(subject));
      for (const edge of whole.edges)
        expect(canonical((await graph.edges(edge.from, edge.rel)).find(({ to }) => to === edge.to))).toBe(
          canonical(edge),
        );
      at.file.close();
    }),
    runs(300, 1 / 40),
  );
});
