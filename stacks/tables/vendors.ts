import type { DeclaredHand } from "@leasehold/core/connector";
import { badInput } from "@leasehold/core/kernel";
import { changesBy, nameOn, RIGHTS, type Right } from "@leasehold/workflows";
import type { Linked } from "./linked.ts";
import { type Place, thingsOf } from "./place.ts";
import type { Statement } from "./statement.ts";

export const isAws = (id: string) => id.startsWith("aws-");

const isBy = (right: Right) => (hand: DeclaredHand) => changesBy(hand) === right;

/** For which rights a connector has parts, and so functions. */
export function rightsOf({
  declared: { parts, hands },
  settings,
}: Pick<Linked, "declared" | "settings">): readonly Right[] {
  const has: Readonly<Record<Right, boolean>> = {
    read: hands.length > 0 || parts.some((part) => ["check", "people", "lists", "polls"].includes(part)),
    act: hands.some(isBy("act")),
    contain: settings["contain"] === true && hands.some(isBy("contain")), // opt-in: see README of the connector
    delete: hands.some(isBy("delete")),
    desk: parts.includes("desk"),
  };
  return RIGHTS.filter((right) => has[right]);
}

/** Whose hook proves its address by answering a challenge that comes as GET; all others are spoken to by POST alone. */
export const CHALLENGED: readonly string[] = ["okta"];

/** How the door of a connector is knocked at. */
export const methodsOf = ({ id, connector }: Pick<Linked, "id" | "connector">): readonly ("GET" | "POST")[] =>
  connector.hook !== undefined && CHALLENGED.includes(id) ? ["POST", "GET"] : ["POST"];

/** Whether it is spoken to over HTTP: where nothing says with which secret the vendor signs, there is no door. */
export const isSpokenTo = ({ connector, settings }: Linked) =>
  (connector.hook !== undefined || connector.desk?.read !== undefined) &&
  (connector.signedWith?.(settings) ?? []).length > 0;

/** What one of a connector's functions may in AWS: its own secrets, and where the connector is AWS, what it declares. */
export function vendorGrants(linked: Linked, right: Right, place: Place): readonly Statement[] {
  const ours = isAws(linked.id)
    ? [...inAws(linked, right, place), ...assumes(linked, right), ...enters(linked, right, place)]
    : [];
  return [...ours, readsSecrets(linked.id, place)];
}

const readsSecrets = (connector: string, place: Place): Statement => ({
  actions: ["secretsmanager:GetSecretValue"],
  resources: [thingsOf(place).secrets(connector)],
});

/** A public door reads what its vendor signs with, and no more: not the key with which we speak to that vendor. */
export const readsSigning = ({ connector, settings }: Linked, place: Place): Statement => ({
  actions: ["secretsmanager:GetSecretValue"],
  resources: (connector.signedWith?.(settings) ?? []).map(thingsOf(place).secret),
});

/** Without a role of the settings the function's own has the verbs, which is in our own account only (given.ts). */
function inAws(linked: Linked, right: Right, place: Place): readonly Statement[] {
  if (linked.settings["role"] !== undefined || linked.settings["account"] === undefined) return [];
  return grantsIn(linked, right, place);
}

/** What it declares for this right, in an account where a role of ours has it. */
export function grantsIn(linked: Linked, right: Right, place: Place): readonly Statement[] {
  const byRest = new Map<string, string[]>();
  for (const verb of verbsOf(linked, right).filter((one) => isConfigured(one, linked))) {
    if (CONTAINS.includes(verb) && right !== "contain")
      throw badInput("this verb writes a policy: it is for actions of the opt-in right contain alone", {
        connector: linked.id,
        verb,
      });
    const rest = JSON.stringify({ resources: resourcesOf(verb, linked, place), ...conditionOf(verb, place) });
    byRest.set(rest, [...(byRest.get(rest) ?? []), verb]);
  }
  return [...byRest].map(([rest, actions]) => ({ actions, ...(JSON.parse(rest) as Omit<Statement, "actions">) }));
}

