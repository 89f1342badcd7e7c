import { type CredentialId, type Instant, later } from "@leasehold/core/kernel";
import { KEPT_DAYS, type Told } from "@leasehold/core/usage";
import { named, type People } from "../question/index.ts";
import { usedBetween } from "../usage/index.ts";
import type { ReadingPorts } from "../world/index.ts";
import type { Counterfactual, LostUse } from "./model.ts";

const BACK = 30 * 24; // hours

/** Had it been switched off thirty days ago, these recorded calls would have failed. What was refused anyway is not counted. */
export async function counterfactualOf(
  world: Pick<ReadingPorts, "usage">,
  people: People,
  credential: CredentialId,
  until: Instant,
): Promise<Counterfactual> {
  const since = later(until, -BACK);
  const told = (await usedBetween(world, credential, since, until)).filter(({ count, refused }) => count > refused);
  const groups = grouped(told, ({ caller, service }) => JSON.stringify([caller, service]));
  const uses = await Promise.all([...groups.values()].map((group) => lostOf(people, group)));
  return {
    ...{ since, until, calls: sumOf(told), approximate: told.some(({ approximate }) => approximate) },
    uses: uses.toSorted((a, b) => b.calls - a.calls || (a.last < b.last ? 1 : -1)),
    notVisible: await unseen(world, credential, since, told),
  };
}

async function lostOf(people: People, told: readonly Told[]): Promise<LostUse> {
  const [{ caller, service }] = told as readonly [Told, ...Told[]];
  const days = grouped(told, ({ hour }) => hour.slice(0, 10));
  const person = caller.account && (await named(people, caller.account));
  return {
    ...{ caller, service, actions: [...new Set(told.map(({ action }) => action))].sort() },
    person: person?.name === undefined && person?.email === undefined ? undefined : person,
    calls: sumOf(told),
    approximate: told.some(({ approximate }) => approximate),
    last: told
      .map(({ last, lastDone }) => lastDone ?? last)
      .sort()
      .at(-1) as Instant,
    days: [...days].sort().map(([day, all]) => ({ day, calls: sumOf(all) })),
  };
}

function grouped(told: readonly Told[], keyOf: (one: Told) => string): ReadonlyMap<string, readonly Told[]> {
  const groups = new Map<string, Told[]>();
  for (const one of told) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

const sumOf = (told: readonly Told[]) => told.reduce((sum, { count, refused }) => sum + count - refused, 0);

/** Partial is not absent: no record of a call is not a promise that there was none. */
async function unseen(
  { usage }: Pick<ReadingPorts, "usage">,
  credential: CredentialId,
  since: Instant,
  told: readonly Told[],
): Promise<readonly string[]> {
  const any = await usage.span();
  if (any === undefined)
    return [
      "No source has brought a usage record: what would have failed is not known. Configure one that counts calls.",
    ];
  const own = await usage.span(credential);
  return [
    ...(any.first > since ? [`Usage is known from ${any.first} on, and not for all of the thirty days.`] : []),
    ...(own === undefined ? [`No call of this credential is recorded in the ${KEPT_DAYS} days that are kept.`] : []),
    ...(told.some(({ approximate }) => approximate)
      ? ["Some counts are approximate: over the event bus a call may come twice, or not at all."]
      : []),
    "Reads and writes of data are recorded only where a trail logs data events.",
    "Calls in sessions that were opened with it are counted under the session.",
  ];
}
