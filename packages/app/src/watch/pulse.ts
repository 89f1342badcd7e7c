import { standingTrip } from "@leasehold/core/brake";
import { type CaseId, Fault, hoursBetween, type WindDownId } from "@leasehold/core/kernel";
import { type RestoredPorts, watchRestored } from "../brake/index.ts";
import { isOverdue } from "../winddown/index.ts";
import { each, type World } from "../world/index.ts";

type PulsePorts = RestoredPorts & Pick<World, "windDowns" | "cases" | "waits" | "trails">;

/** What alarms look at: each a number that is nothing while all is well. */
export interface Pulse {
  readonly stuck: number; // cases and wind-downs that are stuck, or should have moved an hour ago
  readonly silent: Readonly<Record<string, number>>; // by source: hours since its last whole list
  readonly brake: 0 | 1; // whether it has tripped, or a hand is on it
  readonly critical: number; // open findings
}

const STUCK: readonly string[] = ["permission missing", "provider unavailable", "the brake has no place"];

/** `sources`: the connectors that are configured and have lists. One that never gave a whole one is silent since the installation. */
export async function pulse(world: PulsePorts, sources: readonly string[]): Promise<Pulse> {
  await watchRestored(world).catch(unlessFault(world));
  const said = await findings(world);
  return {
    ...{ stuck: await stuck(world, said.stuck), critical: said.critical },
    ...{ silent: await silent(world, sources), brake: (await isOn(world)) ? 1 : 0 },
  };
}

/** Who cannot ask which store this is says so, and takes every other gauge: whoever acts asks for itself, and is stuck. */
const unlessFault =
  ({ log }: PulsePorts) =>
  (error: unknown) => {
    if (!(error instanceof Fault)) throw error;
    log("error", "nobody knows whether the store was restored", { fault: error.name });
  };

async function findings(world: PulsePorts) {
  const stuckOnes = new Set<string>();
  let critical = 0;
  for await (const { severity, kind, about } of each((cursor) => world.findings.list(cursor))) {
    if (severity === "critical") critical += 1;
    if (STUCK.includes(kind)) stuckOnes.add(about);
  }
  return { critical, stuck: stuckOnes };
}

async function stuck(world: PulsePorts, found: ReadonlySet<string>): Promise<number> {
  let count = 0;
  for await (const id of open(world)) if (found.has(id) || (await isOverdue(world, id))) count += 1;
  return count;
}

async function* open({ windDowns, cases }: PulsePorts): AsyncIterable<WindDownId | CaseId> {
  yield* each((cursor) => windDowns.listOpen(cursor));
  yield* each((cursor) => cases.list("open", cursor));
}

async function silent({ ledger, clock }: PulsePorts, sources: readonly string[]): Promise<Pulse["silent"]> {
  const now = clock();
  const installed = await ledger.installed(now);
  const whole = (await ledger.coverage()).filter((one) => one.whole);
  const since = (source: string) => whole.find(({ connector }) => connector === source)?.at ?? installed;
  return Object.fromEntries(sources.map((source) => [source, Math.max(0, hoursBetween(since(source), now))]));
}

async function isOn({ ledger }: PulsePorts): Promise<boolean> {
  const { value } = await ledger.brake();
  return value.frozen !== undefined || standingTrip(value) !== undefined;
}
