import type { Listener } from "@leasehold/core/connector";
import type { Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { emailAccount, isEmail, ROUTED } from "../../kit/index.ts";
import { Activity, type Happening, Page, type Said, textIn, Written } from "./activity.ts";
import { actorOf } from "./actor.ts";
import { consented, delegated, ended, takenBack, undelegated } from "./grants.ts";

const INGEST = "leasehold.ingest.google-workspace";

const Event = z.object({ source: z.literal(INGEST), detail: Activity });
export type Event = z.infer<typeof Event>;

/**
 * Deleted is not purged: for twenty days it can be taken back. CREATE_USER is left out on purpose: all that it names is an
 * address, and whoever gets the address of somebody who left is somebody else.
 */
const LIFECYCLE = {
  SUSPEND_USER: "person.held",
  ARCHIVE_USER: "person.left",
  DELETE_USER: "person.left",
  UNSUSPEND_USER: "person.reinstated",
  UNARCHIVE_USER: "person.reinstated",
  UNDELETE_USER: "person.reinstated",
} as const;

type Saying = (said: Said, activity: Activity, happening: Happening) => readonly Signal[];
const SAYS: Readonly<Record<string, Readonly<Record<string, Saying>>>> = {
  admin: {
    ...Object.fromEntries(Object.entries(LIFECYCLE).map(([name, kind]) => [name, lifecycle(kind)])),
    REVOKE_3LO_TOKEN: (said, _, happening) => ended(said, happening),
    AUTHORIZE_API_CLIENT_ACCESS: (said, _, happening) => delegated(said, happening),
    REMOVE_API_CLIENT_ACCESS: (said, _, happening) => undelegated(said, happening),
  },
  token: { authorize: consented, revoke: takenBack },
};

const heard = (applicationName: string, names: readonly string[]) => ({
  source: [INGEST],
  detail: { id: { applicationName: [applicationName] }, events: { name: [...names] } },
});

export const listener: Listener<Event> = {
  event: Event,
  emits: ["person.held", "person.left", "person.reinstated", "grant.created", "grant.revoked", "account.seen"],
  normalise,
  ...(process.env["LEASEHOLD_BUNDLED"] === "yes"
    ? ROUTED
    : {
        patterns: {
          "identity-lifecycle": [heard("admin", Object.keys(LIFECYCLE))],
          "grant-created": [
            heard("token", ["authorize", "revoke"]),
            heard("admin", ["REVOKE_3LO_TOKEN", "AUTHORIZE_API_CLIENT_ACCESS", "REMOVE_API_CLIENT_ACCESS"]),
          ],
        },
        envelope,
      }),
};

/** An activity, a list of them or a page of the API's answer, as the events to put on the bus, with only the fields we read. */
function envelope(record: unknown): unknown {
  if (Array.isArray(record)) return record.map(envelope).filter((one) => one !== undefined);
  const page = Page.safeParse(record);
  if (page.success) return envelope(page.data.items);
  const { success, data } = Written.safeParse(record);
  if (!success) return undefined;
  const { kind: _, ...detail } = data;
  const type = [detail.id.applicationName, detail.events[0]?.name].join(" ");
  return { version: "0", id: idOf(detail), "detail-type": type, source: INGEST, time: detail.id.time, detail };
}

function normalise({ detail }: Event): readonly Signal[] {
  const { id, events } = detail;
  return events.flatMap((happening, n) => {
    if (!isDone(happening)) return [];
    const eventId = n === 0 ? idOf(detail) : `${idOf(detail)}/${n}`;
    const source = { connector: "google-workspace", eventId, occurredAt: id.time };
    const said = { source, tenant: id.customerId, by: actorOf(detail) };
    return sayingOf(id.applicationName, happening.name)?.(said, detail, happening) ?? [];
  });
}

/** The qualifier tells apart what happened at one time, and nothing else. */
const idOf = ({ id }: { readonly id: Readonly<Record<keyof Activity["id"], string>> }): string =>
  [id.time, id.uniqueQualifier, id.applicationName, id.customerId].join("/");

/** Most events bear no status, or an empty one; what failed or was passed over changed nothing. */
const isDone = ({ status }: Happening): boolean =>
  /^(SUCCEEDED|SUCCEEDED_WITH_WARNINGS|UNKNOWN_EVENT_STATUS|)$/.test(status?.eventStatus ?? "");

function sayingOf(applicationName: string, name: string): Saying | undefined {
  const says = Object.hasOwn(SAYS, applicationName) ? SAYS[applicationName] : undefined;
  return says !== undefined && Object.hasOwn(says, name) ? says[name] : undefined;
}

/** The address is all that Google tells of whom it happened to. It is a place, to which accounts are linked while they are reached by it. */
function lifecycle(kind: (typeof LIFECYCLE)[keyof typeof LIFECYCLE]): Saying {
  return (said, _, happening) => {
    const email = textIn(happening, "USER_EMAIL");
    if (email === undefined || !isEmail(email)) return [];
    return [{ kind, ...said, account: emailAccount(email), handle: { customerId: said.tenant, userKey: email } }];
  };
}
