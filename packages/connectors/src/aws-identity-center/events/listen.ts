import type { Listener } from "@leasehold/core/connector";
import type { Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { cloudTrailEnvelope, ROUTED } from "../../../kit/index.ts";
import { NativeEvent, normaliseNative } from "./native.ts";
import { CALLS, normaliseTrail, TrailEvent } from "./trail.ts";

const Event = z.discriminatedUnion("detail-type", [NativeEvent, TrailEvent]);
type Event = z.infer<typeof Event>;

/**
 * Identity Center says one thing in two ways: its own notifications, and CloudTrail's record of the call. Either may be
 * late or missing, so we hear both; the account's id is made alike from both, so that it is one fact about one person.
 */
export const listener: Listener<Event> = {
  event: Event,
  emits: ["person.joined", "person.moved", "person.held", "person.left", "person.reinstated", "access.refused"],
  normalise: (event: Event): readonly Signal[] =>
    event["detail-type"] === "AWS API Call via CloudTrail" ? normaliseTrail(event) : normaliseNative(event),
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
        },
        envelope: (record) =>
          NativeEvent.safeParse(record).success
            ? record
            : cloudTrailEnvelope(record, ["identitystore", "sso-directory"]),
      }),
};
