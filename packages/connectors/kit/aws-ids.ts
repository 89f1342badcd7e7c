import { type AccountId, type CredentialId, derivedId, type SessionId } from "@leasehold/core/kernel";
import type { Identity } from "@leasehold/core/signal";

export { emailAccount, isEmail } from "@leasehold/core/lineage"; // the graph links people by the same id

/** `org` is the organisation's host or the first label of it: a log stream tells the label alone, and both must be one account. */
export const oktaAccount = (org: string, userId: string): AccountId =>
  derivedId("acc", "okta", org.split(".", 1).join().toLowerCase(), userId);

/** A user id is unique in its identity store only, and a user who comes back gets a new one. */
export const identityCenterAccount = (storeId: string, userId: string): AccountId =>
  derivedId("acc", "aws-identity-center", storeId, userId);

/** A user's name is unique in its account whatever its path; most events tell the name alone, so we leave the path out. */
export const iamUserArn = (account: string, userName: string, partition = "aws"): string =>
  `arn:${partition}:iam::${account}:user/${userName}`;

/**
 * An IAM user that is a person's own: the account that stands behind its credentials. By AWS's own id of it, which is never given
 * twice; a name can be taken over by renaming. Where a record tells the ARN alone, it is an account of its own, joined to none.
 */
export const iamUserAccount = (arn: string, uniqueId?: string): AccountId =>
  derivedId("acc", "aws", uniqueId !== undefined && IAM_USER.test(uniqueId) ? uniqueId : withoutPath(arn));

const IAM_USER = /^AIDA[A-Z0-9]{7,124}$/;

export const iamIdentity = (arn: string): Identity => awsIdentity(withoutPath(arn));

/** A role is known by its name, which is unique in its account, for most events tell no more; its path is shown where one does. */
export const iamRole = (arn: string): Identity => ({
  id: derivedId("idn", "aws", withoutPath(arn)),
  realm: "aws",
  name: arn,
});

export const iamRoleArn = (account: string, roleName: string, partition = "aws"): string =>
  `arn:${partition}:iam::${account}:role/${roleName}`;

/** What acts in AWS and is no IAM user: by its ARN, which AWS never gives twice. */
export const awsIdentity = (arn: string): Identity => ({ id: derivedId("idn", "aws", arn), realm: "aws", name: arn });

/** Access key ids are unique in all of AWS, those of service-specific credentials too, and at 2 a.m. one is all one has. */
export const accessKey = (accessKeyId: string): CredentialId => derivedId("crd", "aws", accessKeyId);

/** A password has no id: a user has one at most, and most events tell the user's name alone. */
export const loginProfile = (userArn: string): CredentialId =>
  derivedId("crd", "aws", iamIdentity(userArn).name, "login profile");

/** What stands for a credential and has no key id: by its ARN. */
export const awsCredential = (arn: string): CredentialId => derivedId("crd", "aws", arn);

export const isSessionKey = (accessKeyId: string): boolean => /^ASIA[A-Z0-9]{12,124}$/.test(accessKeyId);

/** The session that a temporary key id stands for: one of a session is never another's. */
export const keySession = (accessKeyId: string): SessionId => derivedId("ses", "aws", accessKeyId);

/** A session of the console has no key id of its own. */
export const consoleSession = (principalId: string, since: string): SessionId =>
  derivedId("ses", "aws", principalId, since);

/** One sign-in of a person, whatever keys it is given while it lasts. */
export const signInSession = (arn: string): SessionId => derivedId("ses", "aws", arn);

/** What goes on behind a thing that is called with tokens of others: asked for by its ARN. */
export const behindArn = (arn: string): SessionId => derivedId("ses", "aws", arn);

/** What comes with a bearer token and no key: AWS's own id of the token, which is kept only as what it was made into. */
export const bearerSession = (credentialId: string): SessionId => derivedId("ses", "aws", "bearer", credentialId);

/** What an IAM user is called that the console makes for a long-term key of Bedrock's: nobody's account, and made for one key. */
export const isPhantom = (arn: string): boolean => /:user\/(.+\/)?BedrockAPIKey-[^/]+$/.test(arn);

/** Google's id of an account is the same wherever Google vouches for it. */
export const googleAccount = (subject: string): AccountId => derivedId("acc", "google", subject);

/** What acts by a role names it with its path, and most other records without: one role must have one name. */
export const withoutPath = (arn: string): string =>
  arn.replace(/^(arn:[^:]+:iam::[^:]*:(?:user|role))\/.*\/([^/]+)$/, "$1/$2");

export const partitionOf = (arn: string | null | undefined): string =>
  /^arn:(aws[a-z-]*):/.exec(arn ?? "")?.[1] ?? "aws";

export const accountOf = (arn: string | undefined): string | undefined => arn?.split(":")[4];

/** CloudTrail hides some values; what hides many must never become one node that they all share. */
const isMasked = (text: string): boolean => text.includes("****") || text.includes("HIDDEN_DUE_TO_SECURITY_REASONS");

/** The value, unless it is absent, empty or hidden. */
export const unmasked = (text: string | null | undefined): string | undefined =>
  text === undefined || text === null || text === "" || isMasked(text) ? undefined : text;
