import { readConfig } from "@leasehold/app/config";
import type { DomainEvent, Keyed, Provider, World } from "@leasehold/app/world";
import { type Instant, later } from "@leasehold/core/kernel";
import { openFile } from "@leasehold/store/file";
import { createStore, type Parts } from "@leasehold/store/repository";
import { sqliteArchive, sqliteTable } from "@leasehold/store/sqlite";
import type { Row, Table } from "@leasehold/store/table";
import { MONDAY } from "./clock.ts";
import { lagging, type Was } from "./lagging.ts";

/** A world on the laptop's own store, in memory: what was said is kept, every call of a port is counted, and any of them can fail. */
export interface MemoryWorld extends World {
  readonly calls: string[]; // "graph.put", in order
  readonly said: Map<string, DomainEvent>; // by key
  readonly lines: string[]; // of the log
  now: Instant;
  hook: (call: string, args: readonly unknown[]) => void | Promise<void>; // before each call; throws to kill it
  writes: () => void; // before each write of the table; throws to refuse it
  accepts: (event: Keyed) => boolean; // the bus
  glance: (was: Was) => Row | undefined; // what a glance sees of a row; the present one, unless a test says otherwise
  pass(hours: number): void;
}

const WRITES = ["graph.put", "graph.join", "graph.clear", "findings.put", "later.put", "ledger.cover"];

export function memoryWorld(providers: readonly Provider[] = [], fallback = "last@example.com"): MemoryWorld {
  const file = openFile(":memory:");
  const table = lagging(sqliteTable(file)).reached({ turn: () => {}, glance: (was) => world.glance(was) });
  const world: MemoryWorld = worldOn({ table, archive: sqliteArchive(file) }, providers, fallback);
  return world;
}

/** The same on other rows. */
export function worldOn(
  { table: rows, archive }: Pick<Parts, "table" | "archive">,
  providers: readonly Provider[],
  fallback: string,
): MemoryWorld {
  const table: Table = {
    ...rows,
    write: async (ops) => {
      world.writes();
      await rows.write(ops);
    },
  };
  const store = createStore({ table, archive, clock: () => world.now });
  let dice = 0;
  const watched = <T extends object>(name: string, port: T): T =>
    new Proxy(port, {
      get:
        (target, key) =>
        async (...args: unknown[]) => {
          const call = `${name}.${String(key)}`;
          world.calls.push(call);
          await world.hook(call, args);
          return (target[key as keyof T] as (...all: unknown[]) => unknown)(...args);
        },
    });
  const world: MemoryWorld = {
    ...(Object.fromEntries(Object.entries(store).map(([name, port]) => [name, watched(name, port)])) as typeof store),
    ...{ calls: [], said: new Map(), lines: [], now: MONDAY },
    hook: () => {},
    writes: () => {},
    accepts: () => true,
    glance: (was) => was.at(-1),
    clock: () => world.now,
    random: (bytes) => Uint8Array.from({ length: bytes }, () => dice++ % 256),
    estate: { provider: (id) => providers.find((one) => one.id === id), providers: () => providers },
    config: readConfig({ fallback: { email: fallback } }),
    log: (level, message) => void world.lines.push(`${level} ${message}`),
    publish: async (events) => {
      world.calls.push("publish");
      await world.hook("publish", events);
      const taken = events.filter((one) => world.accepts(one));
      for (const { key, event } of taken) world.said.set(key, event);
      return taken.map(({ key }) => key);
    },
    runs: { start: async () => {}, wake: async () => {} },
    pass: (hours) => {
      world.now = later(world.now, hours);
    },
  };
  return world;
}

/** The writes since the last time this was asked. */
export function writesOf(world: MemoryWorld): readonly string[] {
  return world.calls.splice(0).filter((call) => WRITES.includes(call));
}
