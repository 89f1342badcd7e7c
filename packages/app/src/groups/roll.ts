import { type AccountId, Fault } from "@leasehold/core/kernel";
import { addressesIn, type Group, groupsIn, type Voices } from "../config/index.ts";
import type { People } from "../question/index.ts";
import type { World } from "../world/index.ts";
import type { GroupPorts } from "./membership.ts";

/** Whom a list names now, as addresses, each person once. It says whom to tell, and never who may decide. */
export interface Roll {
  readonly emails: readonly string[];
  readonly unread: readonly Unread[];
}
export interface Unread extends Group {
  readonly fault: string;
  readonly permission?: string;
  readonly lastRead?: string; // when the list was read that was taken instead
}

/** Addresses as they stand, and of each group everybody in it of whom no directory says that they left, where they have an address. */
export const roll = (world: GroupPorts, people: People, listed: Voices): Promise<Roll> =>
  rolled(people, listed, (group) => membersOf(world, group));

/**
 * The same for whom to page: where a group cannot be read, those who were in it when it last could be. Somebody who is told too
 * much is better than nobody who is told, and being told is no authority.
 */
export const rollToTell = (
  world: GroupPorts & Pick<World, "marks" | "clock" | "log">,
  people: People,
  listed: Voices,
): Promise<Roll> =>
  rolled(people, listed, async (group) => {
    const read = await membersOf(world, group);
    return "fault" in read ? lastKnown(world, group, read) : remembered(world, group, read);
  });

interface Members {
  readonly accounts: readonly AccountId[];
  readonly unread?: Unread;
}
type Read = Members | Omit<Unread, keyof Group>;

async function rolled(people: People, listed: Voices, read: (group: Group) => Promise<Read>): Promise<Roll> {
  const emails = new Set(addressesIn(listed));
  const unread: Unread[] = [];
  for (const group of groupsIn(listed)) {
    const members = await read(group);
    if ("fault" in members) {
      unread.push({ ...group, ...members });
      continue;
    }
    if (members.unread) unread.push(members.unread);
    for (const account of members.accounts) for (const email of await livingAddress(people, account)) emails.add(email);
  }
  return { emails: [...emails], unread };
}

async function membersOf({ estate }: GroupPorts, { connector, group }: Group): Promise<Read> {
  const groups = estate.provider(connector)?.groups;
  if (groups === undefined) return { fault: "no groups are read of this connector" };
  try {
    return { accounts: await groups.members(group) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { permission } = error.facts;
    return {
      fault: error.name === "BadInput" ? error.message : error.name,
      ...(typeof permission === "string" && { permission }),
    };
  }
}

/** Of whoever was there and left the directory may still say that they are in it. */
async function livingAddress(people: People, account: AccountId): Promise<readonly string[]> {
  const { accounts, first } = await people.cluster(account);
  if ((await people.standing(first)).value === "departed") return [];
  for (const one of [account, ...accounts]) {
    const email = (await people.subject(one))?.facts["email"]?.value;
    if (email !== undefined) return [email];
  }
  return [];
}

const KEPT = 100; // who were in it: as many as anybody would page

const sourceOf = ({ connector, group }: Group) => `group/${connector}/${group}`;

async function remembered(
  { marks, clock }: Pick<World, "marks" | "clock">,
  group: Group,
  read: Members,
): Promise<Read> {
  const accounts = read.accounts.slice(0, KEPT).join(" ");
  const source = sourceOf(group);
  const known = await marks.get(source);
  const stamp = clock().slice(0, 10); // a day is near enough
  if (known?.notes["accounts"] !== accounts || known.stamp !== stamp)
    await marks.put({ source, stamp, at: clock(), notes: { accounts } });
  return read;
}

async function lastKnown(
  { marks, log }: Pick<World, "marks" | "log">,
  group: Group,
  unread: Omit<Unread, keyof Group>,
): Promise<Read> {
  const known = await marks.get(sourceOf(group));
  const accounts = String(known?.notes["accounts"] ?? "")
    .split(" ")
    .filter(isAccount);
  log("warn", "a group could not be read: whoever was in it last is told", { connector: group.connector });
  if (known === undefined) return unread;
  return { accounts, unread: { ...group, ...unread, lastRead: known.at } };
}

const isAccount = (text: string): text is AccountId => text.startsWith("acc_");
