import type { Listener } from "@leasehold/core/connector";
import type { Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { cloudTrailEnvelope, ROUTED } from "../../../kit/index.ts";
import { ACCESS_CALLS, AccessEvent, normaliseAccess } from "./access.ts";
import { NativeEvent, normaliseNative } from "./native.ts";
import { CALLS, normaliseTrail, TrailEvent } from "./trail.ts";

const Event = z.union([NativeEvent, TrailEvent, AccessEvent]);
type Event = z.infer<typeof Event>;

/**
 * Identity Center says one thing in two ways: its own notifications, and CloudTrail's record of the call. Either may be
 * late or missing, so we hear both; the account's id is made alike from both, so that it is one fact about one person.
 */
export const listener: Listener<Event> = {
  event: Event,
  emits: [
    ...(["person.joined", "person.moved", "person.held", "person.left", "person.reinstated"] as const),
    ...(["grant.created", "credential.disabled", "access.refused"] as const),
    ...(["identity.created", "identity.changed", "identity.deleted"] as const),
  ],
  normalise,
  ...(process.env["LEASEHOLD_BUNDLED"] === "yes"
    ? ROUTED
    : {
        patterns: {
          "identity-lifecycle": [
            { source: ["aws.identitystore"], "detail-type": ["User Created", "User Updated", "User Deleted"] },
            {
              source: ["aws.identitystore", "aws.sso-directory"],
              "detail-type": ["AWS API Call via CloudTrail"],
              detail: { eventName: [...CALLS] },
            },
          ],
          "grant-created": [
            {
              source: ["aws.sso"],
              "detail-type": ["AWS API Call via CloudTrail"],
              detail: { eventName: [...ACCESS_CALLS] },
            },
          ],
        },
        envelope: (record) =>
          NativeEvent.safeParse(record).success
            ? record
            : cloudTrailEnvelope(record, ["identitystore", "sso-directory", "sso"]),
      }),
};

function normalise(event: Event): readonly Signal[] {
  if (event["detail-type"] !== "AWS API Call via CloudTrail") return normaliseNative(event);
  return isAccess(event) ? normaliseAccess(event) : normaliseTrail(event);
}

const isAccess = (event: TrailEvent | AccessEvent): event is AccessEvent =>
  event.detail.eventSource === "sso.amazonaws.com";
