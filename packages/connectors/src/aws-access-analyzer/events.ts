import type { Listener } from "@leasehold/core/connector";
import { Instant } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { ROUTED, timeIn } from "../../kit/index.ts";
import { judgedIn, OUTSIDE, whomIn } from "./judged.ts";

const [OPENED, UNUSED] = ["Access Analyzer Finding", "Unused Access Finding for IAM entities"] as const;

/** What an event tells enough of: which key of a user it is that nobody used, only the finding itself says. */
const UNUSED_TYPES = ["UnusedIAMRole", "UnusedIAMUserPassword", "UnusedPermission"] as const;

const Text = z.string().check(z.maxLength(2048));
const common = {
  accountId: z.string().check(z.regex(/^\d{12}$/)),
  resource: Text,
  status: z.string().check(z.maxLength(32)),
  updatedAt: z.nullish(Text),
  isDeleted: z.nullish(z.boolean()),
  error: z.nullish(Text),
};
const Id = z.string().check(z.minLength(1), z.maxLength(128));

// With which actions, on what condition and by which policy is not read: there is no field for it.
const Event = z.discriminatedUnion("detail-type", [
  z.object({
    "detail-type": z.literal(OPENED),
    time: Instant,
    detail: z.object({
      ...common,
      id: Id,
      resourceType: z.enum(OUTSIDE),
      isPublic: z.nullish(z.boolean()),
      principal: z.nullish(z.object({ AWS: z.nullish(Text), Federated: z.nullish(Text) })),
    }),
  }),
  z.object({
    "detail-type": z.literal(UNUSED),
    time: Instant,
    detail: z.object({ ...common, findingId: Id, findingType: z.enum(UNUSED_TYPES) }),
  }),
]);
type Event = z.infer<typeof Event>;

/** A finding comes in the Region of its analyzer, within about an hour. */
export const listener: Listener<Event> = {
  event: Event,
  emits: ["access.judged"],
  normalise,
  ...(process.env["LEASEHOLD_BUNDLED"] === "yes"
    ? ROUTED
    : {
        patterns: {
          exposure: [
            { source: ["aws.access-analyzer"], "detail-type": [OPENED], detail: { resourceType: [...OUTSIDE] } },
            { source: ["aws.access-analyzer"], "detail-type": [UNUSED], detail: { findingType: [...UNUSED_TYPES] } },
          ],
        },
      }),
};

/** Of what it could not look at it says nothing. A finding that is deleted keeps its last change, so that is dated by its sending. */
function normalise(event: Event): readonly Signal[] {
  const { detail, time } = event;
  if (detail.error) return [];
  const { accountId: tenant, resource, status, isDeleted, updatedAt } = detail;
  const at = (isDeleted ? undefined : timeIn(updatedAt)) ?? time;
  const told = { tenant, resource, status, isDeleted, at };
  return event["detail-type"] === OPENED
    ? judgedIn({ ...told, ...openedBy(event.detail) })
    : judgedIn({ ...told, id: event.detail.findingId, type: event.detail.findingType });
}

type Opened = Extract<Event, { readonly "detail-type": typeof OPENED }>["detail"];

const openedBy = ({ id, isPublic, principal }: Opened) => ({
  ...{ id, type: "ExternalAccess" },
  whom: whomIn(isPublic, principal),
});
