import type { Handle } from "@leasehold/core/connector";
import { type AccountId, Fault } from "@leasehold/core/kernel";
import { addressesIn, type Config, type Group, groupsIn, type Voices } from "../config/index.ts";
import { isOneOf, type People } from "../question/index.ts";
import type { Watched } from "../world/index.ts";

/** `unread`: a group could not be read just now. Whoever asks for an authority does not have it then. */
export type Membership = "member" | "other" | "unread";

export interface GroupPorts {
  readonly estate: { provider(id: string): Pick<Watched, "person" | "groups"> | undefined };
}

export const UNREAD = "we could not read the group just now: try again";

/**
 * Whether somebody is one of those whom the configuration lists: by an address, compared as people, or by a group, asked of its
 * directory at this moment. Only an account counts that is in it and active itself; nothing of the answer is kept.
 */
export async function membership(
  world: GroupPorts,
  people: Pick<People, "cluster" | "subject">,
  listed: Voices,
  accounts: readonly AccountId[],
): Promise<Membership> {
  if (await isOneOf(people, addressesIn(listed), accounts)) return "member";
  let answer: Membership = "other";
  for (const group of groupsIn(listed))
    for (const account of accounts) {
      const is = await isIn(world, people, group, account);
      if (is === "member") return is;
      if (is === "unread") answer = is;
    }
  return answer;
}

/** Of both lists at once, for who speaks in more than one capacity. */
export async function voicesOf(
  world: GroupPorts & { readonly config: Pick<Config, "security" | "operators"> },
  people: Pick<People, "cluster" | "subject">,
  accounts: readonly AccountId[],
): Promise<{ readonly security: Membership; readonly operator: Membership }> {
  const { security, operators } = world.config;
  return {
    security: await membership(world, people, security, accounts),
    operator: await membership(world, people, operators, accounts),
  };
}

async function isIn(
  { estate }: GroupPorts,
  people: Pick<People, "subject">,
  { connector, group }: Group,
  account: AccountId,
): Promise<Membership> {
  const facts = (await people.subject(account))?.facts;
  const handle = facts?.["handle"]?.value;
  if (facts?.["connector"]?.value !== connector || handle === undefined) return "other";
  const { groups, person } = estate.provider(connector) ?? {};
  if (groups === undefined || person === undefined) return "unread";
  try {
    const read = JSON.parse(handle) as Handle;
    return (await groups.has(group, read)) && (await person(read)) === "active" ? "member" : "other";
  } catch (error) {
    if (error instanceof Fault) return "unread";
    throw error;
  }
}
