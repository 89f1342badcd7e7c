import type { Reach } from "@leasehold/core/signal";
import { reachByDocument, reachByName, widest } from "../inventory/index.ts";
import type { Details } from "./shapes.ts";

type User = Details["UserDetailList"][number];
type Policies = Pick<User, "AttachedManagedPolicies" | "UserPolicyList">;

/** What a user may do by its own policies and its groups': of a group that the file does not have nothing is known. */
export function reachIn(details: Details): (user: User) => Reach {
  const documents = new Map(
    details.Policies.map(({ Arn, PolicyVersionList }) => [
      Arn,
      PolicyVersionList.find(({ IsDefaultVersion }) => IsDefaultVersion)?.Document,
    ]),
  );
  const managed = (arn: string): Reach => {
    const byName = reachByName(arn);
    return byName === "unknown" ? graded(documents.get(arn)) : byName;
  };
  const of = ({ AttachedManagedPolicies, UserPolicyList }: Policies): readonly Reach[] => [
    ...AttachedManagedPolicies.map(({ PolicyArn }) => managed(PolicyArn)),
    ...UserPolicyList.map(({ PolicyDocument }) => graded(PolicyDocument)),
  ];
  const groups = new Map(
    (details.GroupDetailList ?? []).map(({ GroupName, AttachedManagedPolicies, GroupPolicyList }) => [
      GroupName,
      of({ AttachedManagedPolicies, UserPolicyList: GroupPolicyList }),
    ]),
  );
  return (user) => widest([...of(user), ...user.GroupList.flatMap((name) => groups.get(name) ?? ["unknown" as const])]);
}

const graded = (document: string | object | undefined): Reach => {
  if (document === undefined) return "unknown";
  return reachByDocument(typeof document === "string" ? document : JSON.stringify(document));
};
