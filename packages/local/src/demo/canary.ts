import { type Instant, later } from "@leasehold/core/kernel";
import { asUser, logEvent } from "./log-record.ts";
import { type DemoPerson, everybody } from "./people.ts";
import { ACCOUNT, STORE } from "./places.ts";
import { inSeconds, weeksAgo } from "./time.ts";
import { inRole, trailEvent } from "./trail-record.ts";
import { demoWorlds } from "./worlds.ts";

/** Nobody: an account that exists to leave. Its ids are of no one else's, and its name says what it is. */
export const CANARY: DemoPerson = {
  ...{ name: "Leasehold Canary", title: "Canary of the leaver drill", department: "IT", manager: "grace" },
  ...{ email: "drill-canary@example.com", employeeNumber: "9901", okta: "00u1canary000example" },
  identityCenter: "00009901-89ab-4def-8123-456789abcdef",
  ...{ slack: "U0DEMO09901", jira: "5b10demo0000000000009901", byAddressOnly: false },
};
const KEY = "AKIACANARYDRLEXAMPLE";
export const canaryDrill = { person: CANARY.email, connector: "aws-iam", identity: "drill-canary" };

/** The people of Example Corp, and of their keys none: in a drill's store there is nothing but the canary's to switch off. */
export function canaryWorlds(now: Instant): ReturnType<typeof demoWorlds> {
  const worlds = demoWorlds(now, [...everybody, CANARY]);
  const createdAt = weeksAgo(now, 4);
  const keys = [{ accessKeyId: KEY, status: "Active" as const, createdAt, lastUsed: null }];
  const user = { userName: canaryDrill.identity, createdAt, tags: { owner: CANARY.email }, groups: [], attached: [] };
  return { ...worlds, "aws-iam": { ...worlds["aws-iam"], users: [{ ...user, inline: {}, keys }] } };
}

const lifecycle = (verb: "deactivate" | "reactivate", message: string, at: Instant): unknown =>
  logEvent({
    ...{ eventType: `user.lifecycle.${verb}`, message, at, actor: asUser("fay") },
    target: [{ id: CANARY.okta, type: "User", alternateId: CANARY.email, displayName: CANARY.name, detailEntry: null }],
  });

export const canaryEvents = {
  leaves: (at: Instant): unknown => lifecycle("deactivate", "Deactivate Okta user", at),
  returns: (at: Instant): unknown => lifecycle("reactivate", "Reactivate Okta user", at),
  /** Its agent and key, made by itself in an Identity Center session: history. */
  made: (now: Instant): readonly unknown[] => {
    const at = weeksAgo(now, 4) as Instant;
    const by = {
      ...inRole("AWSReservedSSO_PowerUserAccess_0123456789abcdef", CANARY.email, at),
      onBehalfOf: {
        userId: CANARY.identityCenter,
        identityStoreArn: `arn:aws:identitystore::${ACCOUNT}:identitystore/${STORE}`,
      },
    };
    const userName = canaryDrill.identity;
    const user = {
      path: "/",
      userName,
      userId: "AIDACANARYQ6C3EXAMPLE",
      arn: `arn:aws:iam::${ACCOUNT}:user/${userName}`,
    };
    const accessKey = { accessKeyId: KEY, status: "Active", userName, createDate: inSeconds(at) };
    return [
      trailEvent({ eventName: "CreateUser", at, by, asked: { userName }, answered: { user } }),
      trailEvent({
        eventName: "CreateAccessKey",
        at: later(at, 0.1),
        by,
        asked: { userName },
        answered: { accessKey },
      }),
    ];
  },
};
