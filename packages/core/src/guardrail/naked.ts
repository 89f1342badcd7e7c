import { type Finding, found } from "../finding/index.ts";
import type { AccountId, Instant } from "../kernel/index.ts";
import type { Contribution, Subject } from "../lineage/index.ts";

/** Whether it asks nobody who calls it: whoever finds it calls what stands behind it, with the credentials that it holds. */
export const isNaked = ({ facts }: Subject): boolean =>
  facts["authorizer"]?.value === "NONE" && facts["deleted"]?.value !== "yes";

/** Whether this may have changed the answer. */
export const sayHowAsked = ({ facts }: Pick<Contribution, "facts">): boolean =>
  facts["authorizer"] !== undefined || facts["deleted"] !== undefined;

/** The finding, with whoever is known to answer for the server. */
export function nakedServer({ id, facts }: Subject, owner: AccountId | undefined, at: Instant): Finding {
  const [server, maker] = [facts["name"]?.value, facts["maker"]?.value];
  return found("naked MCP server", id, at, REMEDY, {
    ...(server !== undefined && { server }),
    ...(maker !== undefined && { maker }),
    ...(owner !== undefined && { owner }),
  });
}

const REMEDY =
  "Let it ask for a token or a signed request (authorizer CUSTOM_JWT or AWS_IAM), or take down what stands behind it.";
