import { whySilent } from "@leasehold/core/feed";
import { type Finding, found } from "@leasehold/core/finding";
import { derivedId, hoursBetween, type Instant } from "@leasehold/core/kernel";
import type { World } from "../world/index.ts";
import { markOf, missedIn } from "./mark.ts";

export type WatchPorts = Pick<World, "ledger" | "marks" | "findings" | "config" | "clock" | "log">;

const KIND = "a source is silent";
const WATCH = "watch-feeds";
const ASLEEP = 3; // hours without a watch: then it was we who did not listen

const REMEDY =
  "See at the source whether it still sends, and the way from there to here: its log stream or hook, the partner's bus, the " +
  "rule. Until then its leavers are found by polls and sweeps, later.";

/** Judges every source that is configured: of whom ever anything came, and of whom the configuration says how long it may be silent. */
export async function watchFeeds(world: WatchPorts): Promise<{ readonly silent: readonly string[] }> {
  const now = world.clock();
  const since = await listeningSince(world, now);
  const heartbeats = new Map((await world.ledger.heartbeats()).map((one) => [one.connector, one]));
  const silent: string[] = [];
  for (const [connector, { silentAfter }] of Object.entries(world.config.connectors)) {
    const heartbeat = heartbeats.get(connector);
    if (heartbeat === undefined && silentAfter === undefined) continue;
    const missed = missedIn(await world.marks.glance(markOf(connector)));
    const because = whySilent({ heartbeat, missed, silentAfter, since, now });
    if (because === undefined) await world.findings.close(derivedId("fnd", KIND, connector));
    else {
      const last = heartbeat?.last ?? "never";
      await world.findings.put(found(KIND, connector, now, REMEDY, { last, because }));
      world.log("error", KIND, { connector });
      silent.push(connector);
    }
  }
  return { silent };
}

/** Nothing is expected of hours in which nothing of ours ran: a laptop that was closed has heard nobody. */
async function listeningSince({ marks, ledger }: WatchPorts, now: Instant): Promise<Instant> {
  const before = await marks.get(WATCH);
  const kept = before?.notes["since"] as Instant | undefined;
  const first = before === undefined ? await ledger.installed(now) : now;
  const since = before && kept && hoursBetween(before.at, now) <= ASLEEP ? kept : first;
  await marks.put({ source: WATCH, stamp: WATCH, at: now, notes: { since } });
  return since;
}

/** That a source is silent, while it is. */
export async function silentNow(
  { findings }: { readonly findings: Pick<World["findings"], "of"> },
  connector: string,
): Promise<Finding | undefined> {
  return (await findings.of(connector)).find(({ kind }) => kind === KIND);
}
