import type { Instant } from "@leasehold/core/kernel";
import { KEYS, type KeyName, named } from "./agents.ts";
import type { DemoGrant } from "./grants.ts";
import { asApp, asUser, logEvent, OKTA_ITSELF } from "./log-record.ts";
import { PEOPLE, type Who } from "./people.ts";
import { ACCOUNT, STORE } from "./places.ts";
import { inSeconds } from "./time.ts";
import { inRole, inSsoSession, trailEvent, uuidOf, withKey } from "./trail-record.ts";

/** Okta: an administrator deactivates somebody. */
export const leaves = (who: Who, at: Instant): unknown =>
  logEvent({
    ...{ eventType: "user.lifecycle.deactivate", message: "Deactivate Okta user", at },
    ...{ actor: asUser("fay"), target: [asUser(who)] },
  });

/** Okta: it was a mistake, or they came back. */
export const returns = (who: Who, at: Instant): unknown =>
  logEvent({
    ...{ eventType: "user.lifecycle.reactivate", message: "Reactivate Okta user", at },
    ...{ actor: asUser("fay"), target: [asUser(who)] },
  });

/** Okta: somebody lets an application act for them; one record, a grant for each scope. */
export function consents(grants: readonly [DemoGrant, ...DemoGrant[]], at: Instant): unknown {
  const [{ clientId, app }] = grants;
  const granted = grants.map(({ grantId: id, scope, user }) => ({
    ...{ id, type: "ConsentGrant", alternateId: null, displayName: scope },
    detailEntry: { publicclientapp: clientId, user: PEOPLE[user].okta },
  }));
  return logEvent({
    ...{ eventType: "app.oauth2.as.consent.grant", message: "User granted consent to app", at },
    ...{ actor: OKTA_ITSELF, target: [...granted, asApp(clientId, app)] },
  });
}

/** Identity Center's own notification about one user. */
function notification(type: "User Updated" | "User Deleted", who: Who, at: Instant, more: object = {}): unknown {
  const userId = PEOPLE[who].identityCenter;
  return {
    ...{ version: "0", id: uuidOf(type, who, at), "detail-type": type, source: "aws.identitystore" },
    ...{ account: ACCOUNT, time: inSeconds(at), region: "eu-west-1" },
    resources: [`arn:aws:identitystore::${ACCOUNT}:identitystore/${STORE}`, `arn:aws:identitystore:::user/${userId}`],
    detail: { "event-version": "1.0", "identity-store-id": STORE, "user-id": userId, ...more },
  };
}
export const disabledInIdentityCenter = (who: Who, at: Instant): unknown =>
  notification("User Updated", who, at, { "user-status": "DISABLED" });
export const deletedInIdentityCenter = (who: Who, at: Instant): unknown => notification("User Deleted", who, at);

/** The same deletion as CloudTrail has it: the actor is stamped with a user id, and has no name. */
export const deletedInTrail = (who: Who, at: Instant): unknown =>
  trailEvent({
    ...{ eventName: "DeleteUser", eventSource: "identitystore.amazonaws.com", at },
    by: {
      ...{ type: "Unknown", accountId: ACCOUNT },
      onBehalfOf: {
        userId: PEOPLE.fay.identityCenter,
        identityStoreArn: `arn:aws:identitystore::${ACCOUNT}:identitystore/${STORE}`,
      },
    },
    asked: { identityStoreId: STORE, userId: PEOPLE[who].identityCenter },
  });

/** IAM: somebody in an Identity Center session makes a user. */
export const makesUser = (who: Who, userName: string, at: Instant): unknown =>
  trailEvent({
    ...{ eventName: "CreateUser", at, by: inSsoSession(who, at), asked: { userName } },
    answered: { user: userMade(userName, at) },
  });

const userMade = (userName: string, at: Instant) => ({
  ...{ path: "/", userName, userId: "AIDACKCEVSQ6C3EXAMPLE", arn: `arn:aws:iam::${ACCOUNT}:user/${userName}` },
  createDate: localText(at),
});

export const makesKey = (who: Who, userName: string, accessKeyId: string, at: Instant): unknown =>
  keyMade(inSsoSession(who, at), userName, accessKeyId, at);

/** IAM: a pipeline makes a key. Its session is named after the run, so no person stands anywhere in the record. */
export const pipelineMakesKey = (userName: string, accessKeyId: string, at: Instant): unknown =>
  keyMade(inRole("ci-deploy", "run-4711", at), userName, accessKeyId, at);

const keyMade = (by: object, userName: string, accessKeyId: string, at: Instant): unknown =>
  trailEvent({
    ...{ eventName: "CreateAccessKey", at, by, asked: { userName } },
    answered: { accessKey: { accessKeyId, status: "Active", userName, createDate: localText(at) } },
  });

/** IAM: somebody's own hand switches a key on or off. */
export const switches = (who: Who, key: KeyName, status: "Active" | "Inactive", at: Instant): unknown =>
  trailEvent({
    ...{ eventName: "UpdateAccessKey", at, by: inSsoSession(who, at) },
    asked: { userName: KEYS[key].userName, accessKeyId: KEYS[key].accessKeyId, status },
  });

/** A key is used: its agent asks for something that it may not do. IAM counts that as a use like any other. */
export function uses(key: KeyName, at: Instant): unknown {
  const { userName, accessKeyId, arn } = KEYS[key];
  return trailEvent({
    ...{ eventName: "CreateAccessKey", at, by: withKey(userName, accessKeyId), asked: { userName } },
    refused: `User: ${arn} is not authorized to perform: iam:CreateAccessKey on resource: user ${userName} because no identity-based policy allows the iam:CreateAccessKey action`,
  });
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** IAM answers with local text, here without an hour's offset; nothing may read it. */
function localText(at: Instant): string {
  const [year, month, day] = at.slice(0, 10).split("-").map(Number);
  const [hour = 0] = at.slice(11).split(":").map(Number);
  return `${MONTHS[(month ?? 1) - 1]} ${day}, ${year} ${hour % 12 || 12}:${at.slice(14, 19)} ${hour < 12 ? "AM" : "PM"}`;
}

/** The live events of the story, each at the instant that it is given. */
export const demoEvents = {
  sueLeaves: (now: Instant) => leaves("sue", now),
  niaLeaves: (now: Instant) => leaves("nia", now),
  niaReturns: (now: Instant) => returns("nia", now),
  patLeaves: (now: Instant) => leaves("pat", now),
  keySwitchedOn: (now: Instant, key: KeyName) => switches("ben", key, "Active", now),
  keySwitchedOff: (now: Instant, key: KeyName) => switches("ben", key, "Inactive", now),
  keyUsed: (now: Instant, key: KeyName) => uses(key, now),
  keyMadeByPipeline: (now: Instant) => pipelineMakesKey(PIPELINE_KEY.userName, PIPELINE_KEY.accessKeyId, now),
} as const;

/** The key that the pipeline makes: no simulator begins with it. */
export const PIPELINE_KEY = named("deploy-agent", "AKIACICREATEDEXAMPLE");
