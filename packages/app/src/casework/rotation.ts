import type { Decision, InHand } from "@leasehold/core/casework";
import type { Message, MessageItem } from "@leasehold/core/connector";
import { type AccountId, digest, Fault, later } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import type { People } from "../question/index.ts";
import type { StoredCase, Versioned } from "../world/index.ts";
import { aboutOf } from "./about.ts";
import { lastOf } from "./custodian.ts";
import { inHandOf, isLeaver, readersOf } from "./in-hand.ts";
import { begin, isNotice } from "./notice.ts";
import type { CasePorts } from "./ports.ts";
import { put } from "./put.ts";
import { addressee, nameOf } from "./render.ts";

const PATIENCE = 168; // hours for which a case waits for others to rotate what is theirs

/**
 * Asks the owners of what one who left had in hand to rotate it: one message each, which shows what became of it. Nothing of theirs
 * is switched off, and no answer is asked for: that it has another value is read from the provider. *done* where nothing is left to
 * rotate, or nobody did in time: what was not rotated stands in the statement of the case.
 */
export async function proposeRotations(
  world: CasePorts,
  people: People,
  stored: StoredCase,
): Promise<"done" | "waiting"> {
  if (!isLeaver(stored.case)) return takeBack(world, people, stored);
  const all = await inHandOf(world, people, stored.case);
  if (all.length === 0) return "done";
  const notices = (await world.decisions.ofCase(stored.case.id)).filter(isProposal);
  let waits = false;
  for (const [account, mine] of await byOwner(world, people, stored, all)) {
    const known = notices.find(({ value }) => value.custodian === account);
    const told = await tell(world, people, stored, { account, mine, known });
    const inTime = told.asked === undefined || world.clock() < later(told.asked, PATIENCE);
    waits ||= inTime && mine.some(({ rotated }) => rotated === undefined);
  }
  return waits ? "waiting" : "done";
}

/** They are here after all: nothing needs another value because of them, and whoever was told so is told this. */
async function takeBack(world: CasePorts, people: People, stored: StoredCase): Promise<"done"> {
  for (const { value, version } of (await world.decisions.ofCase(stored.case.id)).filter(isProposal)) {
    if (value.rendered === TAKEN_BACK || value.asked === undefined) continue;
    const about = aboutOf(stored, world);
    const whose = (await nameOf(people, about.account)) ?? "Somebody who was said to have left";
    const took = await edit(world, value, {
      ...{ key: value.id, to: await addressee(people, value.custodian, about.timeZone), deadline: undefined },
      title: `No secret needs to be rotated because of ${whose}`,
      why: `${whose} is there after all. Nothing was switched off, and nothing is asked of you.`,
      ...{ items: [], state: "closed" },
    });
    if (took) await world.decisions.put({ ...value, rendered: TAKEN_BACK }, version);
  }
  return "done";
}

const TAKEN_BACK = "taken back";

/** A notice that shows something: of the others nothing is kept. */
const isProposal = ({ value }: Versioned<Decision>): boolean => isNotice(value) && value.rendered !== "";

/** Where nobody in good standing owns one, whoever answers for what nobody else answers for. */
async function byOwner(world: CasePorts, people: People, { case: open }: StoredCase, all: readonly InHand[]) {
  const groups = new Map<AccountId, InHand[]>();
  for (const one of all) {
    const fallback = one.owner === undefined ? await lastOf(world, people, open) : undefined;
    const account = one.owner ?? (fallback === undefined ? undefined : emailAccount(fallback));
    if (account === undefined) continue; // the leaver is the last whom the configuration names: it stands in the statement
    const { first } = await people.cluster(account);
    groups.set(first, [...(groups.get(first) ?? []), one]);
  }
  return groups;
}

interface Telling {
  readonly account: AccountId;
  readonly mine: readonly InHand[];
  readonly known: Versioned<Decision> | undefined;
}

