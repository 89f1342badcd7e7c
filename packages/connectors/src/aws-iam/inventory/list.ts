import type { Lister, Page } from "@leasehold/core/connector";
import { badInput, type Instant } from "@leasehold/core/kernel";
import { accountOf } from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import { SIGNING_CERTIFICATE } from "../handles.ts";
import { newLook } from "./look.ts";
import { rolesFrom } from "./roles.ts";
import { READS_DETAILS } from "./shared.ts";
import { USER_READS, usersFrom } from "./users.ts";

/**
 * Every user and role of the account, what each user can prove itself by, what it all reaches, and whom tags declare as the
 * owner. First the users, page by page, then the roles.
 */
export const lister: Lister<Api> = {
  permissions: [READS_DETAILS, ...USER_READS],
  emits: ["identity.seen", "identity.exposed", "credential.seen"],
  page,
};

async function page(api: Api, cursor: string | undefined, now: Instant): Promise<Page> {
  const [, of = "users", marker] = /^(users|roles):(.*)$/s.exec(cursor ?? "") ?? [];
  const look = newLook(api);
  const list = of === "roles" ? rolesFrom : usersFrom;
  const { signals, arns, truncated, next, asOf } = await list(look, marker === "" ? undefined : marker, now);
  if (arns.some((arn) => accountOf(arn) !== api.account))
    throw badInput("the role is of another account than the configuration names", { where: "account" });
  const how = { ...(asOf !== undefined && { asOf }), ...(of === "users" && { partly: PARTLY }) };
  if (truncated && next !== undefined) return { signals, next: `${of}:${next}`, whole: look.whole, ...how };
  const whole = look.whole && !truncated; // cut short, and not a word of where it goes on
  return { signals, next: of === "users" ? "roles:" : undefined, whole, ...how };
}

/** Whoever has none that is active is not asked for one that is not: see the report's page. */
const PARTLY = [SIGNING_CERTIFICATE];
