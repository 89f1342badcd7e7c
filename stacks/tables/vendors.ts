import type { Declared } from "@leasehold/core/connector";
import { badInput } from "@leasehold/core/kernel";
import { RIGHTS, type Right } from "@leasehold/workflows";
import type { Linked } from "./linked.ts";
import { type Place, partitionOf, thingsOf } from "./place.ts";
import type { Statement } from "./statement.ts";

/** For which rights a connector has parts, and so functions. */
export function rightsOf({ parts, hands }: Declared): readonly Right[] {
  const has: Readonly<Record<Right, boolean>> = {
    read: hands.length > 0 || parts.some((part) => ["check", "people", "lists", "polls"].includes(part)),
    act: hands.some(({ verb }) => verb !== "delete"),
    delete: hands.some(({ verb }) => verb === "delete"),
    desk: parts.includes("desk"),
  };
  return RIGHTS.filter((right) => has[right]);
}

/** Whether it is spoken to over HTTP: where nothing says with which secret the vendor signs, there is no door. */
export const isSpokenTo = ({ connector, settings }: Linked) =>
  (connector.hook !== undefined || connector.desk !== undefined) && (connector.signedWith?.(settings) ?? []).length > 0;

/** What one of a connector's functions may in AWS: its own secrets, and where the connector is AWS, what it declares. */
export function vendorGrants(linked: Linked, right: Right, place: Place): readonly Statement[] {
  const ours = linked.id.startsWith("aws-") ? [...inAws(linked, right, place), ...assumes(linked)] : [];
  return [...ours, readsSecrets(linked.id, place)];
}

export const readsSecrets = (connector: string, place: Place): Statement => ({
  actions: ["secretsmanager:GetSecretValue"],
  resources: [thingsOf(place).secrets(connector)],
});

/** In our own account the function's role has the verbs itself; in any other only the role of the settings has them. */
function inAws(linked: Linked, right: Right, place: Place): readonly Statement[] {
  if (linked.settings["account"] !== place.account) return [];
  const byRest = new Map<string, string[]>();
  for (const verb of verbsOf(linked, right)) {
    const rest = JSON.stringify({ resources: resourcesOf(verb, linked, place), ...conditionOf(verb, place) });
    byRest.set(rest, [...(byRest.get(rest) ?? []), verb]);
  }
  return [...byRest].map(([rest, actions]) => ({ actions, ...(JSON.parse(rest) as Omit<Statement, "actions">) }));
}

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
  const ofHands = (wanted: (verb: string) => boolean) =>
    declared.hands.filter(({ verb }) => wanted(verb)).flatMap(({ permissions }) => permissions);
  const verbs: Readonly<Record<Right, () => readonly string[]>> = {
    read: () => [
      ...[connector.lists, connector.polls, connector.people].flatMap((part) => part?.permissions ?? []),
      ...ofHands(() => true).filter((verb) => LOOKS.test(verb)),
    ],
    act: () => ofHands((verb) => verb !== "delete"),
    delete: () => ofHands((verb) => verb === "delete"),
    desk: () => connector.desk?.permissions ?? [],
  };
  return [...new Set(verbs[right]())].sort();
}

function assumes({ settings }: Linked): readonly Statement[] {
  const role = settings["role"];
  return typeof role === "string" ? [{ actions: ["sts:AssumeRole"], resources: [role] }] : [];
}

/** On what a verb falls, as AWS's service authorization reference has it. A verb without a line is refused: nobody looked. */
const ON: Readonly<Record<string, "user" | "group" | "role" | "store" | "everything">> = {
  "iam:ListUsers": "everything", // it names no user
  "iam:ListAccessKeys": "user",
  "iam:GetAccessKeyLastUsed": "user",
  "iam:UpdateAccessKey": "user",
  "iam:DeleteAccessKey": "user",
  "iam:ListUserTags": "user",
  "iam:ListAttachedUserPolicies": "user",
  "iam:ListUserPolicies": "user",
  "iam:GetUserPolicy": "user",
  "iam:ListGroupsForUser": "user",
  "iam:ListAttachedGroupPolicies": "group",
  "iam:ListGroupPolicies": "group",
  "iam:GetGroupPolicy": "group",
  "iam:AttachUserPolicy": "user",
  "iam:DetachUserPolicy": "user",
  "iam:AttachRolePolicy": "role",
  "iam:DetachRolePolicy": "role",
  "identitystore:ListUsers": "store",
  "identitystore:DescribeUser": "store",
};

function resourcesOf(verb: string, { id, settings }: Linked, { account, region }: Place): readonly string[] {
  const partition = partitionOf(region);
  switch (ON[verb]) {
    case "user":
    case "group":
    case "role":
      return [`arn:${partition}:iam::${account}:${ON[verb]}/*`];
    case "store":
      return [
        `arn:${partition}:identitystore::${account}:identitystore/${String(settings["identityStoreId"])}`,
        `arn:${partition}:identitystore:::user/*`,
      ];
    case "everything":
      return ["*"];
    default:
      throw badInput("nobody has written down on what this verb falls: see stacks/tables/vendors.ts", {
        connector: id,
        verb,
      });
  }
}