/** Written before a desk is called; sent once, and edited whenever it would say something else. */
async function tell(
  world: CasePorts,
  people: People,
  stored: StoredCase,
  { account, mine, known }: Telling,
): Promise<Decision> {
  const rendered = digest(mine);
  if (known?.value.asked !== undefined && known.value.rendered === rendered) return known.value;
  const { value, version } = known ?? (await begin(world, stored, account, UNSENT));
  const message = await messageOf(world, people, stored, { id: value.id, account, mine });
  if (value.asked !== undefined) {
    if (!(await edit(world, value, message))) return value; // tried again at the next step
    await world.decisions.put({ ...value, rendered }, version);
    return { ...value, rendered };
  }
  const tickets = await put(world, message);
  if (tickets.length === 0) return value;
  const sent = { ...value, tickets, rendered, asked: world.clock(), placed: true, closed: true };
  await world.decisions.put(sent, version);
  world.log("info", "rotation proposed", { caseId: value.case, decisionId: value.id, items: mine.length });
  return sent;
}

const UNSENT = "rotation";

async function edit(world: CasePorts, { tickets }: Decision, message: Message): Promise<boolean> {
  for (const ticket of tickets) {
    try {
      await world.estate.provider(ticket.desk)?.desk?.edit(ticket, message);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      world.log("warn", "a desk did not take the edit", { connector: ticket.desk, fault: error.name });
      return false;
    }
  }
  return true;
}

async function messageOf(
  world: CasePorts,
  people: People,
  stored: StoredCase,
  { id, account, mine }: Omit<Telling, "known"> & { readonly id: Decision["id"] },
): Promise<Message> {
  const about = aboutOf(stored, world);
  const whose = (await nameOf(people, about.account)) ?? "somebody who left";
  const items: MessageItem[] = [];
  for (const one of mine) items.push(await itemOf(world, people, one, whose));
  const done = mine.every(({ rotated }) => rotated !== undefined);
  const unowned = mine.some(({ owner }) => owner === undefined);
  return {
    key: id,
    to: await addressee(people, account, about.timeZone),
    title: `Rotate ${mine.length === 1 ? "one secret" : `${mine.length} secrets`} that ${whose} could read`,
    why: `${unowned ? "You are named for what nobody else answers for." : "These are yours."} ${whose} has left. Give each another value, and this message says so once the provider does. Nothing of it is switched off, whatever you do.`,
    ...{ deadline: undefined, items, state: done ? "closed" : "open" },
  };
}

const OLD = {
  rejected: "What was in it is not taken any more.",
  "still taken": "What was in it is still taken: switch it off once nothing needs it.",
  "cannot be told": "Whether the old value is still taken, only the service that it is for can tell.",
} as const;

async function itemOf(
  world: CasePorts,
  people: People,
  { location, read, rotated, old }: InHand,
  whose: string,
): Promise<MessageItem> {
  const facts = (await world.graph.node(location))?.value.subject.facts ?? {};
  const handle = JSON.parse(facts["handle"]?.value ?? "{}") as Readonly<Record<string, string>>;
  return {
    item: location,
    title: `${facts["type"]?.value ?? "secret"} ${handle["name"] ?? location}`,
    lines: [
      `Account ${handle["account"] ?? "unknown"}, ${handle["region"] ?? "no Region"}.`,
      read === undefined
        ? `Its policy lets what is ${whose}'s read it; no read was seen.`
        : `${whose}, or what is theirs, had its value in hand last on ${read.slice(0, 10)}.`,
      `Who reads it: ${await readers(world, people, location)}.`,
      rotated === undefined ? "It has had no other value since they left." : `Another value since ${rotated}.`,
      OLD[old],
    ],
    choices: [],
    state: rotated === undefined ? "to be rotated" : "rotated",
  };
}

const MOST_READERS = 8;

async function readers(world: CasePorts, people: People, location: InHand["location"]): Promise<string> {
  const all = await readersOf(world, location);
  const names: string[] = [];
  for (const one of all.slice(0, MOST_READERS)) {
    const name = one.startsWith("acc_")
      ? await nameOf(people, one as AccountId)
      : (await world.graph.node(one))?.value.subject.facts["name"]?.value;
    names.push(name ?? one);
  }
  const more = all.length - names.length;
  return names.length === 0 ? "nobody was seen to" : `${names.join(", ")}${more > 0 ? `, and ${more} more` : ""}`;
}
