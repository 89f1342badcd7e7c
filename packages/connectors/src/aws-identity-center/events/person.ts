import type { Signal, SignalOf } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { identityCenterAccount } from "../../../kit/index.ts";

export type Said = Pick<SignalOf<"person.left">, "source" | "tenant" | "by">;
export type What = "joined" | "moved" | "held" | "left" | "reinstated";

export const Text = z.string().check(z.maxLength(2048));
export const Id = z.optional(z.string().check(z.maxLength(128)));

/** An attribute's name in the directory's schema. Its value never comes through. */
export const isAttribute = (name: string): boolean => /^[A-Za-z][\w.:-]{0,63}$/.test(name);

/** What happened to one person; the handle is what a live read needs. */
export function person(said: Said, storeId: string, userId: string, what: What, changed: readonly string[]): Signal {
  const account = identityCenterAccount(storeId, userId);
  const handle = { account: said.tenant, identityStoreId: storeId, userId };
  if (what === "moved")
    return { kind: "person.moved", ...said, account, changed: [...new Set(changed)].sort().slice(0, 64) };
  return { kind: `person.${what}`, ...said, account, handle };
}
