import { GetAccountAuthorizationDetailsCommand } from "@aws-sdk/client-iam";
import { askAll, type Look } from "./look.ts";
import { type Holder, reachIn } from "./reach.ts";

export const READS_DETAILS = "iam:GetAccountAuthorizationDetails";

const MOST = 1_000; // that IAM gives in one page

/** What the groups and the account's own policies allow: read once for each page of those who have them. */
export async function reachOfAll(look: Look) {
  const pages = await askAll(look, READS_DETAILS, (from) =>
    look.api.send(
      new GetAccountAuthorizationDetailsCommand({ Filter: ["Group", "LocalManagedPolicy"], MaxItems: MOST, ...from }),
    ),
  );
  const of = reachIn({
    groups: pages.flatMap(({ GroupDetailList = [] }) =>
      GroupDetailList.map(({ GroupName, AttachedManagedPolicies, GroupPolicyList }) => ({
        ...{ name: GroupName, attached: AttachedManagedPolicies, inline: GroupPolicyList },
      })),
    ),
    policies: pages.flatMap(({ Policies = [] }) => Policies),
  });
  return (holder: Holder) => of(holder);
}
