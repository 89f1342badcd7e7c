import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ingest } from "@leasehold/app/ingest";
import { recordUsage } from "@leasehold/app/usage";
import { each, type World } from "@leasehold/app/world";
import { cloudTrailEnvelope } from "@leasehold/connectors/kit";
import { type Instant, later } from "@leasehold/core/kernel";
import { Signal } from "@leasehold/core/signal";
import type { Use } from "@leasehold/core/usage";
import { createBus } from "@leasehold/local/bus";
import { type Item, replay, type Summary } from "@leasehold/local/history";
import { type LaptopOptions, openLaptop } from "@leasehold/local/laptop";
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
  bus.putEvents(events.map(asPut));
  while ((await bus.run()) > 0);
  await recordUsage({ ...store, clock: () => NOW }, { sourceObject: "bus/1", uses, approximate: true, live: true });
  return { delivered, uses: uses.length };
}

/** What is written while a whole laptop hears every record as if it happened now, and lives on for some hours: cases, pages, logs. */
export interface Lived {
  readonly cases: number;
  readonly texts: ReadonlyMap<string, string>;
}

const DESKS = ["slack", "jira"];
const MOST_LEAKS = 20; // each is a case of its own, that pages every quarter of an hour

/** Of some credentials that are known it is said that they have leaked: then whoever is on call is told. */
async function leaks({ graph }: Pick<World, "graph">): Promise<readonly Signal[]> {
  const said: Signal[] = [];
  for await (const { value } of each((cursor) => graph.list("credential", cursor))) {
    const { id: credential, tenant } = value.subject;
    const source = { connector: "aws-health", eventId: `leaked/${credential}`, occurredAt: NOW };
    const by = { realm: "aws", name: "health.amazonaws.com", via: "workload" };
    if (said.length < MOST_LEAKS)
      said.push(Signal.parse({ kind: "credential.exposed", source, tenant, by, credential }));
  }
  return said;
}

export async function lived(path: string, systems: readonly System[]): Promise<Lived> {
  const logged: string[] = [];
  const log: LaptopOptions["log"] = (...said) => void logged.push(JSON.stringify(said));
  const laptop = await openLaptop({ path, start: NOW, log, simulatedPeople: false });
  const { world } = laptop;
  try {
    await world.ledger.installed(NOW);
    const events = systems.flatMap(({ items }) =>
      items.flatMap((item) => ("record" in item ? envelopesOf(item.record) : [])),
    );
    await laptop.deliver(events.map(asPut).map(justNow), { eventOnly: true });
    await laptop.settle();
    await ingest(world, await leaks(world), { live: true, recordedAt: NOW });
    await laptop.liveUntil(later(NOW, 2));
    const [open, closed] = await Promise.all((["open", "closed"] as const).map((one) => world.cases.list(one)));
    const tickets = JSON.stringify(
      laptop.simulations.filter(({ id }) => DESKS.includes(id)).map(({ memory }) => memory.get()),
    );
    return {
      cases: (open?.items.length ?? 0) + (closed?.items.length ?? 0),
      texts: new Map([
        ["the log", logged.join("\n")],
        ["the tickets", tickets],
      ]),
    };
  } finally {
    laptop.close();
  }
}

/** All that a laptop leaves in its folder, of which the file is one. */
export function leftIn(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(entries.map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), "latin1")]));
}

const asPut = (event: Readonly<Record<string, unknown>>, n: number) => ({
  ...{ ...event, id: `event-${n}`, source: String(event["source"]), time: NOW },
});

/** What is old is history, and nobody is asked about it. */
function justNow<T extends object>(event: T): T {
  const detail = (event as { readonly detail?: object }).detail;
  const times = Object.keys(detail ?? {}).filter((name) => name === "eventTime" || name === "published");
  return {
    ...event,
    ...(detail && { detail: { ...detail, ...Object.fromEntries(times.map((name) => [name, NOW])) } }),
  };
}

function envelopesOf(record: unknown): readonly Record<string, unknown>[] {
  const told = connectors.flatMap(({ listens }) => listens?.envelope?.(record) ?? []);
  const all: readonly unknown[] = [...told, cloudTrailEnvelope(record) ?? []].flat();
  return all as readonly Record<string, unknown>[];
}
