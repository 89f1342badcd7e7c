import { type Dice, dice } from "./dice.ts";
import type { Human, Planned } from "./model.ts";
import { ACCOUNT, REGION, STORE, seconds } from "./places.ts";
import { iamId, principalId, roleArn, userArn, uuid } from "./vendor-ids.ts";

export interface Call {
  readonly source: "iam" | "sts" | "identitystore";
  readonly name: string;
  readonly at: number;
  readonly by: object; // userIdentity
  readonly asked: object | null;
  readonly answered: object | null;
  readonly agent?: string;
  readonly resources?: readonly object[];
}

/** One call as CloudTrail writes it, whole, also what nothing of ours reads. Documented in the CloudTrail user guide, "record contents". */
export function trailRecord(
  { source, name, at, by, asked, answered, agent = CLI, resources }: Call,
  from: Dice,
): object {
  const host = source === "iam" ? "iam.amazonaws.com" : `${source}.${REGION}.amazonaws.com`;
  return {
    eventVersion: "1.11",
    userIdentity: by,
    eventTime: seconds(at),
    eventSource: `${source}.amazonaws.com`,
    eventName: name,
    awsRegion: source === "iam" ? "us-east-1" : REGION,
    sourceIPAddress: `192.0.2.${from.between(1, 254)}`,
    userAgent: agent,
    requestParameters: asked,
    responseElements: answered,
    ...(resources && { resources }),
    requestID: uuid(from),
    eventID: uuid(from),
    readOnly: source === "sts",
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    ...(source === "sts" && { sharedEventID: uuid(from) }),
    eventCategory: "Management",
    tlsDetails: { tlsVersion: "TLSv1.3", cipherSuite: "TLS_AES_128_GCM_SHA256", clientProvidedHostHeader: host },
  };
}

const CLI =
  "aws-cli/2.31.0 md/awscrt#0.27.6 ua/2.1 os/macos#25.1.0 md/arch#arm64 lang/python#3.13.7 cfg/retry-mode#standard";
export const CONSOLE =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0";

/** An IAM user's own call, with a long-term key. */
export const asIamUser = (userName: string, accessKeyId: string): object => ({
  type: "IAMUser",
  principalId: principalId("AIDA", userName),
  arn: userArn(userName),
  accountId: ACCOUNT,
  accessKeyId,
  userName,
});

export interface Session {
  readonly role: string;
  readonly path?: string; // of the role, as "aws-reserved/sso.amazonaws.com/eu-west-1/"
  readonly name: string;
  readonly accessKeyId: string;
  readonly since: number;
  readonly sourceIdentity?: string;
  readonly webIdentity?: string; // the provider's ARN
}

