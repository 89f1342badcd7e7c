import type { Instant } from "@leasehold/core/kernel";
import { put, readersDay } from "../casework/index.ts";
import { type People, peopleOf } from "../question/index.ts";
import { isQuiet } from "../refused/index.ts";
import { noticeOf } from "./notice.ts";
import { KIND, type Naked, type NakedPorts, noteSeen, noteTold, untoldOf } from "./untold.ts";
import { type Whose, whoseOf } from "./whose.ts";

export interface ToldNaked {
  readonly told: number; // people whom a desk told
  readonly untold: number; // servers of which nobody was told yet
}
type Group = readonly [Whose, ...Whose[]]; // of one person

/**
 * Tells whoever answers for a server that asks nobody, once for as long as it is so, and of all theirs together. A person hears
 * of the first at once, and of others that day in the morning, as of new cases. Nothing is asked, opened or switched off.
 */
export async function tellNaked(world: NakedPorts): Promise<ToldNaked> {
  const now = world.clock();
  const people = peopleOf(world, now);
  const all = await untoldOf(world, now);
  const done = new Set<string>();
  let told = 0;
  for (const group of await grouped(world, people, all, now)) {
    if (!(await isTime(world, people, group, now)) || !(await tell(world, people, group, now))) continue;
    told += 1;
    for (const { finding } of group) done.add(finding.id);
  }
  const still = all.filter(({ finding }) => !done.has(finding.id));
  await noteSeen(world, still, now);
  return { told, untold: still.length };
}

/** What is a person's own and what they are told in another's place are two messages. */
async function grouped(
  world: NakedPorts,
  people: People,
  all: readonly Naked[],
  now: Instant,
): Promise<readonly Group[]> {
  const groups = new Map<string, Group>();
  for (const one of all) {
    const whose = await whoseOf(world, people, one, now);
    if (whose !== undefined) groups.set(markOf(whose), [...(groups.get(markOf(whose)) ?? []), whose] as Group);
  }
  return [...groups.values()];
}

const markOf = ({ account, instead }: Whose): string =>
  `naked/${instead === undefined ? "owner" : "instead"}/${account}`;

/** Once no more of them come for a while, and not twice on one of the reader's days. */
async function isTime(world: NakedPorts, people: People, group: Group, now: Instant): Promise<boolean> {
  const [whose] = group;
  const found = group.map(({ finding }) => finding.at).sort();
  const [from, last] = [found[0] ?? now, found.at(-1) ?? now];
  if (!isQuiet({ from, last: { at: last } }, now)) return false;
  const before = await world.marks.get(markOf(whose));
  return before === undefined || (await readersDay(world, people, whose.account))(before.at) <= now;
}

/** The marks are written after a desk took it: after a crash in between the same message is found by its key, and not sent again. */
async function tell(world: NakedPorts, people: People, group: Group, now: Instant): Promise<boolean> {
  const [whose] = group;
  const tickets = await put(world, await noticeOf(people, whose.account, group, world.config.calendar.timeZone));
  world.log(tickets.length > 0 ? "info" : "warn", "told of naked servers", { servers: group.length });
  if (tickets.length === 0) return false;
  for (const { finding } of group) await noteTold(world, finding, now);
  await world.marks.put({ source: markOf(whose), stamp: KIND, at: now, notes: {} });
  return true;
}