/** Without an instance of Identity Center nothing is asked of one. */
const isConfigured = (verb: string, { settings }: Linked): boolean =>
  ON[verb] !== "instance" || settings["instance"] !== undefined;

/** A policy may be attached or taken away only where it is the one that this stack deploys: any other could grant. */
function conditionOf(verb: string, place: Place): Pick<Statement, "conditions"> {
  if (!/^iam:(Attach|Detach)(User|Role|Group)Policy$/.test(verb)) return {};
  const { name, policy } = thingsOf(place);
  const values = [policy(name("quarantine"))];
  return { conditions: [{ test: "ArnEquals", variable: "iam:PolicyARN", values }] };
}

const LOOKS = /:(Get|List|Describe)[A-Z]/;

export function verbsOf(
  { connector, declared }: Pick<Linked, "connector" | "declared">,
  right: Right,
): readonly string[] {
  const ofHands = (wanted: (hand: DeclaredHand) => boolean) =>
    declared.hands.filter(wanted).flatMap(({ permissions }) => permissions);
  const verbs: Readonly<Record<Right, () => readonly string[]>> = {
    read: () => [
      ...[connector.lists, connector.polls, connector.people, connector.people?.groups].flatMap(
        (part) => part?.permissions ?? [],
      ),
      ...ofHands(() => true).filter((verb) => LOOKS.test(verb)),
    ],
    act: () => ofHands(isBy("act")),
    contain: () => ofHands(isBy("contain")),
    delete: () => ofHands(isBy("delete")),
    desk: () => connector.desk?.permissions ?? [],
  };
  return [...new Set(verbs[right]())].sort();
}

/** A role of the settings is the reader's alone: taken on by two functions it would be one right for both. */
function assumes({ settings }: Linked, right: Right): readonly Statement[] {
  const role = settings["role"];
  return typeof role === "string" && right === "read" ? [{ actions: ["sts:AssumeRole"], resources: [role] }] : [];
}

/** Verbs that write or take away a policy of any words, which IAM cannot limit: the whole of the opt-in right, by name. */
export const CONTAINS: readonly string[] = [
  "iam:DeleteRolePolicy",
  "iam:DeleteUserPolicy",
  "iam:PutRolePolicy",
  "iam:PutUserPolicy",
  "secretsmanager:DeleteResourcePolicy",
  "secretsmanager:PutResourcePolicy",
  "sso:DeleteInlinePolicyFromPermissionSet",
  "sso:ProvisionPermissionSet",
  "sso:PutInlinePolicyToPermissionSet",
];

/** More than these would not fit into the policy of a role; then the name alone says which, in whatever account it trusts us. */
const NAMED = 100;

/** In a further account: the role there of this function's right, and of no other. */
function enters({ connector, settings }: Linked, right: Right, place: Place): readonly Statement[] {
  const { members = [], stage } = place;
  if (right === "desk" || members.length === 0 || connector.places?.home(settings) === undefined) return [];
  const accounts = members.length > NAMED ? ["*"] : members;
  return [{ actions: ["sts:AssumeRole"], resources: accounts.map((id) => memberRole(stage, id, right)) }];
}

const memberRole = (stage: string, account: string, right: Right) =>
  `arn:aws:iam::${account}:role/${nameOn(stage, right)}`;

/** For the policy that denies all else: their names, in any account. */
export const memberRoles = ({ stage, members = [] }: Place): readonly string[] =>
  members.length === 0 ? [] : RIGHTS.filter((right) => right !== "desk").map((right) => memberRole(stage, "*", right));

type On =
  | "user"
  | "role"
  | "store"
  | "memberships"
  | "instance"
  | "alias"
  | "regional"
  | "trail"
  | "secret"
  | "parameter"
  | "runtime"
  | "log groups"
  | "runtimes' logs"
  | "everything";

