import type { Instant } from "@leasehold/core/kernel";
import { AGENTS, type DemoAgent, type DemoKey, GROUPS } from "./agents.ts";
import { type DemoGrant, GRANTS } from "./grants.ts";
import { type DemoPerson, everybody, PEOPLE } from "./people.ts";
import { ACCOUNT, OPERATORS, ORG, SECURITY, SITE, STORE } from "./places.ts";
import { hoursAgo, weeksAgo } from "./time.ts";

/** What every simulator begins with, by connector: plain JSON, and the same people and dates in each. */
export type DemoWorlds = ReturnType<typeof demoWorlds>;
export type IamWorld = DemoWorlds["aws-iam"];

const HIRED = 60; // weeks; a directory that was set up then and has not changed since
const SIGNING = "demo signing secret"; // a demonstration's, of no use anywhere else

export function demoWorlds(now: Instant, people: readonly DemoPerson[] = everybody) {
  return {
    "aws-iam": {
      account: ACCOUNT,
      users: AGENTS.map((agent) => iamUser(agent, now)),
      groups: structuredClone(GROUPS) as Record<string, { attached: string[]; inline: Record<string, object> }>,
      events: 0,
    },
    "aws-identity-center": {
      account: ACCOUNT,
      identityStoreId: STORE,
      instance: "arn:aws:sso:::instance/ssoins-1234567890abcdef", // it lets nobody into an account by themselves
      users: people.map((person) => identityCenterUser(person, now)),
      groups: [{ groupId: OPERATORS, name: "Leasehold operators", members: [PEOPLE.sam.identityCenter] }],
    },
    okta: {
      org: ORG,
      users: people.map((person) => oktaUser(person, now)),
      groups: [{ id: SECURITY, name: "Security", members: [PEOPLE.sam.okta, PEOPLE.fay.okta] }],
      grants: Object.values(GRANTS).map((grant) => oktaGrant(grant, now)),
      log: [],
    },
    slack: {
      ...{ team: "T0EXAMPLE01", secret: SIGNING, messages: [], count: 0 },
      users: people.map(({ slack: id, email }) => ({ id, email })),
    },
    jira: {
      ...{ site: SITE, project: "SEC", secret: SIGNING, issues: [], count: 0 },
      users: people.map(({ jira: accountId, email }) => ({ accountId, email })),
    },
  };
}

function iamUser({ userName, age, keys, ...agent }: DemoAgent, now: Instant) {
  return {
    userName,
    createdAt: weeksAgo(now, age) as string,
    tags: { ...(agent.madeBy && { owner: PEOPLE[agent.madeBy].email }), ...agent.tags },
    groups: [...(agent.groups ?? [])],
    attached: [...(agent.attached ?? [])],
    inline: structuredClone(agent.inline ?? {}) as Record<string, object>,
    keys: keys.map((key) => iamKey(key, now)),
  };
}

interface IamKey {
  accessKeyId: string;
  status: "Active" | "Inactive" | "Expired";
  createdAt: string;
  lastUsed: string | null;
}

const iamKey = ({ accessKeyId, age, usedBefore }: DemoKey, now: Instant): IamKey => ({
  ...{ accessKeyId, status: "Active", createdAt: weeksAgo(now, age) },
  lastUsed: usedBefore === null ? null : hoursAgo(now, usedBefore),
});

/** Filled by Okta, mostly: whom it provisioned carries Okta's own id. */
function identityCenterUser(person: DemoPerson, now: Instant) {
  const { identityCenter, email, name, employeeNumber, department, manager, okta } = person;
  const status: "ENABLED" | "DISABLED" | null = "ENABLED";
  return {
    ...{ userId: identityCenter, userName: email, displayName: name, email: email as string | null },
    status: status as "ENABLED" | "DISABLED" | null,
    externalIds: person.byAddressOnly ? [] : [{ issuer: `https://${ORG}.okta.com`, id: okta }],
    createdAt: weeksAgo(now, HIRED) as string,
    updatedAt: null as string | null,
    enterprise: {
      ...{ employeeNumber, department },
      ...(manager && { manager: { value: PEOPLE[manager].identityCenter } }),
    },
  };
}

function oktaUser({ okta, email, name, title, department, employeeNumber, manager }: DemoPerson, now: Instant) {
  const [firstName = "", lastName = ""] = name.split(" ");
  const profile: Record<string, string> = {
    ...{ login: email, email, firstName, lastName, displayName: name, title, department, employeeNumber },
    ...(manager && { manager: PEOPLE[manager].name, managerId: PEOPLE[manager].okta }),
  };
  return { id: okta, status: "ACTIVE", lastUpdated: weeksAgo(now, HIRED) as string, profile };
}

function oktaGrant({ grantId, user, clientId, app, scope, age }: DemoGrant, now: Instant) {
  const created: string = weeksAgo(now, age);
  return {
    ...{ id: grantId, status: "ACTIVE", userId: PEOPLE[user].okta, clientId, app, scope },
    ...{ created, lastUpdated: created },
  };
}
