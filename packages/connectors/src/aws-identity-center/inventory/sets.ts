import {
  DescribePermissionSetCommand,
  ListAccountsForProvisionedPermissionSetCommand,
  ListManagedPoliciesInPermissionSetCommand,
  ListPermissionSetsCommand,
} from "@aws-sdk/client-sso-admin";
import type { Page } from "@leasehold/core/connector";
import { type Instant, instantOf } from "@leasehold/core/kernel";
import { marksOf, type Reach, type Signal } from "@leasehold/core/signal";
import { fewAtOnce, identityCenterAccount, type Looking, lookAt, lookAtAll, ownerIn } from "../../../kit/index.ts";
import { askSso, type Let, letInto, READS_ASSIGNMENTS, READS_TAGS, tagsOfSet } from "../access.ts";
import type { Access, Api } from "../api.ts";
import {
  ASSIGNMENT,
  type Assignment,
  assignmentHandle,
  assignmentId,
  permissionSetIdentity,
  SET_SESSIONS,
  sessionsHandle,
  sessionsId,
  setArn,
  setId,
} from "../handles.ts";
import { deniedIn, inlineOf, isUserId, READS_POLICY, READS_PROVISIONED, waitsFor } from "../sessions/index.ts";
import { type InAccounts, type Place, written } from "./cursor.ts";

const SETS_A_PAGE = 20; // their ids lie in the cursor
const ACCOUNTS_A_PAGE = 50; // each is asked for once with each permission set: seconds, at the vendor's pace

/** The names of some permission sets; what each lets in is on the pages that follow. */
export async function pageOfSets(access: Access, token: string | undefined): Promise<Page> {
  const input = {
    InstanceArn: access.instance,
    MaxResults: SETS_A_PAGE,
    ...(token !== undefined && { NextToken: token }),
  };
  const { PermissionSets = [], NextToken: after } = await askSso("sso:ListPermissionSets", () =>
    access.send(new ListPermissionSetsCommand(input)),
  );
  return { signals: [], next: goingOn(PermissionSets.map(setId), after), whole: true };
}

function goingOn(left: readonly string[], after: string | undefined): string | undefined {
  const more = after === undefined ? {} : { after };
  const place: Place | undefined =
    left.length > 0
      ? { in: "accounts", left: [...left], ...more }
      : after === undefined
        ? undefined
        : { in: "sets", token: after };
  return place && written(place);
}

/** One permission set and some of the accounts that it leads into: for each, which users are let in by themselves. */
export async function pageOfAccounts(api: Api, access: Access, place: InAccounts, now: Instant): Promise<Page> {
  const [id = "", ...others] = place.left;
  const look: Look = { api, access, now, whole: true, groups: false };
  const set = await shownSet(look, setArn(access.instance, id));
  if (set === undefined) return { signals: [], next: goingOn(others, place.after), whole: look.whole };
  const { accounts, token } = await accountsOf(look, set.arn, place.token);
  const found = await fewAtOnce(accounts, (account) => assignmentsIn(look, set, account));
  const sessions = await sessionsOf(look, set, found.flat());
  const next = token === undefined ? goingOn(others, place.after) : written({ ...place, token });
  const assignments = found.flat().map((one) => seenAssignment(look, set, one));
  const signals = [...(place.token === undefined ? [seenSet(look, set)] : []), ...assignments, ...sessions];
  return { signals, next, whole: look.whole, ...(look.groups && { gaps: [{ what: THROUGH_GROUPS }] }) };
}

const THROUGH_GROUPS =
  "What users of IAM Identity Center may enter through a group is not shown as theirs one by one: it ends where they are taken out of the group.";

interface Look extends Looking {
  readonly api: Api;
  readonly access: Access;
  readonly now: Instant;
  groups: boolean; // one was let in
}

interface Shown {
  readonly arn: string;
  readonly name: string | undefined;
  readonly createdAt: Date | undefined;
  readonly reach: Reach;
  readonly tags: Readonly<Record<string, string>> | undefined;
}

async function shownSet(look: Look, arn: string): Promise<Shown | undefined> {
  const { access } = look;
  const input = { InstanceArn: access.instance, PermissionSetArn: arn };
  const found = await lookAt(look, "sso:DescribePermissionSet", () =>
    access.send(new DescribePermissionSetCommand(input)),
  );
  if (found === undefined && look.whole) return undefined; // gone since it was listed
  const policies = await lookAtAll(look, "sso:ListManagedPoliciesInPermissionSet", async (NextToken) => {
    const page = await access.send(
      new ListManagedPoliciesInPermissionSetCommand({ ...input, ...(NextToken !== undefined && { NextToken }) }),
    );
    return { names: page.AttachedManagedPolicies?.map(({ Name }) => Name) ?? [], nextToken: page.NextToken };
  });
  const reach = policies.some(({ names }) => names.includes("AdministratorAccess")) ? "admin" : "unknown";
  const tags = await lookAt(look, READS_TAGS, async () => ({ found: await tagsOfSet(access, arn) }));
  const { Name: name, CreatedDate: createdAt } = found?.PermissionSet ?? {};
  return { arn, name, createdAt, reach, tags: tags?.found };
}