/** On what a verb falls, as AWS's service authorization reference has it. A verb without a line is refused: nobody looked. */
const ON: Readonly<Record<string, On>> = {
  "iam:GetAccountAuthorizationDetails": "everything", // it names nobody
  "iam:GenerateCredentialReport": "everything",
  "iam:GetCredentialReport": "everything",
  "iam:GetUser": "user",
  "iam:GetRole": "role",
  "iam:GetLoginProfile": "user",
  "iam:DeleteLoginProfile": "user",
  "iam:ListSigningCertificates": "user",
  "iam:UpdateSigningCertificate": "user",
  "iam:DeleteSigningCertificate": "user",
  "iam:ListSSHPublicKeys": "user",
  "iam:UpdateSSHPublicKey": "user",
  "iam:DeleteSSHPublicKey": "user",
  "iam:ListAttachedRolePolicies": "role",
  "iam:ListAccessKeys": "user",
  "iam:ListServiceSpecificCredentials": "user",
  "iam:GetAccessKeyLastUsed": "user",
  "iam:UpdateAccessKey": "user",
  "iam:DeleteAccessKey": "user",
  "iam:UpdateServiceSpecificCredential": "user",
  "iam:DeleteServiceSpecificCredential": "user",
  "iam:ListUserTags": "user",
  "iam:ListAttachedUserPolicies": "user",
  "iam:AttachUserPolicy": "user",
  "iam:DetachUserPolicy": "user",
  "iam:AttachRolePolicy": "role",
  "iam:DetachRolePolicy": "role",
  "iam:GetUserPolicy": "user",
  "iam:PutUserPolicy": "user",
  "iam:DeleteUserPolicy": "user",
  "iam:GetRolePolicy": "role",
  "iam:PutRolePolicy": "role",
  "iam:DeleteRolePolicy": "role",
  "secretsmanager:ListSecrets": "everything", // it names none
  "secretsmanager:DescribeSecret": "secret",
  "secretsmanager:GetResourcePolicy": "secret",
  "secretsmanager:ListSecretVersionIds": "secret",
  "secretsmanager:PutResourcePolicy": "secret",
  "secretsmanager:DeleteResourcePolicy": "secret",
  "secretsmanager:DeleteSecret": "secret",
  "ssm:DescribeParameters": "everything", // it names none
  "ssm:ListTagsForResource": "parameter",
  "identitystore:ListUsers": "store",
  "identitystore:DescribeUser": "store",
  "identitystore:IsMemberInGroups": "memberships",
  "identitystore:ListGroupMemberships": "memberships",
  "identitystore:DescribeGroup": "memberships",
  "sso:ListPermissionSets": "instance",
  "sso:DescribePermissionSet": "instance",
  "sso:ListManagedPoliciesInPermissionSet": "instance",
  "sso:ListAccountsForProvisionedPermissionSet": "instance",
  "sso:ListAccountAssignments": "instance",
  "sso:ListTagsForResource": "instance",
  "sso:CreateAccountAssignment": "instance",
  "sso:DeleteAccountAssignment": "instance",
  "sso:DescribeAccountAssignmentCreationStatus": "instance",
  "sso:DescribeAccountAssignmentDeletionStatus": "instance",
  "sso:GetInlinePolicyForPermissionSet": "instance",
  "sso:GetPermissionsBoundaryForPermissionSet": "instance",
  "sso:ListCustomerManagedPolicyReferencesInPermissionSet": "instance",
  "sso:PutInlinePolicyToPermissionSet": "instance",
  "sso:DeleteInlinePolicyFromPermissionSet": "instance",
  "sso:ProvisionPermissionSet": "instance",
  "sso:DescribePermissionSetProvisioningStatus": "instance",
  "organizations:ListAccounts": "everything", // it names none
  "organizations:ListDelegatedAdministrators": "everything", // it names none
  "organizations:ListPolicies": "everything", // it names none
  "bedrock:ListAgents": "everything", // it names none
  "bedrock:ListKnowledgeBases": "everything", // it names none
  "bedrock:ListFlows": "everything", // it names none
  "bedrock:GetAgent": "regional",
  "bedrock:ListAgentAliases": "regional",
  "bedrock:GetAgentAlias": "regional",
  "bedrock:ListAgentActionGroups": "regional",
  "bedrock:GetAgentActionGroup": "regional",
  "bedrock:ListAgentKnowledgeBases": "regional",
  "bedrock:GetKnowledgeBase": "regional",
  "bedrock:GetFlow": "regional",
  "bedrock:ListTagsForResource": "regional",
  "bedrock:UpdateAgentAlias": "alias",
  "cloudtrail:DescribeTrails": "everything", // it names none
  "cloudtrail:LookupEvents": "everything", // it names none
  "cloudtrail:GetTrailStatus": "trail",
  "cloudtrail:GetEventSelectors": "trail",
  "bedrock-agentcore:ListAgentRuntimes": "everything", // it names none
  "bedrock-agentcore:ListGateways": "everything", // it names none
  "bedrock-agentcore:GetGateway": "regional",
  "bedrock-agentcore:ListGatewayTargets": "regional",
  "bedrock-agentcore:GetGatewayTarget": "regional",
  "bedrock-agentcore:ListWorkloadIdentities": "regional",
  "bedrock-agentcore:ListOauth2CredentialProviders": "regional",
  "bedrock-agentcore:ListApiKeyCredentialProviders": "regional",
  "bedrock-agentcore:ListTagsForResource": "regional",
  "bedrock-agentcore:StopRuntimeSession": "runtime",
  "cloudwatch:GetMetricData": "everything", // it knows no resource
  "logs:DescribeLogGroups": "log groups", // it names none
  "logs:DescribeLogStreams": "runtimes' logs",
};

