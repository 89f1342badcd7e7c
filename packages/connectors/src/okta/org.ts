import { badInput } from "@leasehold/core/kernel";

export const USERS_READ = "okta.users.read";

/** So that *not found* cannot mean *the wrong place*. */
export function sameOrg(ours: string, theirs: string): void {
  if (ours !== theirs)
    throw badInput("the handle is of another Okta organisation than the one configured", { field: "org" });
}
