import { type State, same } from "@leasehold/core/connector";
import { sessionsHandle, sessionsId } from "./handles.ts";
import { ENDED, LIVE, UNCLEAR, waitingBeside } from "./sessions/end.ts";
import { denying, inShort, policyIn } from "./sessions/statement.ts";
import { type Call, missing, provisionedIn, setOf } from "./simulated-admin.ts";
import {
  aSet,
  assigned,
  aUser,
  empty,
  id,
  type One,
  type PermissionSet,
  SETS,
  type World,
} from "./simulated-directory.ts";

/** Another change of the permission set: what is in the accounts is behind it until it is provisioned. */
export function changed(world: World, set: PermissionSet, to: Partial<PermissionSet>): void {
  Object.assign(set, to, { behind: [...provisionedIn(world, set.arn)] });
}

/** It is carried out after the answer; an account in which it cannot be stays behind. */
function carriedOut(set: PermissionSet): void {
  if (set.request?.status !== "IN_PROGRESS") return;
  set.behind = (set.behind ?? []).filter((account) => set.fails?.includes(account));
  set.request.status = set.behind.length > 0 ? "FAILED" : "SUCCEEDED";
}

export const sessionReads: { readonly [verb: string]: Call } = {
  GetInlinePolicyForPermissionSet: (world, { PermissionSetArn }) => ({
    InlinePolicy: setOf(world, PermissionSetArn).inline ?? "",
  }),
  ListCustomerManagedPolicyReferencesInPermissionSet: (world, { PermissionSetArn }) => {
    setOf(world, PermissionSetArn);
    return { CustomerManagedPolicyReferences: [] };
  },
  GetPermissionsBoundaryForPermissionSet: (world, { PermissionSetArn }) => {
    setOf(world, PermissionSetArn);
    return missing("PERMISSIONS_BOUNDARY");
  },
};

export const sessionWrites: { readonly [verb: string]: Call } = {
  PutInlinePolicyToPermissionSet: (world, { PermissionSetArn, InlinePolicy = "" }) => {
    changed(world, setOf(world, PermissionSetArn), { inline: InlinePolicy });
    return {};
  },
  DeleteInlinePolicyFromPermissionSet: (world, { PermissionSetArn }) => {
    const set = setOf(world, PermissionSetArn);
    changed(world, set, {});
    delete set.inline;
    return {};
  },
  ProvisionPermissionSet: (world, { PermissionSetArn }) => {
    const set = setOf(world, PermissionSetArn);
    if (provisionedIn(world, set.arn).length === 0) return invalid();
    set.request = { id: `provision-${set.arn.slice(-4)}`, status: "IN_PROGRESS" };
    return { PermissionSetProvisioningStatus: { RequestId: set.request.id, Status: "IN_PROGRESS" } };
  },
  /** Asked after, it has moved on: so this is what moves it. */
  DescribePermissionSetProvisioningStatus: (world, { ProvisionPermissionSetRequestId }) => {
    const set =
      world.sets?.find(({ request }) => request?.id === ProvisionPermissionSetRequestId) ?? missing("REQUEST");
    carriedOut(set);
    return { PermissionSetProvisioningStatus: { RequestId: set.request?.id, Status: set.request?.status } };
  },
};

function invalid(): never {
  throw Object.assign(new Error("it is provisioned in no account"), { name: "ValidationException" });
}

const ONE = { permissionSet: SETS[0], userId: id(1) };
const ACCOUNTS = ["222233334444", "333344445555", "444455556666"] as const;

/** What stands beside a set's statements of ours, in short: as of one with these managed policies. */
const besideOf = ({ policies, inline = "" }: PermissionSet): string =>
  inShort([
    policyIn(inline, ONE.userId).rest,
    ["PT8H", "", policies.map((name) => `arn:aws:iam::aws:policy/${name}`).sort(), [], "", "", ""],
  ]);

const bare = () => aSet(SETS[0], "AgentOperators", { policies: ["ReadOnlyAccess"] });
const pending = (): PermissionSet => ({ ...bare(), policies: ["AdministratorAccess"], behind: [...ACCOUNTS] });
const ended = (): PermissionSet => ({ ...bare(), inline: denying("", ONE.userId, besideOf(bare())) });
const theirs = (): PermissionSet => ({
  ...bare(),
  inline: ended().inline?.replace(/"Deny"/, '"Allow"') ?? "",
});
const SETS_OF: readonly (() => PermissionSet)[] = [bare, ended, theirs, pending];

function stateOf(set: PermissionSet | undefined): State {
  if (set === undefined) return undefined;
  const { ours } = policyIn(set.inline ?? "", ONE.userId);
  const waits = (set.behind ?? []).length > 0;
  if (ours === "unclear") return UNCLEAR;
  if (ours === "none") return waits ? waitingBeside(besideOf(set)) : LIVE;
  return waits ? LIVE : ENDED;
}

function withOne(state: State): World {
  const set = SETS_OF.map((make) => make()).find((one) => same(stateOf(one), state));
  return {
    ...{ ...structuredClone(empty), contain: true, users: [aUser(1, "ada@example.com")], sets: set ? [set] : [] },
    assignments: ACCOUNTS.map((account) => assigned(SETS[0], account, ONE.userId)),
  };
}

/** One user's sessions with one permission set, for the laws. */
export const sessionsOne: One = {
  credential: sessionsId(ONE),
  handle: sessionsHandle(empty.account, empty.identityStoreId, ONE),
  states: [...SETS_OF.map((make) => stateOf(make())), undefined],
  withOne,
  stateOf: ({ sets = [] }) => stateOf(sets[0]),
};
