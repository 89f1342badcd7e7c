import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { sweepPending } from "@leasehold/app/announce";
import { freezeRestored } from "@leasehold/app/brake";
import { type Config, type Configured, readConfig } from "@leasehold/app/config";
import type { Told } from "@leasehold/app/winddown";
import type { Estate, Log, Store, World } from "@leasehold/app/world";
import type { Secrets } from "@leasehold/core/connector";
import { badInput, type Clock, type Instant } from "@leasehold/core/kernel";
import { type File, openFile } from "@leasehold/store/file";
import { sqliteStore } from "@leasehold/store/sqlite";
import { schedules } from "@leasehold/workflows";
import type { BusEvent } from "../bus/index.ts";
import { jumpingClock, realClock } from "../clock/index.ts";
import { demoConfig, demoWorlds } from "../demo/index.ts";
import { createPump, type PumpPart } from "../schedule/index.ts";
import { type Laid, linkedIn, real, type Simulation, simulated } from "./estate.ts";
import { claim, runner } from "./kept.ts";
import { type Life, lifeOf } from "./life.ts";
import { type Press, presses } from "./presses.ts";
import { restamp } from "./restamp.ts";
import { rootsBeside } from "./roots.ts";
import { type WayIn, waysIn } from "./ways-in.ts";
import { type RunStep, runStep, type Wired, wire } from "./wire.ts";

/**
 * What stands in for parts of AWS. The laptop does all of it itself; a test puts DynamoDB's API and Lambda's handlers in
 * its place, so that the same bus, clock, workflows and simulators drive what is deployed.
 */
export interface Host {
  readonly store?: (clock: Clock) => Store; // where cases and graph are kept, if not in the file too
  readonly estate?: (estate: Estate) => Estate; // how a step reaches the connectors
  readonly run?: RunStep;
  readonly often?: readonly string[]; // schedules for which alone a jump need not land, beside those of every minute
}

export interface LaptopOptions {
  readonly path: string;
  readonly config?: unknown; // without one it is the demo
  readonly start?: Instant; // the demo's first instant
  readonly worlds?: Readonly<Record<string, unknown>>; // what its simulators begin with, where it is not Example Corp
  readonly drill?: Configured["drill"]; // the demo's canary, where its simulators have one
  readonly ticks?: boolean; // the demo's clock goes on with the time of day between jumps
  readonly host?: Host;
  readonly log: Log;
  readonly secrets?: Secrets;
  readonly simulatedPeople?: boolean;
  readonly onPress?: (press: Press, told: readonly Told[]) => void;
  readonly random?: (bytes: number) => Uint8Array;
}

/** The whole of Leasehold in one process, on one file. */
export interface Laptop {
  readonly world: World;
  readonly demo: boolean;
  readonly simulations: readonly Simulation[];
  readonly wired: Wired;
  /** Where vendors speak to its connectors; the demo has none. What they take is in the file before it is answered. */
  readonly waysIn: readonly WayIn[];
  /** Events as if they happened now, to simulators only. `eventOnly`: the event lies, and the provider's own state stays as it was. */
  deliver(events: readonly unknown[], how?: { readonly eventOnly?: boolean }): Promise<number>;
  /** Does all that is due now; false where another process runs this file. */
  settle(): Promise<boolean>;
  /** Lives through the time until then. The demo only: real time is not ours to move. */
  liveUntil(instant: Instant): Promise<boolean>;
  nextDue(): Instant | undefined;
  /** Whether no other process moves this file's work on. */
  isFree(): boolean;
  close(): void;
}

/** Opens or makes the file. What cannot be opened leaves nothing open behind. */
export async function openLaptop(options: LaptopOptions): Promise<Laptop> {
  const config = readConfig(options.config ?? { ...demoConfig(), ...(options.drill && { drill: options.drill }) });
  if (options.config !== undefined) await linkedIn(config); // what is wrong in it makes no file
  const isNew = !existsSync(options.path);
  const file = openFile(options.path);
  try {
    return await onFile(file, config, options, isNew);
  } catch (error) {
    file.close();
    throw error;
  }
}

