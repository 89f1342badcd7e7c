import { ingest } from "@leasehold/app/ingest";
import { sweepEstate } from "@leasehold/app/sweep";
import { type Instant, later } from "@leasehold/core/kernel";
import { demoEvents, demoWorlds } from "@leasehold/local/demo";
import { understanding } from "@leasehold/local/history";
import { type Laptop, type LaptopOptions, openLaptop } from "@leasehold/local/laptop";
import { makesKey, makesUser } from "../../packages/local/src/demo/events.ts";
import { MONDAY } from "./clock.ts";

export const MANY = 20;
const namesOf = (many: number) =>
  Array.from({ length: many }, (_, n) => ({
    userName: `agent-${n + 1}`,
    accessKeyId: `AKIA${String(n + 1).padStart(9, "0")}EXAMPLE`,
  }));

/** One leaver and twenty idle keys, or so many as are said, on a file of its own. */
export function openMany(path: string, more: Partial<LaptopOptions> = {}, many = MANY): Promise<Laptop> {
  const worlds = demoWorlds(MONDAY);
  const [model] = worlds["aws-iam"].users;
  if (model === undefined) throw new Error("the demo has no agent to copy");
  const users = namesOf(many).map(({ userName, accessKeyId }) => ({
    ...model,
    userName,
    keys: model.keys.map((key) => ({ ...key, accessKeyId })),
  }));
  const iam = { ...worlds["aws-iam"], users };
  const okta = { ...worlds.okta, grants: [] };
  return openLaptop({
    path,
    start: MONDAY,
    worlds: { "aws-iam": iam, okta },
    log: () => {},
    simulatedPeople: false,
    ...more,
  });
}

/** Imported, swept, and the leaver has left; nothing was done about it yet. */
export async function begin(laptop: Laptop, many = MANY): Promise<void> {
  const { world } = laptop;
  await world.ledger.installed(world.clock());
  const past: Instant = later(MONDAY, -24 * 7 * 30);
  const events = namesOf(many).flatMap(({ userName, accessKeyId }) => [
    makesUser("sue", userName, past),
    makesKey("sue", userName, accessKeyId, past),
  ]);
  const hears = understanding(world.estate.providers());
  const signals = events.flatMap(hears).flatMap((one) => ("signals" in one ? one.signals : []));
  await ingest(world, signals, { live: false, recordedAt: world.clock() });
  for (const { id, page } of world.estate.providers()) if (page) await sweepEstate(world, id);
  await laptop.deliver([demoEvents.sueLeaves(world.clock())]);
}

/** Past the question's notice, the acts, and their reading back. */
export const END = later(MONDAY, 80);
