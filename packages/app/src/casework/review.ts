import type { Case } from "@leasehold/core/casework";
import { type AccountId, type Instant, later } from "@leasehold/core/kernel";
import type { Subject } from "@leasehold/core/lineage";
import { hasMoved, managersLeft, namesMove } from "@leasehold/core/person";
import { ownedBy, type People, peopleOf } from "../question/index.ts";
import type { Stored, StoredCase, World } from "../world/index.ts";
import { custodianFor } from "./custodian.ts";
import type { CasePorts } from "./ports.ts";

/**
 * Whether a move is anybody's matter: the person owns something that is still there, and what changed is their manager or their
 * team. Where the source does not say what changed, the next list of the directory will.
 */
export async function hasWhatToReview(
  world: Pick<World, "graph" | "config" | "clock">,
  person: Subject,
): Promise<boolean> {
  const changed = changedOf(person);
  if (changed !== NOT_SAID && !namesMove(changed)) return false;
  const owned = await ownedBy(world, peopleOf(world, world.clock()), person.id as AccountId);
  return owned.some(({ first, state }) => first && state !== "deleted");
}

const NOT_SAID = "[]";
const changedOf = ({ facts }: Subject): string => facts["moved"]?.value ?? NOT_SAID;

const LOOK = 1; // hours
const LONGEST = 26; // hours: a directory is listed every night

/**
 * An event of a move names attributes and no values: who the new manager is, the directory's next list says. Until when to wait
 * for it; undefined where it was listed since, where nothing lists it, and where it has been waited for long enough.
 */
export async function untilListed(world: CasePorts, { case: open }: StoredCase): Promise<Instant | undefined> {
  const heard = lastHeard(open);
  const now = world.clock();
  if (later(heard, LONGEST) <= now) return undefined;
  const coverage = await world.ledger.coverage();
  const movers = await personOf(peopleOf(world, now), subjectsOf(open));
  const waits = movers.some(({ facts }) => {
    const connector = facts["connector"]?.value ?? "";
    const lists = world.estate.provider(connector)?.page !== undefined;
    return lists && !coverage.some((one) => one.connector === connector && one.at > heard);
  });
  return waits ? later(now, LOOK) : undefined;
}

/** Whether it was a move after all: some source named manager or team, or the directories have another one by now. */
export async function wasMove(people: People, { case: open }: StoredCase): Promise<boolean> {
  const person = await personOf(people, open.accounts);
  return person.some((subject) => namesMove(changedOf(subject))) || hasMoved(person, firstSaid(open));
}

/** Who moves on while the question stands: it is put to whoever is the manager by now, and to nobody before. */
export async function askLatest(
  world: CasePorts,
  people: People,
  { case: open }: StoredCase,
  items: readonly Stored[],
): Promise<boolean> {
  let anew = false;
  for (const stored of items) {
    const { question, answer, closed } = stored.windDown;
    if (closed || answer || stored.open || question === undefined || question.asked > lastHeard(open)) continue;
    const { account } = (await custodianFor(world, people, open, { ...stored.windDown, tried: [] })) ?? {};
    if (account === undefined || (await people.cluster(question.custodian)).accounts.includes(account)) continue;
    const next = { ...stored.windDown, question: undefined, wants: MOVED_ON };
    await world.windDowns.change(stored, next, {
      ...{ did: "question.wanted", by: "leasehold", facts: { because: MOVED_ON } },
    });
    anew = true;
  }
  return anew;
}

const MOVED_ON = "they have another manager by now";

/** Those who managed the mover before, are there still, and were not asked themselves. */
export async function managersBefore(
  people: People,
  { case: open }: StoredCase,
  asked: readonly AccountId[],
): Promise<readonly AccountId[]> {
  const person = await personOf(people, open.accounts);
  const told: AccountId[] = [];
  for (const account of managersLeft(person, firstSaid(open))) {
    const { first, accounts } = await people.cluster(account);
    if (accounts.some((one) => open.accounts.includes(one) || asked.includes(one)) || told.includes(first)) continue;
    if ((await people.standing(first)).value === "active") told.push(first);
  }
  return told;
}

const subjectsOf = ({ triggers }: Case) => triggers.map(({ subject }) => subject as AccountId);
const lastHeard = ({ triggers }: Case) =>
  triggers
    .map(({ recordedAt }) => recordedAt)
    .sort()
    .at(-1) as Instant;
const firstSaid = ({ triggers }: Case) => triggers.map(({ occurredAt }) => occurredAt).sort()[0] as Instant;

async function personOf(people: People, accounts: readonly AccountId[]): Promise<readonly Subject[]> {
  const all = await Promise.all([...new Set(accounts)].map(people.subject));
  return all.filter((one) => one !== undefined);
}
