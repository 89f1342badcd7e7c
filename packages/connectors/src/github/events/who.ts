import { derivedId } from "@leasehold/core/kernel";
import type { Actor } from "@leasehold/core/signal";
import * as z from "zod/mini";

export const Text = z.string().check(z.maxLength(255));
export const Id = z.int().check(z.positive());
export const User = z.object({ id: Id, login: Text.check(z.minLength(1)), type: Text });
export type User = z.infer<typeof User>;

const NOBODY: Actor = { realm: "github", name: "unknown", via: "unknown" };

/** Who did it: a person by the number of their account, and anything else, a bot or an application, as nobody's. */
export function actorOf(user: User | null | undefined, isHand = true): Actor {
  if (user === undefined || user === null) return NOBODY;
  const { login: name } = user;
  const account = isHand ? accountOf(user) : undefined;
  return account ? { realm: "github", name, via: "idp-user", account } : { realm: "github", name, via: "workload" };
}

/** By number: a login can be given up, and taken by somebody else. */
export const accountOf = ({ id, type }: User) => (type === "User" ? derivedId("acc", "github", String(id)) : undefined);
