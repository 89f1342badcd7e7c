import type { HookRequest, State } from "@leasehold/core/connector";
import type { Clock, Instant } from "@leasehold/core/kernel";
import { createHttp, type Live, type Memory, type Simulated, type Simulator, serve } from "../../kit/index.ts";
import { type Api, OKTA_HOSTS } from "./api.ts";
import { type Event, listener } from "./events.ts";
import { oktaAccount, oktaCredential } from "./ids.ts";
import { after, empty, type Grant, REFUSAL, revocation, routesOf, type User, type World } from "./simulated-org.ts";

export { empty, type World } from "./simulated-org.ts";

const MONDAY = "2026-11-02T09:00:00.000Z" as Instant;
const SECRET = "demo event hook secret"; // of no use anywhere else
const LONG_AGO = "2026-09-01T08:00:00.000Z";

const aUser = (id: string, status: string, profile: User["profile"], over: Partial<User> = {}): User => ({
  ...{ id, status, lastUpdated: LONG_AGO },
  profile: { email: profile["login"] ?? "", ...profile },
  ...over,
});
const ADA = aUser("00u1ada0example00001", "ACTIVE", {
  ...{ login: "ada@example.com", displayName: "Ada Example", employeeNumber: "1001" },
  ...{ department: "Payments", managerId: "00u1grace0example002" },
});
const GRACE = aUser("00u1grace0example002", "ACTIVE", {
  login: "grace@example.com",
  firstName: "Grace",
  lastName: "Hill",
});
const GRANT: Grant = {
  ...{ id: "oag1example000000001", status: "ACTIVE", userId: ADA.id },
  ...{ clientId: "0oa1agent0example001", app: "Refund agent", scope: "payments.write" },
  ...{ created: LONG_AGO, lastUpdated: LONG_AGO },
};
const SAMPLE: World = {
  ...empty,
  users: [
    ADA,
    GRACE,
    aUser("00u1held0example0003", "SUSPENDED", { login: "held@example.com", managerId: "grace@example.com" }),
    aUser("00u1left0example0004", "DEPROVISIONED", { login: "left@example.com", managerId: "1001" }),
    aUser(
      "00u1leaving0example5",
      "ACTIVE",
      { login: "leaving@example.com" },
      { transitioningToStatus: "DEPROVISIONED" },
    ),
    aUser("00u1locked0example06", "LOCKED_OUT", { login: "locked@example.com" }),
    aUser("00u1staged0example07", "STAGED", { login: "staged@example.com" }),
  ],
  grants: [GRANT, { ...GRANT, id: "oag1example000000002", scope: "okta.users.read", userId: GRACE.id }],
};
const GROUPS: World["groups"] = ["00g1other0example001", "00g1other0example002", "00g1security0example"].map((id) => ({
  ...{ id, name: id.slice(4, -7), members: [ADA.id, "00u1left0example0004"] },
}));
const handleOf = (userId: string) => ({ org: empty.org, userId });

/** An Okta organisation behind its own REST API. The connector's real client talks to it. */
export const simulator: Simulator<Api, World> = {
  acts: { "oauth grant": { states: [{ status: "ACTIVE", scope: GRANT.scope }, undefined], start } },
  sample: {
    world: { ...SAMPLE, ...(GROUPS && { groups: GROUPS }) },
    groups: {
      id: "00g1security0example",
      has: [handleOf(ADA.id), handleOf("00u1left0example0004")],
      not: [handleOf(GRACE.id), handleOf("00u1nobody0example08")],
      members: [ADA.id, "00u1left0example0004"].map((id) => oktaAccount(empty.org, id)),
    },
    people: [
      [handleOf(ADA.id), "active"],
      [handleOf("00u1held0example0003"), "suspended"],
      [handleOf("00u1left0example0004"), "departed"],
      [handleOf("00u1leaving0example5"), "unknown"],
      [handleOf("00u1locked0example06"), "active"],
      [handleOf("00u1staged0example07"), "unknown"],
      [handleOf("00u1nobody0example08"), "gone"],
    ],
  },
  signing: [SECRET],
  hooked: {
    settings: { org: `https://${empty.org}.okta.com`, clientId: "0oa1leasehold0example", keyName: "okta.key" },
    send: (events, now) => sent(events as readonly Event[], now),
  },
  live,
};

/** An event hook, as https://developer.okta.com/docs/concepts/event-hooks/ shows it. */
function sent(events: readonly Event[], now: Instant): HookRequest {
  const body = JSON.stringify({
    ...{ eventType: "com.okta.event_hook", eventTypeVersion: "1.0", cloudEventsVersion: "0.1" },
    ...{ contentType: "application/json", eventId: "b5a188b9-5ece-4636-b041-000000000001", eventTime: now },
    source: `https://${empty.org}.okta.com/api/v1/eventHooks/who1example000000001`,
    data: { events: events.map(({ detail }) => detail) },
  });
  return { method: "POST", body, headers: { "content-type": "application/json", authorization: SECRET } };
}

type Running = Live<Api> & { readonly calls: string[] };

function live(memory: Memory<World>, clock: Clock, emit: (event: unknown) => void): Running {
  const world = () => memory.get() ?? empty;
  const calls: string[] = [];
  const revoke = (grant: Grant) => {
    const event = revocation(world(), grant, clock());
    memory.set(after(world(), event));
    emit({ ...delivered(event), ...event });
  };
  const fetch = serve({
    routes: routesOf(world, revoke),
    mood: () => running.mood,
    called: (permission) => calls.push(permission),
    refusal: REFUSAL,
  });
  const base = `https://${world().org}.okta.com`;
  const http = createHttp({ provider: "okta", base, hosts: OKTA_HOSTS, clock, fetch });
  const running: Running = {
    api: { http, org: world().org, clock },
    calls,
    mood: "willing",
    absorb(event) {
      const read = listener.event.safeParse(event);
      if (read.success) memory.set(after(world(), read.data));
    },
  };
  return running;
}

/** The rest of what EventBridge writes around a partner's event. */
const delivered = ({ detail: { uuid: id, published: time } }: Event) => ({
  ...{ version: "0", id, "detail-type": "SystemLog", account: "111122223333", time, region: "eu-west-1" },
});

function start(state: State): Simulated<Api> {
  const granted = (to: State) =>
    to === undefined ? [] : [{ ...GRANT, status: to["status"] ?? "ACTIVE", scope: to["scope"] ?? GRANT.scope }];
  let world: World = { ...empty, users: [ADA], grants: granted(state) };
  const memory: Memory<World> = {
    get: () => world,
    set: (to) => {
      world = to;
    },
  };
  const running = live(
    memory,
    () => MONDAY,
    () => {},
  );
  const handle = { org: empty.org, userId: ADA.id, clientId: GRANT.clientId, grantId: GRANT.id };
  return Object.assign(running, {
    target: { credential: oktaCredential(empty.org, GRANT.id), handle },
    state: (): State => world.grants[0] && { status: world.grants[0].status, scope: world.grants[0].scope },
    put: (to: State) => {
      world = { ...world, grants: granted(to) };
    },
  });
}
