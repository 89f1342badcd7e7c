import type { Listener } from "@leasehold/core/connector";
import { Instant } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { ROUTED } from "../../../kit/index.ts";
import { InstallationBody, installationSaid } from "./installation.ts";
import { KeyBody, keySaid } from "./key.ts";
import { AuditLine, auditSaid, MemberBody, memberSaid } from "./member.ts";
import { RunBody, runSaid } from "./run.ts";

/** Which event it is stands in a header that GitHub does not sign; the signed body tells it as well, by what it is about. */
export const Event = z.object({
  source: z.literal("github.webhook"),
  time: z.optional(Instant), // when it came, of what GitHub itself tells no time
  detail: z.union([RunBody, KeyBody, InstallationBody, MemberBody, AuditLine]),
});
export type Event = z.infer<typeof Event>;

export const eventOf = (body: unknown, time?: Instant) => ({
  source: "github.webhook",
  ...(time && { time }),
  detail: body,
});

/** No pattern: what nobody signed is not believed because it lies on a bus. */
export const listener: Listener<Event> = {
  event: Event,
  emits: [
    "pipeline.ran",
    "credential.issued",
    "credential.deleted",
    "grant.created",
    "grant.revoked",
    "credential.disabled",
    "credential.restored",
    "identity.deleted",
  ],
  normalise,
  ...(process.env["LEASEHOLD_BUNDLED"] === "yes"
    ? ROUTED
    : {
        patterns: {},
        envelope,
      }),
};

const Record = z.union([
  z.object({ action: z.string(), workflow_run: z.looseObject({}), repository: z.looseObject({}) }),
  z.object({
    action: z.enum(["created", "deleted"]),
    key: z.looseObject({ read_only: z.unknown() }),
    repository: z.looseObject({}),
  }),
  z.object({
    action: z.enum(["created", "deleted", "suspend", "unsuspend"]),
    installation: z.looseObject({ app_id: z.unknown(), permissions: z.looseObject({}) }), // of other events it has an id alone
    sender: z.looseObject({}),
  }),
  z.object({
    action: z.literal("member_removed"),
    membership: z.looseObject({}),
    organization: z.looseObject({}),
  }),
  z.object({ action: z.literal("org.remove_member"), org: z.string(), user: z.string() }),
]);

/** The body of a delivery, as GitHub's own list of deliveries keeps it, or a line of its audit log. */
function envelope(record: unknown): unknown {
  return Record.safeParse(record).success ? eventOf(record) : undefined;
}

function normalise({ detail, time }: Event): readonly Signal[] {
  if ("workflow_run" in detail) return runSaid(detail);
  if ("key" in detail) return keySaid(detail, time);
  if ("installation" in detail) return installationSaid(detail, time);
  return "membership" in detail ? memberSaid(detail, time) : auditSaid(detail);
}
