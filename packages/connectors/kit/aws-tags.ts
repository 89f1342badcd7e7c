import type { AccountId } from "@leasehold/core/kernel";
import { emailAccount, isEmail } from "./aws-ids.ts";

const OWNER_TAGS = ["leasehold:owner", "owner", "Owner"];

/** Whom tags declare as the owner. Only an address can be one: a tag that says "platform team" names nobody. */
export function ownerIn(tags: Readonly<Record<string, string | null | undefined>>): AccountId | undefined {
  const address = OWNER_TAGS.map((name) => tags[name] ?? "").find(isEmail);
  return address === undefined ? undefined : emailAccount(address);
}