async function onFile(file: File, config: Config, options: LaptopOptions, isNew: boolean): Promise<Laptop> {
  const demo = options.config === undefined;
  claim(file, demo ? "demo" : "real");
  const time = demo
    ? jumpingClock(options.start ?? realClock()(), file, options.ticks ? realClock() : undefined)
    : undefined;
  const clock = time?.now ?? realClock();
  const random = options.random ?? ((bytes: number) => new Uint8Array(randomBytes(bytes)));
  const secrets = options.secrets ?? noSecrets;

  let wired: Wired | undefined;
  const emit = (event: unknown) => void wired?.bus.putEvents([event as BusEvent]);
  const laid: Laid = demo
    ? await simulated(config, { ...demoWorlds(clock()), ...options.worlds }, { file, clock, emit, log: options.log })
    : await real(config, secrets, clock, options.log);
  const host = { ...laptopItself(file), ...options.host };
  const estate = host.estate(laid.estate);
  wired = wire({ file, clock, random, estate: laid.estate, world: () => world, run: host.run });
  const world: World = {
    ...host.store(clock),
    ...{ clock, random, estate, config, log: options.log, publish: wired.publish, runs: wired.runs },
    roots: rootsBeside(options.path),
  };

  const people = demo ? simulatedPeople(file, world, laid, options) : undefined;
  const parts = [wired.bus, wired.interpreter, ...(people ? [people] : []), unhurried(wired.schedule, host.often)];
  const pump = createPump({ parts, clock: { now: clock, jumpTo: (to) => time?.jumpTo(to) } });
  const life = demo ? undefined : lifeOf(file, options.path, isNew); // nobody's credentials hang on a demo's file
  const ways = waysIn(laid.linked, { ...{ clock, random, secrets, log: options.log }, bus: wired.bus, world });
  const { mine, alone } = onlyOne(file, () => frozenIfRestored(world, life).then(() => people?.refresh()));
  return {
    ...{ world, demo, simulations: laid.simulations, wired },
    waysIn: ways,
    deliver: async (events, how = {}) => {
      if (!demo) throw badInput("events are delivered to simulators only: `replay` reads history into a real estate");
      return deliver(
        restamp(events, clock()) as readonly BusEvent[],
        wired,
        how.eventOnly === true ? [] : laid.simulations,
      );
    },
    settle: () =>
      alone(async () => {
        await sweepPending(world);
        await pump.settle();
        for (const { settle } of ways) await settle();
        life?.goOn();
      }),
    liveUntil: (instant) => {
      if (!demo) throw badInput("only the demo's clock can be moved");
      return alone(() => pump.settleUntil(instant));
    },
    nextDue: () => parts.flatMap((part) => part.nextDue() ?? []).sort()[0],
    isFree: mine.isFree,
    close: () => {
      mine.leave();
      file.close();
    },
  };
}

const simulatedPeople = (file: File, world: World, { simulations }: Laid, options: LaptopOptions) =>
  options.simulatedPeople === false
    ? undefined
    : presses({ file, world, simulations, told: options.onPress ?? (() => {}) });

/** Before anything else is done on the file: what was done since that copy is not in it. */
async function frozenIfRestored(world: World, life: Life | undefined): Promise<void> {
  if (!life?.restored()) return;
  await freezeRestored(world);
  life.goOn();
}

const laptopItself = (file: File): Omit<Required<Host>, "often"> => ({
  store: (clock) => sqliteStore(file, clock),
  estate: (estate) => estate,
  run: runStep,
});

/** Work that only one process may do at a time on one file. */
function onlyOne(file: File, before: () => Promise<void>) {
  const mine = runner(file, process.pid, isAlive);
  const alone = async (work: () => Promise<void>) => {
    if (!mine.take()) return false;
    await before();
    await work();
    return true;
  };
  return { mine, alone };
}

/** On the bus first, which refuses all or none; then in the providers' own worlds, each event once. */
function deliver(events: readonly BusEvent[], { bus }: Wired, simulations: readonly Simulation[]): number {
  const fresh = new Set(bus.putEvents(events));
  for (const event of inOrder(events).filter(({ id }) => fresh.has(id)))
    for (const { live } of simulations) live.absorb(event);
  return fresh.size;
}

/** A provider's own world goes by when things happened there, in whatever order we hear of them. */
const inOrder = (events: readonly BusEvent[]) =>
  events.toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));

const OFTEN: readonly string[] = ["1 minute", "15 minutes"];

/**
 * What runs every minute is for what a crash left, and a poll for what no event told: both run wherever the clock lands, and a
 * jump need not land for them, because it lands every hour anyway. So weeks of the demo's time cost hours' worth of landings.
 */
function unhurried(schedule: Wired["schedule"], more: readonly string[] = []): PumpPart {
  const often = new Set<string>([
    ...schedules.filter(({ every }) => OFTEN.includes(every)).map(({ run }) => run),
    ...more,
  ]);
  const nextDue = () =>
    schedule
      .state()
      .filter(({ name }) => !often.has(name))
      .map(({ due }) => due)
      .sort()[0];
  return { nextDue, run: schedule.run };
}

const noSecrets: Secrets = async (name) => {
  throw badInput("a secret is named and not given", { name });
};

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