/** A call in a session of a role. */
export function asSession({ role, path = "", name, accessKeyId, since, sourceIdentity, webIdentity }: Session): object {
  const issuer = principalId("AROA", role);
  return {
    type: "AssumedRole",
    principalId: `${issuer}:${name}`,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${name}`,
    accountId: ACCOUNT,
    accessKeyId,
    sessionContext: {
      sessionIssuer: {
        ...{ type: "Role", principalId: issuer, arn: roleArn(`${path}${role}`), accountId: ACCOUNT },
        userName: role,
      },
      ...(webIdentity && { webIdFederationData: { federatedProvider: webIdentity, attributes: {} } }),
      attributes: { creationDate: seconds(since), mfaAuthenticated: "false" },
      ...(sourceIdentity && { sourceIdentity }),
    },
  };
}

const PERMISSION_SETS = ["PowerUserAccess", "AgentBuilder", "SandboxAdmin"];

/** A person's session of a permission set. AWS stamps the user's id on most calls, not on all. */
export function asPerson(human: Human, centreId: string, at: number, from: Dice): { by: object; accessKeyId: string } {
  const set = from.one(PERMISSION_SETS);
  const role = `AWSReservedSSO_${set}_${dice("permission set", set).text(16, "0123456789abcdef")}`;
  const accessKeyId = iamId("ASIA", from);
  const path = `aws-reserved/sso.amazonaws.com/${REGION}/`;
  const session = asSession({ role, path, name: human.address, accessKeyId, since: at - 600_000 });
  const onBehalfOf = {
    userId: centreId,
    identityStoreArn: `arn:aws:identitystore::${ACCOUNT}:identitystore/${STORE}`,
  };
  return { accessKeyId, by: from.chance(STAMPED) ? { ...session, onBehalfOf } : session };
}

const STAMPED = 0.87; // of calls

/** What IAM answers, in local text as CloudTrail shows it. */
function inWords(at: number): string {
  const date = new Date(at);
  const month = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")[date.getUTCMonth()];
  const hour = date.getUTCHours();
  const clock = `${hour % 12 || 12}:${seconds(at).slice(14, 19)} ${hour < 12 ? "AM" : "PM"}`;
  return `${month} ${date.getUTCDate()}, ${date.getUTCFullYear()}, ${clock}`;
}

type Doing = Pick<Call, "at" | "by"> & Partial<Pick<Call, "agent">>;
type Tags = readonly { readonly key: string; readonly value: string }[];

export const createUser = (userName: string, tags: Tags, doing: Doing, from: Dice): object =>
  trailRecord(
    {
      ...{ source: "iam", name: "CreateUser", ...doing },
      asked: { userName, ...(tags.length > 0 && { tags }) },
      answered: {
        user: {
          ...{ path: "/", userName, userId: principalId("AIDA", userName), arn: userArn(userName) },
          ...{ createDate: inWords(doing.at), ...(tags.length > 0 && { tags }) },
        },
      },
    },
    from,
  );

/** Whoever makes a key for himself need not name himself. */
export const createAccessKey = (
  userName: string,
  accessKeyId: string,
  doing: Doing,
  from: Dice,
  self = false,
): object =>
  trailRecord(
    {
      ...{ source: "iam", name: "CreateAccessKey", ...doing },
      asked: self ? null : { userName },
      answered: { accessKey: { userName, accessKeyId, status: "Active", createDate: inWords(doing.at) } },
    },
    from,
  );

export const createBedrockKey = (userName: string, id: string, doing: Doing, from: Dice): object =>
  trailRecord(
    {
      ...{ source: "iam", name: "CreateServiceSpecificCredential", ...doing },
      asked: { userName, serviceName: "bedrock.amazonaws.com", credentialAgeDays: 90 },
      answered: {
        serviceSpecificCredential: {
          ...{ createDate: inWords(doing.at), expirationDate: inWords(doing.at + 90 * 86_400_000) },
          ...{ serviceName: "bedrock.amazonaws.com", serviceCredentialAlias: `${userName}-at-${ACCOUNT}` },
          ...{ userName, serviceSpecificCredentialId: id, status: "Active" },
        },
      },
    },
    from,
  );

export const attachUserPolicy = (userName: string, policyArn: string, doing: Doing, from: Dice): object =>
  trailRecord(
    { source: "iam", name: "AttachUserPolicy", ...doing, asked: { userName, policyArn }, answered: null },
    from,
  );

export const tagUser = (userName: string, tags: Tags, doing: Doing, from: Dice): object =>
  trailRecord({ source: "iam", name: "TagUser", ...doing, asked: { userName, tags }, answered: null }, from);

export interface Assumed {
  readonly role: string;
  readonly name: string; // of the session: whoever asks chooses it
  readonly accessKeyId: string; // of the session
  readonly sourceIdentity?: string;
  readonly tags?: Tags;
}

/** Credentials of a role. CloudTrail keeps the token, too: nobody may. */
export function assumeRole(
  { role, name, accessKeyId, sourceIdentity, tags }: Assumed,
  doing: Doing,
  from: Dice,
): object {
  const given = { ...(sourceIdentity && { sourceIdentity }) };
  return trailRecord(
    {
      ...{ source: "sts", name: "AssumeRole", ...doing },
      asked: { roleArn: roleArn(role), roleSessionName: name, durationSeconds: 3600, ...given, ...(tags && { tags }) },
      answered: { ...issued(role, name, accessKeyId, doing.at, from), ...given },
      resources: [{ accountId: ACCOUNT, type: "AWS::IAM::Role", ARN: roleArn(role) }],
    },
    from,
  );
}

export const issued = (role: string, name: string, accessKeyId: string, at: number, from: Dice): object => ({
  credentials: {
    accessKeyId,
    sessionToken: `EXAMPLE${from.text(40, "abcdef0123456789")}`,
    expiration: inWords(at + 3_600_000),
  },
  assumedRoleUser: {
    assumedRoleId: `${principalId("AROA", role)}:${name}`,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${name}`,
  },
});

export const tagsOf = ({ tag, agent }: Pick<Planned, "tag" | "agent">): Tags => [
  { key: "agent", value: agent },
  ...(tag === undefined ? [] : [{ key: "owner", value: tag.value }]),
];
