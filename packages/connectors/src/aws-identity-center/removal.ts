import {
  DescribeGroupCommand,
  type GroupMembershipExistenceResult,
  IsMemberInGroupsCommand,
} from "@aws-sdk/client-identitystore";
import {
  type AccountAssignmentOperationStatus,
  CreateAccountAssignmentCommand,
  DeleteAccountAssignmentCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
} from "@aws-sdk/client-sso-admin";
import {
  type Action,
  draw,
  type Plan,
  type Receipt,
  readBack,
  type State,
  same,
  type Target,
} from "@leasehold/core/connector";
import { badInput, Fault } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { askAws, fewAtOnce, isMissing } from "../../kit/index.ts";
import { accessTo, askSso, letInto, READS_ASSIGNMENTS, READS_TAGS, untouchable } from "./access.ts";
import { type Access, type Api, ofStore } from "./api.ts";
import { isNotThere } from "./groups.ts";
import { ASSIGNMENT } from "./handles.ts";

const Handle = z.object({
  ...{ account: z.string(), identityStoreId: z.string(), permissionSet: z.string() },
  ...{ target: z.string().check(z.regex(/^\d{12}$/)), userId: z.string() },
});
type Handle = z.infer<typeof Handle>;

const ON: State = { assignment: "assigned" };
const OFF: State = { assignment: "none" };

/** A permission set's sessions live as long as it says, and none longer than this. */
const LONGEST_SESSION = 12 * 3_600; // seconds

/**
 * Takes one user's own assignment to one account off, and puts it back: it has no id, so what is made again is the same one.
 * What they have through a group is everybody's in it, and is refused with the group's name.
 */
export const removal: Action<Api> = {
  ...{ verb: "disable", credential: ASSIGNMENT, blast: "credential", reversibility: "R1", settlesAfter: 60 },
  sessions: { longest: LONGEST_SESSION },
  permissions: [
    ...[READS_ASSIGNMENTS, READS_TAGS, "identitystore:IsMemberInGroups", "identitystore:DescribeGroup"],
    ...["sso:DeleteAccountAssignment", "sso:DescribeAccountAssignmentDeletionStatus"],
    ...["sso:CreateAccountAssignment", "sso:DescribeAccountAssignmentCreationStatus"],
  ],
  see: async (api, target) => (await look(api, target)).state,
  plan,
  apply,
  verify: async (api, { target, after }) => readBack((await look(api, target)).state, after),
};

/** Whether a call changes something at Identity Center. */
export const isChange = (command: unknown): boolean =>
  command instanceof CreateAccountAssignmentCommand || command instanceof DeleteAccountAssignmentCommand;

interface Looked {
  readonly state: State;
  readonly groups: readonly string[]; // that are let into the same account with the same permission set
  readonly access: Access;
  readonly handle: Handle;
}

async function look(api: Api, target: Target): Promise<Looked> {
  const { access, handle } = handleOf(api, target);
  const found = await letInto(access, handle.permissionSet, handle.target);
  const state = found && (found.users.includes(handle.userId) ? ON : OFF);
  return { state, groups: found?.groups ?? [], access, handle };
}

async function plan(api: Api, target: Target): Promise<Plan> {
  const looked = await look(api, target);
  const { state } = looked;
  const refusals = state === undefined ? ["the permission set no longer exists"] : await against(api, looked);
  return draw({ verb: "disable", target, before: state ?? {}, wanted: OFF, alsoAffects: [], refusals });
}

async function against(api: Api, looked: Looked): Promise<readonly string[]> {
  const never = await untouchable(looked.access, looked.handle.permissionSet);
  const shared = same(looked.state, ON) ? await sharedWith(api, looked) : [];
  const through = `the same access comes through ${shared.join(" and ")}, which is shared with everybody in it:`;
  return [
    ...(never === undefined ? [] : [never]),
    ...(shared.length === 0 ? [] : [`${through} take them out of it, where the directory gets its groups from`]),
  ];
}

const GROUPS_AT_ONCE = 100; // that may be named in one question

/** Through which groups the user has the same access: without their own assignment they would lose nothing. */
async function sharedWith(api: Api, { groups, handle }: Looked): Promise<readonly string[]> {
  const shared: string[] = [];
  for (let from = 0; from < groups.length; from += GROUPS_AT_ONCE) {
    const GroupIds = groups.slice(from, from + GROUPS_AT_ONCE);
    const Results = await membershipsIn(api, GroupIds, handle.userId);
    if (GroupIds.some((id) => !Results.some(({ GroupId }) => GroupId === id)))
      throw new Fault("Unavailable", "the directory did not say of every group whether the user is in it");
    const names = await fewAtOnce(GroupIds, (id) => nameOf(api, id));
    shared.push(...names.filter((_, nth) => isIn(Results, GroupIds[nth])));
  }
  return shared;
}

