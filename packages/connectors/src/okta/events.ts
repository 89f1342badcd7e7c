import type { Listener } from "@leasehold/core/connector";
import type { Actor, Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { ROUTED } from "../../kit/index.ts";
import { clientCredentials, consents, revocations } from "./consents.ts";
import { NO_ORG, oktaAccount, oktaCredential, orgOfHost } from "./ids.ts";
import { instantIn, LogEvent, type Said, targetOf } from "./log-event.ts";

const PARTNER = "aws.partner/okta.com/";
const INGEST = "leasehold.ingest.okta";

const Event = z.object({
  source: z.union([z.literal(INGEST), z.string().check(z.startsWith(PARTNER))]),
  resources: z.catch(z.optional(z.array(z.string().check(z.maxLength(256)))), undefined), // what we put in ourselves: the organisation
  detail: LogEvent,
});
export type Event = z.infer<typeof Event>;

const LIFECYCLE = {
  "user.lifecycle.create": "person.joined",
  "user.lifecycle.deactivate": "person.left",
  "user.lifecycle.suspend": "person.held",
  "scheduled_action.user_suspension.completed": "person.held", // that it is planned, put off or called off holds nobody yet
  "user.lifecycle.unsuspend": "person.reinstated",
  "user.lifecycle.activate": "person.reinstated", // also of one just created: said of a joiner it changes nothing
  "user.lifecycle.reactivate": "person.reinstated",
  "user.lifecycle.delete.initiated": "person.purged",
  "user.lifecycle.delete.completed": "person.purged",
} as const;

const MOVES: Readonly<Record<string, readonly string[]>> = {
  "user.account.update_profile": [], // which attributes: in debugData, by name only
  "user.account.update_primary_email": ["email"],
  "user.account.update_user_type": ["userType"],
};

const GRANTS = ["app.oauth2.as.consent.grant", "app.oauth2.consent.grant", "app.oauth2.admin.consent.grant"] as const;
const REVOKES = /^app[.]oauth2([.]as|[.]admin)?[.]consent[.]revoke([.]|$)/;
const CREDENTIALS = "app.oauth2.credentials.lifecycle.";

const either = (eventType: readonly unknown[]) => [
  { source: [{ prefix: PARTNER }, INGEST], detail: { eventType } }, // never by detail-type: its spelling is not settled
];

export const listener: Listener<Event> = {
  event: Event,
  emits: [
    "person.joined",
    "person.left",
    "person.held",
    "person.reinstated",
    "person.purged",
    "person.moved",
    "grant.created",
    "grant.revoked",
    "credential.issued",
    "credential.disabled",
    "credential.restored",
    "credential.deleted",
    "access.refused",
  ],
  normalise,
  ...(process.env["LEASEHOLD_BUNDLED"] === "yes"
    ? ROUTED
    : {
        patterns: {
          "identity-lifecycle": either([...Object.keys(LIFECYCLE), ...Object.keys(MOVES)]),
          "grant-created": either([
            ...GRANTS,
            ...["app.oauth2.as.consent.revoke", "app.oauth2.admin.consent.revoke"].map((prefix) => ({ prefix })),
          ]),
          "credential-issued": either([{ prefix: CREDENTIALS }]),
        },
        envelope,
      }),
};

/**
 * A record of the System Log as the event that we put on the bus for it, with only the fields we read. The body of an
 * event hook, or a list of records, is a list of such events. `org` is for records that do not name their organisation.
 */
export function envelope(record: unknown, org = NO_ORG): unknown {
  if (Array.isArray(record)) return record.map((one) => envelope(one, org)).filter((one) => one !== undefined);
  const delivered = Event.safeParse(record);
  if (delivered.success) return delivered.data;
  const hook = Hook.safeParse(record);
  if (hook.success) return envelope(hook.data.data.events, orgOfHost(URL.parse(hook.data.source)?.hostname ?? org));
  const { success, data: detail } = LogEvent.safeParse(record);
  if (!success) return undefined;
  const { uuid: id, published: time } = detail;
  return { version: "0", id, "detail-type": "Okta System Log", source: INGEST, time, resources: [org], detail };
}

const Hook = z.object({
  source: z.string().check(z.includes("/eventHooks/")),
  data: z.object({ events: z.array(z.unknown()) }),
});

function normalise(event: Event): readonly Signal[] {
  const { detail } = event;
  const occurredAt = instantIn(detail.published);
  if (occurredAt === undefined) return [];
  const org = orgOf(event);
  const said: Said = {
    source: { connector: "okta", eventId: detail.uuid, occurredAt },
    tenant: org,
    by: actorOf(org, detail),
  };
  const result = detail.outcome?.result;
  if (result === "SUCCESS" || result === "ALLOW") return changes(said, detail);
  return isRefusal(detail) ? refused(said, detail) : []; // anything else went wrong and changed nothing
}

function changes(said: Said, detail: LogEvent): readonly Signal[] {
  const { eventType } = detail;
  if (Object.hasOwn(LIFECYCLE, eventType))
    return lifecycle(said, detail, LIFECYCLE[eventType as keyof typeof LIFECYCLE]);
  if (Object.hasOwn(MOVES, eventType)) return moved(said, detail);
  if (GRANTS.some((grant) => grant === eventType)) return consents(said, detail);
  if (REVOKES.test(eventType)) return revocations(said, detail);
  if (eventType.startsWith(CREDENTIALS)) return clientCredentials(said, detail, eventType.slice(CREDENTIALS.length));
  return [];
}

function lifecycle(said: Said, detail: LogEvent, kind: (typeof LIFECYCLE)[keyof typeof LIFECYCLE]): readonly Signal[] {
  const user = targetOf(detail, "User");
  if (user === undefined) return [];
  const account = oktaAccount(said.tenant, user.id);
  return [{ kind, ...said, account, handle: { org: said.tenant, userId: user.id } }];
}

function moved(said: Said, detail: LogEvent): readonly Signal[] {
  const user = targetOf(detail, "User");
  if (user === undefined) return [];
  const names = detail.debugContext?.debugData?.changed_attributes?.split(/[\s,]+/) ?? [];
  const changed = [...(MOVES[detail.eventType] ?? []), ...names.filter((name) => /^\w{1,64}$/.test(name))];
  return [{ kind: "person.moved", ...said, account: oktaAccount(said.tenant, user.id), changed: changed.slice(0, 64) }];
}

const NOT_ALLOWED =
  /access[_ ]denied|not[_ ](allowed|authori[sz]ed)|forbidden|insufficient|no_matching_(policy|scope)/i;

/** A failure is mostly somebody's mistake; it is a refusal where Okta says so. */
function isRefusal({ outcome }: LogEvent): boolean {
  return outcome?.result === "DENY" || (outcome?.result === "FAILURE" && NOT_ALLOWED.test(outcome.reason ?? ""));
}

function refused(said: Said, detail: LogEvent): readonly Signal[] {
  const [first] = detail.target;
  return [{ kind: "access.refused", ...said, action: detail.eventType, resource: first?.id ?? said.tenant }];
}

function actorOf(org: string, { actor, transaction }: LogEvent): Actor {
  const token = transaction?.detail?.requestApiTokenId;
  const credential = token === undefined ? {} : { credential: oktaCredential(org, token) };
  if (actor === undefined) return { realm: "okta", name: "unknown", via: "unknown", ...credential };
  const name = actor.alternateId ?? actor.id;
  if (actor.type !== "User") return { realm: "okta", name, via: "workload", ...credential };
  return { realm: "okta", name, via: "idp-user", account: oktaAccount(org, actor.id), ...credential };
}

function orgOf({ source, resources }: Event): string {
  const said = source.startsWith(PARTNER) ? source.slice(PARTNER.length).split("/", 1).join() : resources?.[0];
  return orgOfHost(said !== undefined && /^[\w.-]{1,128}$/.test(said) ? said : NO_ORG);
}
