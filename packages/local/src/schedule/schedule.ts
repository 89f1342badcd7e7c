import { badInput, type Clock, hoursBetween, type Instant, later, laterBy } from "@leasehold/core/kernel";
import type { File } from "@leasehold/store/file";
import { classOf } from "../bus/index.ts";
import { type Delay, delaySeconds, limited, type Random, realTimer, type Timer, TimeUp } from "../clock/index.ts";
import { hoursOfRate } from "./rate.ts";

/** A function that is called again and again. */
export interface Scheduled {
  readonly name: string;
  readonly rate: string;
  readonly target: string;
  readonly payload: unknown;
}

/** The durable schedule. What was missed while nothing ran is run once; what failed is tried again before its next time. */
export interface Schedule {
  nextDue(): Instant | undefined;
  /** Calls all that is due now, one after the other; returns how many. */
  run(): Promise<number>;
  /** When each is next due, and the class of its last fault while it fails. */
  state(): readonly { readonly name: string; readonly due: Instant; readonly fault: string | null }[];
}

export interface ScheduleParts {
  readonly file: File;
  readonly clock: Clock;
  readonly random: Random;
  readonly entries: readonly Scheduled[];
  readonly call: (target: string, payload: unknown) => Promise<unknown>;
  readonly handlerMillis?: number; // real time
  readonly timer?: Timer;
}

const RETRY: Delay = { first: 60, rate: 2, cap: 3_600, spread: "half" };

export function createSchedule(parts: ScheduleParts): Schedule {
  const { file, clock, entries } = parts;
  const table = scheduleTable(file);
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  if (byName.size !== entries.length) throw badInput("two schedules have one name");
  file.transaction(() => settleRows(table, entries, clock()));

  async function fire({ name, series, attempts }: Row): Promise<void> {
    const entry = byName.get(name);
    if (entry === undefined) return;
    const fault = await outcome(parts, entry);
    const now = clock();
    const next = after(series, hoursOfRate(entry.rate), now);
    const again = laterBy(now, delaySeconds(RETRY, attempts, parts.random));
    file.transaction(() => {
      if (fault === undefined) table.set(name, next, next, 0, null);
      else table.set(name, again < next ? again : next, next, attempts + 1, fault);
    });
  }

  return {
    nextDue: () => table.rows().filter(({ name }) => byName.has(name))[0]?.due,
    run: async () => {
      const due = table.rows().filter((row) => byName.has(row.name) && row.due <= clock());
      for (const row of due) await fire(row);
      return due.length;
    },
    state: () => table.rows().map(({ name, due, fault }) => ({ name, due, fault })),
  };
}

async function outcome(parts: ScheduleParts, { target, payload }: Scheduled): Promise<string | undefined> {
  const { call, handlerMillis = 15 * 60_000, timer = realTimer } = parts;
  try {
    const end = await limited(() => call(target, payload), { millis: handlerMillis, timer });
    return end === TimeUp ? "TimedOut" : undefined;
  } catch (error) {
    return classOf(error);
  }
}

/** The first instant of the series that is still to come: ten that were missed are one. */
function after(due: Instant, rateHours: number, now: Instant): Instant {
  if (due > now) return due;
  const missed = Math.floor(hoursBetween(due, now) / rateHours + 1e-9);
  const next = later(due, (missed + 1) * rateHours);
  return next > now ? next : later(next, rateHours);
}

/** A new schedule begins one rate from now; a changed rate never puts off what was due earlier; a dropped one is forgotten. */
function settleRows(table: ScheduleTable, entries: readonly Scheduled[], now: Instant): void {
  const known = new Map(table.rows().map((row) => [row.name, row]));
  for (const { name, rate } of entries) {
    const first = later(now, hoursOfRate(rate));
    const row = known.get(name);
    if (row === undefined) table.set(name, first, first, 0, null);
    else if (row.series > first) table.set(name, first, first, row.attempts, row.fault);
  }
  for (const name of known.keys()) if (!entries.some((entry) => entry.name === name)) table.remove(name);
}

interface Row {
  readonly name: string;
  readonly due: Instant;
  readonly series: Instant; // when it would be due had it not failed
  readonly attempts: number;
  readonly fault: string | null;
}

type ScheduleTable = ReturnType<typeof scheduleTable>;

function scheduleTable({ db, transaction }: File) {
  transaction(() =>
    db.exec(`CREATE TABLE IF NOT EXISTS schedule (
      name TEXT PRIMARY KEY, due TEXT NOT NULL, series TEXT NOT NULL, attempts INTEGER NOT NULL, fault TEXT) STRICT`),
  );
  const rows = db.prepare("SELECT name, due, series, attempts, fault FROM schedule ORDER BY due, name");
  const set = db.prepare("INSERT OR REPLACE INTO schedule (name, due, series, attempts, fault) VALUES (?, ?, ?, ?, ?)");
  const remove = db.prepare("DELETE FROM schedule WHERE name = ?");
  return {
    rows: () => rows.all() as unknown as readonly Row[],
    set: (name: string, due: Instant, series: Instant, attempts: number, fault: string | null) =>
      void set.run(name, due, series, attempts, fault),
    remove: (name: string) => void remove.run(name),
  };
}