/** An assignment outlives whom it is of: whoever is gone is in no group, and a group that is gone has nobody in it. */
async function membershipsIn(
  api: Api,
  GroupIds: readonly string[],
  UserId: string,
): Promise<readonly GroupMembershipExistenceResult[]> {
  const input = { IdentityStoreId: api.identityStoreId, GroupIds: [...GroupIds], MemberId: { UserId } };
  try {
    const ask = () => api.send(new IsMemberInGroupsCommand(input));
    return (await askAws("identitystore:IsMemberInGroups", ask)).Results ?? [];
  } catch (error) {
    if (!isNotThere(error, ["USER", "GROUP"])) throw error;
    if (GroupIds.length > 1 && isNotThere(error, ["GROUP"]))
      return (await fewAtOnce(GroupIds, (one) => membershipsIn(api, [one], UserId))).flat();
    return GroupIds.map((GroupId) => ({ GroupId, MembershipExists: false }));
  }
}

const isIn = (results: readonly GroupMembershipExistenceResult[], group: string | undefined): boolean =>
  results.some(({ GroupId, MembershipExists }) => GroupId === group && MembershipExists === true);

async function nameOf(api: Api, GroupId: string): Promise<string> {
  const input = { IdentityStoreId: api.identityStoreId, GroupId };
  const ask = () => api.send(new DescribeGroupCommand(input));
  const group = await askAws("identitystore:DescribeGroup", ask).catch(isMissing);
  return `the group ${group?.DisplayName ?? GroupId}`;
}

/** Looks again, compares, changes only what differs. */
async function apply(api: Api, { verb, target, before, wanted }: Plan): Promise<Receipt> {
  const looked = await look(api, target);
  const receipt = { verb, target, before, after: wanted, changed: !same(before, wanted) };
  if (same(looked.state, wanted)) return { ...receipt, adopted: receipt.changed };
  if (!same(looked.state, before)) throw new Fault("StalePlan", "the assignment changed since it was looked at");
  if (same(wanted, ON)) await assign(looked);
  else if (same(wanted, OFF)) await unassign(api, looked);
  else throw badInput("an assignment can be made or taken off, and nothing else", { where: "wanted" });
  return { ...receipt, adopted: false };
}

/** What stands against it by now stands against this alone: what we took down may always be taken back. */
async function unassign(api: Api, looked: Looked): Promise<void> {
  const { access } = looked;
  const [refusal] = await against(api, looked);
  if (refusal !== undefined) throw new Fault("StalePlan", refusal);
  const input = inputOf(looked);
  const made = await askSso("sso:DeleteAccountAssignment", () =>
    access.send(new DeleteAccountAssignmentCommand(input)),
  );
  await heard(made.AccountAssignmentDeletionStatus, (AccountAssignmentDeletionRequestId) => {
    const asked = { InstanceArn: access.instance, AccountAssignmentDeletionRequestId };
    return askSso("sso:DescribeAccountAssignmentDeletionStatus", async () => {
      const said = await access.send(new DescribeAccountAssignmentDeletionStatusCommand(asked));
      return said.AccountAssignmentDeletionStatus;
    });
  });
}

async function assign(looked: Looked): Promise<void> {
  const { access } = looked;
  const input = inputOf(looked);
  const made = await askSso("sso:CreateAccountAssignment", () =>
    access.send(new CreateAccountAssignmentCommand(input)),
  ).catch((error: unknown) => noLonger(error, looked));
  await heard(made.AccountAssignmentCreationStatus, (AccountAssignmentCreationRequestId) => {
    const asked = { InstanceArn: access.instance, AccountAssignmentCreationRequestId };
    return askSso("sso:DescribeAccountAssignmentCreationStatus", async () => {
      const said = await access.send(new DescribeAccountAssignmentCreationStatusCommand(asked));
      return said.AccountAssignmentCreationStatus;
    });
  });
}

/** Nothing was changed, and asking again does not help: whoever took their place has another id. */
function noLonger(error: unknown, { handle: { userId, permissionSet, target } }: Looked): never {
  isMissing(error);
  throw new Fault("StalePlan", "the user, the permission set or the account is no longer there", {
    provider: "aws",
    byHand: `user ${userId} had ${permissionSet} in account ${target}: assign by hand what is there in their place`,
  });
}

const inputOf = ({ access, handle }: Looked) => ({
  ...{ InstanceArn: access.instance, PermissionSetArn: handle.permissionSet },
  ...{ TargetType: "AWS_ACCOUNT" as const, TargetId: handle.target },
  ...{ PrincipalType: "USER" as const, PrincipalId: handle.userId },
});

type Status = AccountAssignmentOperationStatus | undefined;
const LOOKS = 5;

/**
 * The request is carried out after the answer. What was given up is said at once, since nothing was changed. What is still under
 * way, or cannot be asked, is told by the read back: a fault here would say of a change that it was not made.
 */
async function heard(asked: Status, ask: (requestId: string) => Promise<Status>): Promise<void> {
  let status = asked;
  for (let n = 0; n < LOOKS && status?.RequestId !== undefined && !isEnded(status); n += 1)
    status = await ask(status.RequestId).catch(() => undefined);
  if (status?.Status === "FAILED")
    throw new Fault("Unavailable", "Identity Center gave the request up", { provider: "aws" });
}

const isEnded = ({ Status }: AccountAssignmentOperationStatus): boolean =>
  Status === "SUCCEEDED" || Status === "FAILED";

function handleOf(api: Api, { handle }: Target): Pick<Looked, "access" | "handle"> {
  const { success, data } = Handle.safeParse(handle);
  if (!success) throw badInput("this is no handle of an account assignment", { where: "handle" });
  return { access: accessTo(api, data.permissionSet), handle: ofStore(api, data) };
}
