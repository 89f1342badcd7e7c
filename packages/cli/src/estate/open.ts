import { badInput } from "@leasehold/core/kernel";
import type { Laptop, LaptopOptions } from "@leasehold/local/laptop";
import type { Call } from "../command/index.ts";
import { loadConfig } from "./config.ts";
import { logTo } from "./log.ts";
import { secretsOf } from "./secrets.ts";
import { expectStore, storeOf } from "./store.ts";

/** `reads`: nothing is changed and nothing moves on. `creates`: it may be the first that is run here. */
export type Opening = "reads" | "writes" | "creates";

/**
 * Opens the estate, lets a command use it, and closes it whatever came of that. The demo's clock ticks in every command:
 * one that let it stand still would read another time from the same file.
 */
export async function withLaptop<T>(
  call: Call,
  how: Opening,
  use: (laptop: Laptop) => Promise<T>,
  more: Pick<LaptopOptions, "onPress" | "simulatedPeople" | "worlds" | "drill"> &
    Partial<Pick<LaptopOptions, "log">> = {},
): Promise<T> {
  const config = await loadConfig(call);
  const path = storeOf(call);
  expectStore(path, how === "creates");
  const { openLaptop } = await import("@leasehold/local/laptop");
  const log = logTo(call, how === "reads" ? "warn" : "info");
  const host = call.io.host?.(path);
  const laptop = await openLaptop({
    path,
    ...(host && { host }),
    ticks: true,
    log,
    secrets: secretsOf(call.io),
    ...(config !== undefined && { config }),
    ...more,
  });
  try {
    // whoever writes first dates the installation: departures before it go into the report
    if (how !== "reads") await laptop.world.ledger.installed(laptop.world.clock());
    return await use(laptop);
  } finally {
    laptop.close();
  }
}

/** On a stage whoever signs speaks, in no name but their own. */
export function ownNameOnly({ flags }: Pick<Call, "flags">): void {
  if (flags["stage"] !== undefined && flags["as"] !== undefined)
    throw badInput("on a stage you speak in the name of your own AWS identity: leave out --as", { flag: "--as" });
}

/** Refused before anything is opened: what belongs to the demo is not tried on a real estate. */
export function atSimulatorsOnly({ flags }: Pick<Call, "flags">, why: string): void {
  if (flags["config"] !== undefined) throw badInput(why);
}
