import { type Finding, found } from "@leasehold/core/finding";
import { type AccountId, hoursBetween, Instant, later } from "@leasehold/core/kernel";
import type { Told } from "@leasehold/core/usage";
import { put } from "../casework/index.ts";
import { peopleOf } from "../question/index.ts";
import { each, type World } from "../world/index.ts";
import { type Gathered, gathered, isQuiet, triedOf } from "./gather.ts";
import { type News, noticeOf } from "./notice.ts";
import { type Whose, whoseOf } from "./whose.ts";

export type RefusedPorts = Pick<
  World,
  "usage" | "graph" | "findings" | "marks" | "estate" | "config" | "clock" | "log"
>;

export interface ToldRefused {
  readonly told: number; // people whom a desk told
  readonly untold: number; // of whom nobody is there to be told, or no desk took it
}

const KIND = "calls were refused";
const EACH = 24; // hours between two notices to one person about one credential
const APART = 1; // hours between two notices to one person: whoever tries one credential after the other must not bury them
const ENDS = 7 * 24; // hours without another, until it is no finding any more
const SWEEP = "refused/ended";

/**
 * Tells each owner of the calls that were refused: once for all that came together, of all that is theirs, at most once an hour, and
 * of one credential at most once a day. What refused them held: nothing is asked, opened or switched off.
 */
export async function tellRefused(world: RefusedPorts): Promise<ToldRefused> {
  const now = world.clock();
  const counts = { told: 0, untold: 0 };
  for (const all of byOwner(await dueNow(world, now))) {
    if (await tell(world, all, now)) counts.told += 1;
    else counts.untold += all.length;
  }
  await endOld(world, now);
  return counts;
}

interface Group {
  readonly whose: Whose;
  readonly told: readonly Told[];
}

/** Of one person and one credential; sessions of one identity are together. */
async function grouped(world: RefusedPorts, now: Instant): Promise<readonly Group[]> {
  const people = peopleOf(world, now);
  const groups = new Map<string, Group>();
  for (const tried of await triedOf(world, now)) {
    const whose = await whoseOf(world, people, tried, now);
    const before = groups.get(keyOf(whose));
    groups.set(keyOf(whose), { whose: before?.whose ?? whose, told: [...(before?.told ?? []), ...tried.told] });
  }
  return [...groups.values()];
}

const keyOf = ({ owner, holder }: Whose): string => `refused/${owner ?? "nobody"}/${holder}`;

async function dueNow(world: RefusedPorts, now: Instant): Promise<readonly News[]> {
  const due: News[] = [];
  for (const { whose, told } of await grouped(world, now)) {
    const mark = await world.marks.get(keyOf(whose));
    if (mark !== undefined && hoursBetween(mark.at, now) < EACH) continue;
    const before = whose.owner && (await world.marks.get(toldOf(whose.owner)));
    if (before && hoursBetween(before.at, now) < APART) continue;
    const news = gathered(told, Instant.safeParse(mark?.notes["last"]).data);
    if (news !== undefined && isQuiet(news, now)) due.push({ whose, news });
  }
  return due;
}

const toldOf = (owner: AccountId): string => `refused/to/${owner}`;

type Theirs = readonly [News, ...News[]];

/** What is nobody's is told nobody, each by itself. */
function byOwner(due: readonly News[]): readonly Theirs[] {
  const all = new Map<string, Theirs>();
  for (const one of due) {
    const key = one.whose.owner ?? keyOf(one.whose);
    all.set(key, [...(all.get(key) ?? []), one] as unknown as Theirs);
  }
  return [...all.values()];
}

/** The marks are written after a desk took it: after a crash in between the same message is found by its key, and not sent again. */
async function tell(world: RefusedPorts, all: Theirs, now: Instant): Promise<boolean> {
  const [{ whose }] = all;
  const reached = whose.owner !== undefined && (await reach(world, whose.owner, all, now));
  for (const { whose, news } of all) {
    await world.findings.put(findingOf(whose, news, reached, now));
    if (whose.owner !== undefined && !reached) continue;
    await world.marks.put({ ...{ source: keyOf(whose), stamp: KIND, at: now }, notes: { last: news.last.at } });
  }
  if (reached && whose.owner !== undefined)
    await world.marks.put({ source: toldOf(whose.owner), stamp: KIND, at: now, notes: {} });
  return reached;
}

async function reach(world: RefusedPorts, owner: AccountId, all: Theirs, now: Instant): Promise<boolean> {
  const message = await noticeOf(peopleOf(world, now), owner, all, world.config.calendar.timeZone);
  const tickets = await put(world, message);
  world.log(tickets.length > 0 ? "info" : "warn", "told of refused calls", {
    subject: all[0].whose.subject,
    credentials: all.length,
    calls: all.reduce((sum, { news }) => sum + news.count, 0),
  });
  return tickets.length > 0;
}

const REMEDY =
  "Look at the event in the log: the block held. Where the call is part of the work, grant it; where it is not, ask whoever runs it.";

function findingOf(
  whose: Whose,
  { count, actions, resources, policies, from, last }: Gathered,
  told: boolean,
  at: Instant,
) {
  const { account, region, eventId } = last;
  return found(KIND, whose.subject, at, REMEDY, {
    ...{ calls: count, actions: actions.slice(0, MOST).join(", "), from, last: last.at, eventId },
    ...(resources.length > 0 && { resources: resources.join(", ") }),
    ...(policies.length > 0 && { policies: policies.join(", ") }),
    ...(account && { account }),
    ...(region && { region }),
    told: told ? "its owner" : "nobody",
  });
}
const MOST = 8;

/** Once a day: what was not refused again for a week is over. */
async function endOld({ findings, marks }: RefusedPorts, now: Instant): Promise<void> {
  const before = await marks.get(SWEEP);
  if (before !== undefined && hoursBetween(before.at, now) < EACH) return;
  const over: Finding["id"][] = [];
  for await (const { id, kind, at, facts } of each((cursor) => findings.list(cursor)))
    if (kind === KIND && later(Instant.safeParse(facts["last"]).data ?? at, ENDS) < now) over.push(id);
  for (const id of over) await findings.close(id);
  await marks.put({ source: SWEEP, stamp: SWEEP, at: now, notes: {} });
}
