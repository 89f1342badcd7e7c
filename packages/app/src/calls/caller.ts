import { Fault, unavailable } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import { UNREAD, voicesOf } from "../groups/index.ts";
import { peopleOf } from "../question/index.ts";
import { livePerson } from "../winddown/index.ts";
import type { World } from "../world/index.ts";
import type { Caller, May } from "./model.ts";
import { addressOf } from "./signer.ts";

export type PersonCaller = Extract<Caller, { readonly as: "person" }>;

/** Somebody whom a directory says is active right now; or nobody we know; or somebody who is not active. */
export type Recognised = { readonly caller: PersonCaller } | { readonly refused: "nobody" | "not active" };

type CallerPorts = Pick<World, "graph" | "estate" | "config" | "clock">;

/** Who signed a request, as a person, judged at this call. A directory that cannot be asked is a fault, and never a yes. */
export async function callerOf(world: CallerPorts, identity: string | undefined): Promise<Recognised> {
  const { aws } = world.config;
  const email = identity === undefined || aws === undefined ? undefined : addressOf(identity, aws);
  if (identity === undefined || email === undefined) return { refused: "nobody" };
  const people = peopleOf(world, world.clock());
  const { accounts, first, person } = await people.cluster(emailAccount(email));
  if ((await people.subject(first)) === undefined) return { refused: "nobody" };
  const { state } = await asked(() => livePerson(world, people, first));
  if (state !== "active") return { refused: "not active" };
  const { security, operator } = await voicesOf(world, people, accounts);
  return {
    caller: {
      ...{ as: "person", identity, email, account: first, person },
      ...{ security: security === "member", operator: operator === "member" },
      ...([security, operator].includes("unread") && { unread: true }),
    },
  };
}

/** Whether this caller may ask this. Security may all that operators may. */
export function mayCall(may: May, { security, operator }: Pick<PersonCaller, "security" | "operator">): boolean {
  if (may === "anybody") return true;
  return may === "operators" ? operator || security : security;
}

/** Whoever may not, and would perhaps if a group could be read, can come again; nobody is taken for a member meanwhile. */
export const whyNot = (may: May, { unread }: Pick<PersonCaller, "unread">): string =>
  unread ? UNREAD : `this is for ${may}`;

/** Whatever is wrong with the directory, the caller can only come again. */
async function asked<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Fault) throw unavailable("directory", error);
    throw error;
  }
}
