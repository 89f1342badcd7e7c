import type { Instant } from "@leasehold/core/kernel";
import type { Signal, SignalOf } from "@leasehold/core/signal";
import { accessKey, accountOf, awsCredential, iamIdentity, iamRole, loginProfile } from "../../kit/index.ts";

type Said = SignalOf<"access.judged">;

/** One finding of Access Analyzer's, as an event or a list tells it. */
export interface Told {
  readonly id: string;
  readonly type: string; // "ExternalAccess", "UnusedIAMRole", …
  readonly tenant: string; // whose the resource is
  readonly resource: string; // its ARN
  readonly status: string;
  readonly isDeleted?: boolean | null | undefined; // the finding, which keeps the status that it had
  readonly at: Instant;
  readonly key?: string | undefined; // of an access key: its id
  readonly whom?: string | undefined;
}

/** Those of what we know: of buckets, queues and functions nothing is said. */
export const OUTSIDE = ["AWS::IAM::Role", "AWS::SecretsManager::Secret"] as const;

const ROLE = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,600}$/;
const USER = /^arn:aws[a-z-]*:iam::\d{12}:user\/[\w+=,.@/-]{1,600}$/;
const SECRET = /^(arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]{1,512})-[A-Za-z0-9]{6}$/;

/**
 * Dated by the finding's own last change, so that an event, its copy and a list are one word. At one instant what ends it wins: the
 * statuses stand in that order.
 */
export function judgedIn({ id, type, tenant, resource, status, isDeleted, at, key, whom }: Told): readonly Signal[] {
  const about = accountOf(resource) === tenant ? subjectOf(type, resource, key) : undefined;
  if (about === undefined || !STATUSES.includes(status)) return [];
  const says = SAYS[type] ?? "unused";
  return [
    {
      kind: "access.judged",
      source: {
        connector: "aws-access-analyzer",
        eventId: `${id}/${isDeleted ? "DELETED" : status}`,
        occurredAt: at,
      },
      ...{ tenant, about, says, judgement: id, thing: resource },
      open: status === "ACTIVE" && !isDeleted,
      ...(says === "open to outsiders" && whom !== undefined && { whom }),
    },
  ];
}

const STATUSES = ["ACTIVE", "ARCHIVED", "RESOLVED"];
const SAYS: Readonly<Record<string, Said["says"]>> = {
  ExternalAccess: "open to outsiders",
  UnusedPermission: "rights unused",
};

const roleIn = (arn: string) => (ROLE.test(arn) ? iamRole(arn).id : undefined);
const userIn = (arn: string) => (USER.test(arn) ? iamIdentity(arn).id : undefined);
const passwordIn = (arn: string) => (USER.test(arn) ? loginProfile(arn) : undefined);

function secretIn(arn: string): Said["about"] | undefined {
  const [, secret] = SECRET.exec(arn) ?? [];
  return secret === undefined ? undefined : awsCredential(secret);
}

/** By its id alone: a user has two, and the ARN does not say which. */
const keyIn = (arn: string, key = "") =>
  USER.test(arn) && /^AKIA[A-Z0-9]{12,124}$/.test(key) ? accessKey(key) : undefined;

function subjectOf(type: string, arn: string, key: string | undefined): Said["about"] | undefined {
  if (type === UNUSED_KEY) return keyIn(arn, key);
  return SUBJECTS[type]?.map((read) => read(arn)).find((one) => one !== undefined);
}

const SUBJECTS: Readonly<Record<string, readonly ((arn: string) => Said["about"] | undefined)[]>> = {
  ExternalAccess: [roleIn, secretIn],
  UnusedIAMRole: [roleIn],
  UnusedIAMUserPassword: [passwordIn],
  UnusedPermission: [roleIn, userIn],
};

export const UNUSED_KEY = "UnusedIAMUserAccessKey";

interface Principal {
  readonly AWS?: string | null | undefined;
  readonly Federated?: string | null | undefined;
}

/** Whom it names: an account's id, an ARN, an identity provider. On what condition is not told here. */
export function whomIn(
  isPublic: boolean | null | undefined,
  principal: Principal | null | undefined,
): string | undefined {
  const named = principal?.AWS ?? principal?.Federated ?? "";
  if (isPublic || named === "*") return "everybody";
  return /^[\w+=,.@:/-]{1,256}$/.test(named) ? named : undefined;
}
