import {
  GetGroupPolicyCommand,
  GetUserPolicyCommand,
  ListAttachedGroupPoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupPoliciesCommand,
  ListGroupsForUserCommand,
  ListUserPoliciesCommand,
} from "@aws-sdk/client-iam";
import type { Reach } from "@leasehold/core/signal";
import { ask, type Look } from "./look.ts";
import { reachByDocument, reachByName, widest } from "./policy.ts";

export const reachPermissions = [
  "iam:ListAttachedUserPolicies",
  "iam:ListUserPolicies",
  "iam:GetUserPolicy",
  "iam:ListGroupsForUser",
  "iam:ListAttachedGroupPolicies",
  "iam:ListGroupPolicies",
  "iam:GetGroupPolicy",
];

/** What a user may do, as far as its own policies and its groups' show it cheaply. */
export async function reachOf(look: Look, UserName: string): Promise<Reach> {
  const { api } = look;
  const attached = await ask(look, "iam:ListAttachedUserPolicies", () =>
    api.send(new ListAttachedUserPoliciesCommand({ UserName })),
  );
  const inline = await ask(look, "iam:ListUserPolicies", () => api.send(new ListUserPoliciesCommand({ UserName })));
  const documents = (inline?.PolicyNames ?? []).map((PolicyName) =>
    ask(look, "iam:GetUserPolicy", () => api.send(new GetUserPolicyCommand({ UserName, PolicyName }))),
  );
  const groups = await ask(look, "iam:ListGroupsForUser", () => api.send(new ListGroupsForUserCommand({ UserName })));
  const ofGroups = (groups?.Groups ?? []).map(({ GroupName = "" }) => reachesOfGroup(look, GroupName));
  return widest([
    ...names(attached),
    ...(await Promise.all(documents)).map(graded),
    ...(await Promise.all(ofGroups)).flat(),
    ...unseen(attached, inline, groups),
  ]);
}

function reachesOfGroup(look: Look, GroupName: string): Promise<readonly Reach[]> {
  const known = look.groups.get(GroupName) ?? askGroup(look, GroupName);
  look.groups.set(GroupName, known);
  return known;
}

async function askGroup(look: Look, GroupName: string): Promise<readonly Reach[]> {
  const { api } = look;
  const attached = await ask(look, "iam:ListAttachedGroupPolicies", () =>
    api.send(new ListAttachedGroupPoliciesCommand({ GroupName })),
  );
  const inline = await ask(look, "iam:ListGroupPolicies", () => api.send(new ListGroupPoliciesCommand({ GroupName })));
  const documents = (inline?.PolicyNames ?? []).map((PolicyName) =>
    ask(look, "iam:GetGroupPolicy", () => api.send(new GetGroupPolicyCommand({ GroupName, PolicyName }))),
  );
  return [...names(attached), ...(await Promise.all(documents)).map(graded), ...unseen(attached, inline)];
}

const names = (attached: { AttachedPolicies?: { PolicyArn?: string | undefined }[] | undefined } | undefined) =>
  (attached?.AttachedPolicies ?? []).map(({ PolicyArn = "" }) => reachByName(PolicyArn));

const graded = (policy: { PolicyDocument: string | undefined } | undefined): Reach =>
  policy?.PolicyDocument === undefined ? "unknown" : reachByDocument(policy.PolicyDocument);

/** What was refused might allow anything. */
const unseen = (...answers: readonly unknown[]): readonly Reach[] => (answers.includes(undefined) ? ["unknown"] : []);
