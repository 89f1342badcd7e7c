import { type Instant, later } from "@leasehold/core/kernel";
import { hourOf, merge, type Told, type Used } from "@leasehold/core/usage";
import { each, type LookingPorts } from "../world/index.ts";

type Ports = Pick<LookingPorts, "usage">;

/** The calls made with a credential, by the hour: of whole hours, from that of `from` to that of `to`. */
export async function usedBetween(
  { usage }: Ports,
  credential: Used,
  from: Instant,
  to: Instant,
): Promise<readonly Told[]> {
  const told: Told[] = [];
  const [first, last] = [hourOf(from), hourOf(to)];
  for await (const one of each((cursor) => usage.of(credential, from, to, cursor)))
    if (one.hour >= first && one.hour <= last) told.push(one);
  return merge(told);
}

/** Some call after an instant, refused or not; undefined where no record has one. Not all are read for it. */
export const usedAfter = (ports: Ports, credential: Used, after: Instant, now: Instant) =>
  someAfter(ports, credential, [after, now], ({ last }) => last);

/** Some call after an instant that was not refused: what is switched off may still be tried. */
export const doneAfter = (ports: Ports, credential: Used, after: Instant, now: Instant) =>
  someAfter(ports, credential, [after, now], ({ lastDone }) => lastDone);

async function someAfter(
  { usage }: Ports,
  credential: Used,
  [after, now]: readonly [Instant, Instant],
  of: (told: Told) => Instant | undefined,
): Promise<Instant | undefined> {
  for await (const one of each((cursor) => usage.of(credential, after, later(now, AHEAD), cursor))) {
    const at = of(one);
    if (at !== undefined && at > after) return at;
  }
  return undefined;
}

/** The latest call after an instant, refused or not, as it was told: of whole hours. */
export async function lastAfter(
  { usage }: Ports,
  credential: Used,
  after: Instant,
  now: Instant,
): Promise<Told | undefined> {
  let last: Told | undefined;
  for await (const one of each((cursor) => usage.of(credential, after, later(now, AHEAD), cursor)))
    if (one.last > after && one.last > (last?.last ?? after)) last = one;
  return last;
}

const AHEAD = 1; // hours: what is dated a little ahead of us was used, too
