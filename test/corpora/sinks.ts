import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { ingest } from "@leasehold/app/ingest";
import { recordUsage } from "@leasehold/app/usage";
import { cloudTrailEnvelope } from "@leasehold/connectors/kit";
import type { Instant } from "@leasehold/core/kernel";
import type { Use } from "@leasehold/core/usage";
import { createBus } from "@leasehold/local/bus";
import { type Item, replay, type Summary } from "@leasehold/local/history";
import { openFile } from "@leasehold/store/file";
import { sqliteStore } from "@leasehold/store/sqlite";
import { connectors, type System } from "./prepared.ts";

const NOW = "2026-11-21T09:00:00.000Z" as Instant;

/** Everything that is written while all records are imported, and then delivered once more as they would be live. */
export interface Sinks {
  readonly summaries: ReadonlyMap<string, Summary>;
  readonly delivered: number;
  readonly uses: number; // calls that were counted
  readonly texts: ReadonlyMap<string, string>; // by the sink's name
}

export async function filled(path: string, systems: readonly System[]): Promise<Sinks> {
  const file = openFile(path);
  const store = sqliteStore(file, () => NOW);
  const summaries = new Map<string, Summary>();
  const lines: string[] = [];
  for (const { name, paths } of systems) {
    const onProgress = (progress: object) => lines.push(JSON.stringify(progress));
    const summary = await replay({ world: store, connectors, paths, now: NOW, onProgress });
    summaries.set(name, summary);
    lines.push(JSON.stringify(summary));
  }
  const everything = systems.flatMap(({ items }) => items);
  const { delivered, uses } = await deliver(file, store, everything);
  file.db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  file.close();
  const texts = new Map([
    ["the store's file", readFileSync(path, "latin1")],
    ["what was said", lines.join("\n")],
  ]);
  return { summaries, delivered, uses, texts };
}

/** Every record goes over the bus, as it would from CloudTrail and Okta: most of them are of no interest to any rule. */
async function deliver(
  file: ReturnType<typeof openFile>,
  store: ReturnType<typeof sqliteStore>,
  items: readonly Item[],
) {
  const rules = connectors.flatMap(({ id, listens }) =>
    Object.values(listens?.patterns ?? {})
      .flat()
      .map((pattern, n) => ({ name: `${id}/${n}`, pattern, target: id })),
  );
  let delivered = 0;
  const uses: Use[] = [];
  const call = async (target: string, event: unknown) => {
    const listens = connectors.find(({ id }) => id === target)?.listens;
    const signals = listens?.normalise(listens.event.parse(event)) ?? [];
    uses.push(...(listens?.usesOf?.(listens.event.parse(event)) ?? []));
    await ingest(store, signals, { live: true, recordedAt: NOW });
    delivered += 1;
  };
  const bus = createBus({ file, clock: () => NOW, random: randomBytes, rules, call });
  const events = items.flatMap((item) => ("record" in item ? envelopesOf(item.record) : []));
  bus.putEvents(events.map((event, n) => ({ ...event, id: `event-${n}`, source: String(event["source"]), time: NOW })));
  while ((await bus.run()) > 0);
  await recordUsage({ ...store, clock: () => NOW }, { sourceObject: "bus/1", uses, approximate: true, live: true });
  return { delivered, uses: uses.length };
}

function envelopesOf(record: unknown): readonly Record<string, unknown>[] {
  const told = connectors.flatMap(({ listens }) => listens?.envelope?.(record) ?? []);
  const all: readonly unknown[] = [...told, cloudTrailEnvelope(record) ?? []].flat();
  return all as readonly Record<string, unknown>[];
}
