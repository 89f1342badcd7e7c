import { badInput, type Clock, type Instant } from "@leasehold/core/kernel";
import type { File } from "@leasehold/store/file";
import { type Random, realTimer, type Timer } from "../clock/index.ts";
import { compile, type Matcher } from "../pattern/index.ts";
import { BusEvent, type BusLimits, type DeadLetter, LIMITS, type Rule } from "./model.ts";
import { busTable } from "./table.ts";
import { createWorker } from "./worker.ts";

/** The durable bus: what was put is delivered at least once, or stands among the dead letters. */
export interface Bus {
  /** Writes the events and their deliveries, all or none; returns the ids that are new. Joins an open transaction. */
  putEvents(events: readonly BusEvent[], options?: { readonly keep?: boolean }): readonly string[];
  deadLetters(): readonly DeadLetter[];
  /** Delivers a dead letter anew; false where there is none of that id. */
  redrive(id: number): boolean;
  /** Delivers again what was kept and happened from one instant until before the other; returns how many deliveries. */
  replay(from: Instant, to: Instant, ruleName?: string): number;
  nextDue(): Instant | undefined;
  /** Delivers all that is due now; returns how many were tried or expired. */
  run(): Promise<number>;
}

export interface BusParts {
  readonly file: File;
  readonly clock: Clock;
  readonly random: Random;
  readonly rules: readonly Rule[];
  readonly call: (target: string, event: BusEvent) => Promise<unknown>;
  readonly limits?: Partial<BusLimits>;
  readonly timer?: Timer;
}

export function createBus({ file, clock, random, rules, call, limits, timer = realTimer }: BusParts): Bus {
  const table = busTable(file);
  const routes = routesOf(rules);
  const worker = createWorker({ file, table, clock, random, call, timer, limits: { ...LIMITS, ...limits } });
  const deliver = (id: string, event: unknown, only?: string) => {
    const hit = routes.filter(({ rule, matcher }) => (only === undefined || rule.name === only) && matcher(event));
    for (const { rule } of hit) table.add(id, rule.name, rule.target, clock());
    return hit.length;
  };
  return {
    putEvents: (events, { keep = false } = {}) =>
      file.transaction(() =>
        events.map(read).flatMap(({ event, time }) => {
          if (!table.put(event.id, event.source, time, keep, JSON.stringify(event))) return [];
          if (deliver(event.id, event) === 0) table.forget(event.id);
          return [event.id];
        }),
      ),
    deadLetters: table.dead,
    redrive: (id) => file.transaction(() => table.redrive(id, clock())),
    replay: (from, to, ruleName) => {
      if (ruleName !== undefined && !routes.some(({ rule }) => rule.name === ruleName))
        throw badInput("no rule of the bus has this name", { rule: ruleName });
      return file.transaction(() =>
        table.archive(from, to).reduce((sum, { id, body }) => sum + deliver(id, JSON.parse(body), ruleName), 0),
      );
    },
    nextDue: table.nextDue,
    run: worker.run,
  };
}

function routesOf(rules: readonly Rule[]): readonly { readonly rule: Rule; readonly matcher: Matcher }[] {
  const names = rules.map(({ name }) => name);
  const twice = names.find((name, n) => names.indexOf(name) !== n);
  if (twice !== undefined) throw badInput("two rules of the bus have one name", { rule: twice });
  return rules.map((rule) => ({ rule, matcher: compile(rule.pattern) }));
}

function read(given: BusEvent, index: number): { readonly event: BusEvent; readonly time: Instant } {
  const checked = BusEvent.safeParse(given);
  if (!checked.success) {
    const where = checked.error.issues.map(({ path }) => path.join(".")).join(", "); // where, never what
    throw badInput("an event has an id, a source and a time", { index, where });
  }
  return { event: given, time: checked.data.time };
}