/** In each Region that the settings name, and in no other. */
const inRegions = (verb: string, { settings }: Linked, account: string, rests: readonly string[]): readonly string[] =>
  (Array.isArray(settings["regions"]) ? settings["regions"] : []).flatMap((region: string) =>
    rests.map((rest) => `arn:aws:${verb.split(":")[0]}:${region}:${account}:${rest}`),
  );

/** The instance, its permission sets, and whatever account they lead into. */
const ofInstance = (arn: string): readonly string[] => [
  arn,
  `${arn.replace(":instance/", ":permissionSet/")}/*`,
  arn.replace(/instance\/.*$/, "account/*"),
];

function resourcesOf(verb: string, linked: Linked, { account }: Place): readonly string[] {
  const { id, settings } = linked;
  switch (ON[verb]) {
    case "user":
    case "role":
      return [`arn:aws:iam::${account}:${ON[verb]}/*`];
    case "store":
      return [
        `arn:aws:identitystore::${account}:identitystore/${String(settings["identityStoreId"])}`,
        `arn:aws:identitystore:::user/*`,
      ];
    case "memberships":
      return [
        `arn:aws:identitystore::${account}:identitystore/${String(settings["identityStoreId"])}`,
        `arn:aws:identitystore:::user/*`,
        `arn:aws:identitystore:::group/*`,
        `arn:aws:identitystore:::membership/*`,
      ];
    case "instance":
      return ofInstance(String(settings["instance"]));
    case "alias":
      return inRegions(verb, linked, account, ["agent/*", "agent-alias/*"]);
    case "regional":
      return inRegions(verb, linked, account, ["*"]);
    case "secret":
    case "parameter":
      return inRegions(verb, linked, account, [ON[verb] === "secret" ? "secret:*" : "parameter/*"]);
    case "runtime":
      return inRegions(verb, linked, account, ["runtime/*"]); // and the endpoints under it
    case "log groups":
      return inRegions(verb, linked, account, ["log-group:*"]);
    case "runtimes' logs":
      return inRegions(verb, linked, account, ["log-group:/aws/bedrock-agentcore/runtimes/*"]);
    case "trail":
      return ["arn:aws:cloudtrail:*:*:trail/*"]; // one of every Region is at home in one, and the organisation's in another account
    case "everything":
      return ["*"];
    default:
      throw badInput("nobody has written down on what this verb falls: see stacks/tables/vendors.ts", {
        connector: id,
        verb,
      });
  }
}
