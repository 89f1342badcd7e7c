import type { Decision } from "@leasehold/core/casework";
import { type AccountId, derivedId, Fault } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import { releaseLasts } from "../brake/index.ts";
import { put } from "../casework/index.ts";
import { rollToTell } from "../groups/index.ts";
import { type People, peopleOf } from "../question/index.ts";
import type { Versioned, World } from "../world/index.ts";
import { isOfHand, isOver, messageFor, type Shown, type StopId, shownIn, tokenOf } from "./shown.ts";

export type HoldPorts = Pick<World, "decisions" | "ledger" | "estate" | "graph" | "config" | "clock" | "log" | "marks">;

/**
 * Puts a hold, or a hand on the brake, before each of security, with the button that releases it. Told again it is the same message, edited. Who is told is
 * no authority: that is read of the directory at the press. Returns those whom a desk told.
 */
export async function askSecurity(world: HoldPorts, id: StopId): Promise<readonly string[]> {
  const shown = shownIn((await world.ledger.brake()).value, id, world.clock());
  if (shown === undefined) return [];
  const people = peopleOf(world, world.clock());
  const told: string[] = [];
  const met = new Set<AccountId>();
  for (const email of (await rollToTell(world, people, world.config.security)).emails) {
    const { first } = await people.cluster(emailAccount(email));
    if (met.has(first)) continue;
    met.add(first);
    if (await askOne(world, people, shown, first, email)) told.push(email);
  }
  return told;
}

async function askOne(world: HoldPorts, people: People, shown: Shown, custodian: AccountId, email: string) {
  const { value, version } = await begun(world, shown, custodian);
  const tickets = await put(world, await messageOf(world, people, shown, value, email), { atOnce: true });
  if (tickets.length === 0) return false;
  const closed = isOver(shown);
  const asked = value.asked ?? world.clock();
  await world.decisions.put({ ...value, tickets, asked, rendered: tokenOf(shown), closed }, version);
  return true;
}

/** Written before a desk is called, so that after a crash the same message is found and not sent again. */
async function begun({ decisions, clock }: HoldPorts, shown: Shown, custodian: AccountId) {
  const of = isOfHand(shown) ? shown.id : shown.hold.id;
  const id = derivedId("dec", of, custodian);
  const known = await decisions.get(id);
  if (known) return known;
  const value: Decision = {
    ...{ id, case: of, custodian, items: [], tickets: [], asked: undefined, reminded: undefined },
    ...{ until: clock(), last: true, heard: [], placed: true, rendered: "", closed: false },
  };
  await decisions.put(value, 0);
  return { value, version: 1 };
}

/** Makes every message of a hold say how it stands. One that cannot be edited now says so to whoever presses it. */
export async function refresh(world: HoldPorts, id: StopId): Promise<void> {
  const shown = shownIn((await world.ledger.brake()).value, id, world.clock());
  if (shown === undefined) return;
  const people = peopleOf(world, world.clock());
  for (const stored of await world.decisions.ofCase(id)) await refreshOne(world, people, shown, stored);
}

async function refreshOne(world: HoldPorts, people: People, shown: Shown, { value, version }: Versioned<Decision>) {
  if (value.rendered === tokenOf(shown) || value.tickets.length === 0) return;
  const message = await messageOf(world, people, shown, value, await emailOf(people, value.custodian));
  try {
    for (const ticket of value.tickets) await world.estate.provider(ticket.desk)?.desk?.edit(ticket, message);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    world.log("warn", "a message of the brake was not edited", { decisionId: value.id, fault: error.name });
    return;
  }
  const closed = isOver(shown);
  await world.decisions.put({ ...value, rendered: tokenOf(shown), closed }, version);
}

async function messageOf(
  { config }: Pick<HoldPorts, "config">,
  people: People,
  shown: Shown,
  { id: key, custodian }: Decision,
  email: string | undefined,
) {
  const named = async (account: string) =>
    !account.startsWith("acc_") ? account : ((await nameOf(people, account as AccountId)) ?? account);
  const name = (await nameOf(people, custodian)) ?? "";
  const to = { account: custodian, name, email, timeZone: config.calendar.timeZone };
  return messageFor(shown, { key, to, named, lasts: releaseLasts(config) });
}

const nameOf = async (people: People, account: AccountId) => factOf(people, account, "name");
const emailOf = async (people: People, account: AccountId) => factOf(people, account, "email");

async function factOf(people: People, account: AccountId, fact: string): Promise<string | undefined> {
  const { accounts } = await people.cluster(account);
  for (const one of accounts) {
    const value = (await people.subject(one))?.facts[fact]?.value;
    if (value !== undefined) return value;
  }
  return undefined;
}
