import type { PermissionSet, World } from "./simulated-directory.ts";

const PAGE = 2; // small, so that the laws turn pages

export interface Input {
  readonly UserId?: string;
  readonly GroupId?: string;
  readonly GroupIds?: readonly string[];
  readonly MemberId?: { readonly UserId?: string };
  readonly NextToken?: string;
  readonly IdentityStoreId?: string;
  readonly Extensions?: readonly string[];
  readonly InstanceArn?: string;
  readonly PermissionSetArn?: string;
  readonly ResourceArn?: string;
  readonly AccountId?: string;
  readonly TargetId?: string;
  readonly PrincipalType?: "USER" | "GROUP";
  readonly PrincipalId?: string;
  readonly InlinePolicy?: string;
  readonly ProvisioningStatus?: string;
  readonly ProvisionPermissionSetRequestId?: string;
}
export type Call = (world: World, input: Input) => object;

export function missing(ResourceType: string): never {
  throw Object.assign(new Error("not there"), { name: "ResourceNotFoundException", ResourceType });
}

export function page<T>(
  all: readonly T[],
  { NextToken = "0" }: Input,
  name: string,
  shown: (one: T) => unknown,
): object {
  const from = Number(NextToken);
  const more = from + PAGE < all.length;
  return { [name]: all.slice(from, from + PAGE).map(shown), ...(more && { NextToken: String(from + PAGE) }) };
}

export const setOf = ({ sets = [] }: World, arn: string | undefined): PermissionSet =>
  sets.find((one) => one.arn === arn) ?? missing("PERMISSION_SET");

/** What one permission set lets in: of one account, or of all. */
function letIn(world: World, { PermissionSetArn, AccountId }: Input) {
  const { arn } = setOf(world, PermissionSetArn);
  const all = (world.assignments ?? []).filter(({ set }) => set === arn);
  return AccountId === undefined ? all : all.filter(({ target }) => target === AccountId);
}

/** Those in which it is provisioned: as it is now, as it was before, or in whatever way. */
function accountsAs(world: World, { AccountId: _, ...input }: Input): readonly string[] {
  const { behind = [] } = setOf(world, input.PermissionSetArn);
  const all = [...new Set(letIn(world, input).map(({ target }) => target))];
  if (input.ProvisioningStatus === undefined) return all;
  const isAsked = input.ProvisioningStatus === "LATEST_PERMISSION_SET_NOT_PROVISIONED";
  return all.filter((one) => behind.includes(one) === isAsked);
}

export const provisionedIn = (world: World, PermissionSetArn: string): readonly string[] =>
  accountsAs(world, { PermissionSetArn });

export const adminReads: { readonly [verb: string]: Call } = {
  ListPermissionSets: ({ sets = [] }, input) => page(sets, input, "PermissionSets", ({ arn }) => arn),
  DescribePermissionSet: (world, { PermissionSetArn }) => {
    const { arn, name, createdAt } = setOf(world, PermissionSetArn);
    const dated = { CreatedDate: new Date(createdAt), SessionDuration: "PT8H" };
    return { PermissionSet: { PermissionSetArn: arn, Name: name, ...dated } };
  },
  ListManagedPoliciesInPermissionSet: (world, input) =>
    page(setOf(world, input.PermissionSetArn).policies, input, "AttachedManagedPolicies", (Name) => ({
      ...{ Name, Arn: `arn:aws:iam::aws:policy/${Name}` },
    })),
  ListTagsForResource: (world, input) =>
    page(Object.entries(setOf(world, input.ResourceArn).tags), input, "Tags", ([Key, Value]) => ({ Key, Value })),
  ListAccountsForProvisionedPermissionSet: (world, input) =>
    page(accountsAs(world, input), input, "AccountIds", (one) => one),
  ListAccountAssignments: (world, input) =>
    page(letIn(world, input), input, "AccountAssignments", ({ type, principal }) => ({
      ...{ AccountId: input.AccountId, PermissionSetArn: input.PermissionSetArn },
      ...{ PrincipalType: type, PrincipalId: principal },
    })),
  DescribeAccountAssignmentCreationStatus: () => ({ AccountAssignmentCreationStatus: { Status: "SUCCEEDED" } }),
  DescribeAccountAssignmentDeletionStatus: () => ({ AccountAssignmentDeletionStatus: { Status: "SUCCEEDED" } }),
};

const without = (world: World, { PermissionSetArn, TargetId, PrincipalType, PrincipalId }: Input) =>
  (world.assignments ?? []).filter(
    ({ set, target, type, principal }) =>
      set !== PermissionSetArn || target !== TargetId || type !== PrincipalType || principal !== PrincipalId,
  );

const UNDER_WAY = { Status: "IN_PROGRESS", RequestId: "9987b8b8-20f7-4a42-85a9-17c48c76a74b" };

/** The answer says that the request was taken; it is carried out after that. */
export const adminWrites: { readonly [verb: string]: Call } = {
  CreateAccountAssignment: (world, input) => {
    const { arn } = setOf(world, input.PermissionSetArn);
    const { TargetId: target = "", PrincipalType: type = "USER", PrincipalId: principal = "" } = input;
    world.assignments = [...without(world, input), { set: arn, target, type, principal }];
    return { AccountAssignmentCreationStatus: UNDER_WAY };
  },
  DeleteAccountAssignment: (world, input) => {
    setOf(world, input.PermissionSetArn);
    world.assignments = without(world, input);
    return { AccountAssignmentDeletionStatus: UNDER_WAY };
  },
};
