import { type Case, type Decision, isDrill, isExposure } from "@leasehold/core/casework";
import { type AccountId, type CaseId, type Instant, later } from "@leasehold/core/kernel";
import { morningAfter } from "@leasehold/core/playbook";
import type { People } from "../question/index.ts";
import { isCase } from "../winddown/index.ts";
import { every, type StoredCase } from "../world/index.ts";
import type { Asking } from "./askings.ts";
import type { CasePorts } from "./ports.ts";
import { timeZoneOf } from "./render.ts";

const LEADS = 0.25; // hours that the others of one morning wait for the one that asks for all of them
const FREE = 1; // hours after which what another was to show is asked by its own case
const PARTS = 5; // messages of one case in one day, where no desk has room for all of it in one

/**
 * One person hears of a new case at once, and of others that day together in the morning: until when this question is kept back.
 * Nobody's silence has begun by then, so the deadline is later by as much. What has leaked, an offer, which lasts a day, a
 * drill, which measures us, and what reaches everything wait for nothing, however many messages they had. What a case that has
 * asked them already goes on to ask waits for no morning either, unless they had as many of it that day as anybody reads.
 */
export async function keptBack(
  world: CasePorts,
  people: People,
  { case: open }: StoredCase,
  asking: Asking,
): Promise<Instant | undefined> {
  const now = world.clock();
  const all = await toThem(world, people, asking.account);
  const mine = all.filter((one) => one.case === open.id);
  const shownBy = mine.find(({ lead, asked, closed }) => lead !== undefined && asked === undefined && !closed);
  if (shownBy !== undefined) return now < later(shownBy.until, FREE) ? later(shownBy.until, FREE) : undefined;
  if (mine.some(isBegun)) return undefined; // a crash came between: a desk may have it already
  if (isUrgent(open, asking)) return undefined;
  const ends = await readersDay(world, people, asking.account);
  const endings = (some: readonly Decision[]) =>
    some.flatMap(({ asked }) => (asked === undefined ? [] : ends(asked))).filter((at) => at > now);
  const parts = endings(mine.filter(({ cut, closed }) => cut && !closed)).sort();
  if (parts.length >= PARTS) return parts[0];
  if (world.config.playbook.digest === 0) return undefined;
  if (mine.some(({ asked }) => asked !== undefined)) return undefined;
  const kept = mine.find((one) => isKept(one))?.kept;
  if (kept === undefined) return endings(all).sort().at(-1);
  return now < kept ? kept : ledUntil(all, mine, later(kept, LEADS), now);
}

function isUrgent(open: Case, { why, items }: Asking): boolean {
  const reachesAll = items.some(({ shown }) => shown.looked.node.value.subject.facts["reach"]?.value === "admin");
  return isExposure(open) || isDrill(open) || why.as === "offered" || reachesAll;
}

/** When what was asked at an instant no longer keeps others back: at the reader's next morning, or after the playbook's hours. */
export async function readersDay(
  { config }: Pick<CasePorts, "config">,
  people: People,
  account: AccountId,
): Promise<(asked: Instant) => Instant> {
  const { digest, morning } = config.playbook;
  const timeZone = (await timeZoneOf(people, account)) ?? config.calendar.timeZone;
  return (asked) => [morningAfter(timeZone, morning, asked), later(asked, digest)].sort()[0] as Instant;
}

/** Of several that were kept for the same morning one asks for all; if it does not get there, another does. */
function ledUntil(all: readonly Decision[], mine: readonly Decision[], until: Instant, now: Instant) {
  const [leader] = all.filter((one) => isDue(one, now)).sort((a, b) => (a.id < b.id ? -1 : 1));
  return leader !== undefined && !mine.includes(leader) && now < until ? until : undefined;
}

const isBegun = ({ kept, lead, asked, closed }: Decision): boolean =>
  kept === undefined && lead === undefined && asked === undefined && !closed;
const isKept = ({ kept, asked, closed }: Decision): boolean => kept !== undefined && asked === undefined && !closed;

export const isDue = (one: Decision, now: Instant): boolean => isKept(one) && (one.kept ?? now) <= now;

/** What cases put to one person, or keep for them, by whichever of their accounts. What only tells them, or asks for a release, is not counted. */
export async function toThem({ decisions }: CasePorts, people: People, account: AccountId): Promise<readonly OfCase[]> {
  const { accounts } = await people.cluster(account);
  const ids = accounts.map((one) => every((cursor) => decisions.byCustodian(one, cursor)));
  const found = await Promise.all((await Promise.all(ids)).flat().map(decisions.get));
  return found.flatMap((one) =>
    one !== undefined && one.value.items.length > 0 && isOfCase(one.value) ? [one.value] : [],
  );
}

export type OfCase = Decision & { readonly case: CaseId };
const isOfCase = (one: Decision): one is OfCase => isCase(one.case);