/** Dated by the look: Identity Center has no time for what a permission set allows, nor for whom it lets in. */
const seenBy = ({ api, now }: Look, what: string) => ({
  source: { connector: "aws-identity-center", eventId: `list:${what}:${now}`, occurredAt: now },
  tenant: api.account,
});

const marked = ({ tags }: Shown) => {
  const marks = tags && marksOf(tags);
  return marks && { tags: [...marks] };
};

function seenSet(look: Look, set: Shown): Signal {
  const owner = set.tags && ownerIn(set.tags);
  return {
    ...{ kind: "identity.seen", ...seenBy(look, set.arn), identity: permissionSetIdentity(set.arn, set.name) },
    ...{ type: "permission set", reach: set.reach, ...marked(set) },
    ...(set.createdAt && { createdAt: instantOf(set.createdAt.getTime()) }),
    ...(owner && { owner }),
  };
}

async function accountsOf(look: Look, PermissionSetArn: string, token: string | undefined) {
  const { access } = look;
  const input = { InstanceArn: access.instance, PermissionSetArn, MaxResults: ACCOUNTS_A_PAGE };
  const found = await lookAt(look, "sso:ListAccountsForProvisionedPermissionSet", () =>
    access.send(
      new ListAccountsForProvisionedPermissionSetCommand({
        ...input,
        ...(token !== undefined && { NextToken: token }),
      }),
    ),
  );
  return { accounts: found?.AccountIds ?? [], token: found?.NextToken };
}

async function assignmentsIn(look: Look, set: Shown, target: string): Promise<readonly Assignment[]> {
  const found = await lookAt(look, READS_ASSIGNMENTS, async () => ({
    of: await letInto(look.access, set.arn, target),
  }));
  const { users, groups }: Let = found?.of ?? { users: [], groups: [] };
  look.groups ||= groups.length > 0;
  return users.map((userId) => ({ permissionSet: set.arn, target, userId }));
}

function seenAssignment(look: Look, set: Shown, one: Assignment): Signal {
  const { account, identityStoreId } = look.api;
  const credential = assignmentId(one);
  return {
    ...{ kind: "credential.seen", ...seenBy(look, credential), credential, type: ASSIGNMENT, state: "on" },
    ...{ handle: assignmentHandle(account, identityStoreId, one), ...heldBy(look, set, one.userId) },
  };
}

/** No list shows what was taken off, nor sessions of whom nobody lets in any more. */
const heldBy = ({ api }: Look, set: Shown, userId: string) => ({
  ...{ identity: permissionSetIdentity(set.arn, set.name), listed: "while on" as const },
  ...{ reach: set.reach, ...marked(set) },
  authoriser: identityCenterAccount(api.identityStoreId, userId),
});

/**
 * An item of its own only where somebody lets us end them: of each user who is let in by themselves, and of each whom we deny. Where
 * our statement is not in force everywhere nothing is said: it was just written, or is to be looked at.
 */
async function sessionsOf(look: Look, set: Shown, assignments: readonly Assignment[]): Promise<readonly Signal[]> {
  const { api, access } = look;
  if (api.contain === undefined) return [];
  const of = { access, permissionSet: set.arn };
  const read = await lookAt(look, READS_POLICY, async () => ({ text: await inlineOf(of) }));
  if (read?.text === undefined) return [];
  const denied = deniedIn(read.text);
  const waits = denied.length > 0 && (await lookAt(look, READS_PROVISIONED, async () => ({ is: await waitsFor(of) })));
  const users = [...new Set([...assignments.map(({ userId }) => userId), ...denied])].filter(isUserId);
  const isKnown = (userId: string) => !denied.includes(userId) || (waits && !waits.is);
  return users.filter(isKnown).map((userId) => seenSessions(look, set, userId, denied.includes(userId) ? "off" : "on"));
}

function seenSessions(look: Look, set: Shown, userId: string, state: "on" | "off"): Signal {
  const { account, identityStoreId } = look.api;
  const one = { permissionSet: set.arn, userId };
  const credential = sessionsId(one);
  return {
    ...{ kind: "credential.seen", ...seenBy(look, credential), credential, type: SET_SESSIONS, state },
    ...{ handle: sessionsHandle(account, identityStoreId, one), ...heldBy(look, set, userId) },
  };
}
