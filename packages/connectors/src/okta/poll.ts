import type { Poller, Since } from "@leasehold/core/connector";
import { badInput, laterBy } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { shaped } from "../../kit/index.ts";
import type { Api } from "./api.ts";
import { envelope, listener } from "./events.ts";
import { LOG_COUNTS } from "./limit.ts";

const LOGS = "/api/v1/logs";
const LOGS_READ = "okta.logs.read";
const OVERLAP_SECONDS = 86_400; // at the beginning, and where a cursor is no longer taken; what is read twice changes nothing

const FILTER = [
  ...["user.lifecycle.", "scheduled_action.user_suspension.completed", "user.account.update_"],
  ...["app.oauth2.as.consent.", "app.oauth2.consent."],
  ...["app.oauth2.admin.consent.", "app.oauth2.credentials.lifecycle."],
]
  .map((prefix) => `eventType sw "${prefix}"`)
  .join(" or ");

/** Follows the `next` link for ever: without `until` Okta gives one even behind the last record, in order of arrival. */
export const poller: Poller<Api> = { permissions: [LOGS_READ], emits: listener.emits, since };

async function since(api: Api, cursor: string | undefined): Promise<Since> {
  if (cursor !== undefined && !cursor.startsWith(`${LOGS}?`))
    throw badInput("the cursor is not one of the System Log", { field: "cursor" });
  const ask = { method: "GET", permission: LOGS_READ, accept: [400], counts: LOG_COUNTS } as const;
  const answered = await api.http.call({ ...ask, path: cursor ?? begin(api) });
  const fresh = answered.status === 400 ? await api.http.call({ ...ask, path: begin(api), accept: [] }) : answered;
  const records = shaped("okta", z.array(z.unknown()), fresh.json);
  return { signals: records.flatMap((record) => signalsOf(api, record)), next: fresh.next ?? cursor };
}

function begin({ clock }: Api): string {
  const query = { since: laterBy(clock(), -OVERLAP_SECONDS), sortOrder: "ASCENDING", limit: "1000", filter: FILTER };
  return `${LOGS}?${new URLSearchParams(query)}`;
}

function signalsOf({ org }: Api, record: unknown) {
  const event = listener.event.safeParse(envelope(record, org));
  return event.success ? listener.normalise(event.data) : [];
}
