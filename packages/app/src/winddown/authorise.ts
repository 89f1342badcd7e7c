import type { Decision } from "@leasehold/core/casework";
import type { Heard } from "@leasehold/core/connector";
import { type AccountId, Fault, type PersonId } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import type { Config } from "../config/index.ts";
import { type Membership, membership, UNREAD } from "../groups/index.ts";
import { type People, peopleOf } from "../question/index.ts";
import type { World } from "../world/index.ts";
import { livePerson } from "./live-person.ts";

export interface Speaker {
  readonly account: AccountId; // stands for the person
  readonly accounts: readonly AccountId[];
  readonly person: PersonId;
  readonly security: boolean;
  readonly second?: true; // what `as` says of whoever is heard beside another alone
}
/** `as`: an operator whom nobody asked may be the second of two voices, and says nothing alone. */
export type Authorised =
  | { readonly speaker: Speaker; readonly as: "asked" | "security" | "second"; readonly unread: boolean }
  | { readonly refused: string };

/** The one whose credentials these are. Who moved, and stays, may be offered them and accept; decide about them they may not. */
export interface About {
  readonly accounts: readonly AccountId[];
  readonly stays: boolean;
}

/**
 * Who may decide is judged at the click, against the directory as it is now: the custodian who was asked, or security; and
 * beside another's voice an operator.
 * Being in the channel, or having the message, is no authority.
 */
export async function authorise(
  world: Pick<World, "graph" | "estate" | "config" | "clock">,
  by: Heard["by"],
  decision: Decision,
  about: About,
): Promise<Authorised> {
  if (by.email === undefined) return { refused: "the desk does not say who this is" };
  const people = peopleOf(world, world.clock());
  const { accounts, first, person } = await people.cluster(emailAccount(by.email));
  const isOffered = about.stays && about.accounts.includes(decision.custodian);
  if (accounts.some((one) => about.accounts.includes(one)) && !isOffered)
    return { refused: "the one whose credentials these are does not decide" };

  const asked = (await people.cluster(decision.custodian)).accounts;
  const custodian = accounts.some((one) => asked.includes(one));
  const isIn = (listed: Config["security"]) => membership(world, people, listed, accounts);
  const security = await isIn(world.config.security);
  const operator = custodian || security === "member" ? "other" : await isIn(world.config.operators);
  const as = custodian ? "asked" : capacityOf(security, operator);
  if (as === undefined) return { refused: unreadIn(security, operator) ? UNREAD : "this was asked of somebody else" };

  const { state } = await readNow(world, people, first);
  if (state !== "active") return { refused: "the directory does not say that you are active" };
  const speaker = { account: first, accounts, person, security: security === "member", ...SECOND[as] };
  return { speaker, as, unread: security === "unread" };
}

const SECOND = { asked: {}, security: {}, second: { second: true } } as const;

const capacityOf = (security: Membership, operator: Membership) =>
  security === "member" ? ("security" as const) : operator === "member" ? ("second" as const) : undefined;
const unreadIn = (...all: readonly Membership[]) => all.includes("unread");

/** Whom it is offered to must be somebody who is there, and never the one who left: the message shows what there is to take. */
export async function noOffer(
  world: Pick<World, "graph" | "estate" | "config" | "clock">,
  { choice, to }: Pick<Heard, "choice" | "to">,
  about: About,
): Promise<string | undefined> {
  if (choice !== "transfer" || to === undefined) return undefined;
  const people = peopleOf(world, world.clock());
  const { accounts, first } = await people.cluster(emailAccount(to));
  if (!about.stays && accounts.some((one) => about.accounts.includes(one)))
    return "it cannot be offered to the one who left";
  const { state } = await readNow(world, people, first);
  return state === "active" ? undefined : "the directory does not say that they are active";
}

/** A directory that cannot be asked right now is no yes. */
export async function readNow(world: Pick<World, "estate" | "config">, people: People, account: AccountId) {
  try {
    return await livePerson(world, people, account);
  } catch (error) {
    if (error instanceof Fault) return { state: "unknown" } as const;
    throw error;
  }
}
