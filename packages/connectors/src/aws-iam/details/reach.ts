import type { Reach } from "@leasehold/core/signal";
import { reachIn as reachAmong } from "../inventory/index.ts";
import type { Details } from "./shapes.ts";

type User = Details["UserDetailList"][number];

/** What a user may do by its own policies and its groups', as far as the file has them. */
export function reachIn({ GroupDetailList = [], Policies }: Details): (user: User) => Reach {
  const of = reachAmong({
    groups: GroupDetailList.map(({ GroupName, AttachedManagedPolicies, GroupPolicyList }) => ({
      ...{ name: GroupName, attached: AttachedManagedPolicies, inline: GroupPolicyList },
    })),
    policies: Policies,
  });
  return ({ AttachedManagedPolicies, UserPolicyList, GroupList }) =>
    of({ attached: AttachedManagedPolicies, inline: UserPolicyList, groups: GroupList });
}
