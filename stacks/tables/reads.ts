import type { EventPattern } from "@leasehold/core/connector";

/**
 * How EventBridge keeps a rule. Enabled alone it leaves out what CloudTrail records as read-only, though its pattern names it
 * (docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html).
 */
export type RuleState = "ENABLED" | "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

/**
 * With the reads where the pattern names one, and nowhere else: they are the most of all calls. A pattern that names no call would
 * bring every read of an account, so it hears what changes something.
 */
export const stateOf = (pattern: EventPattern): RuleState =>
  callsIn(pattern).some((name) => IS_READ.test(name)) ? "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" : "ENABLED";

/** AWS marks the calls that open a session as reads, too, as far as the records that were seen go. */
const IS_READ = /^(Get|BatchGet|List|Describe|AssumeRo(le|ot))/;

function callsIn({ detail }: EventPattern): readonly string[] {
  const { eventName } = (detail ?? {}) as { readonly eventName?: unknown };
  return Array.isArray(eventName) ? eventName.flatMap(spelled) : [];
}

const spelled = (one: unknown): readonly string[] => {
  if (typeof one === "string") return [one];
  const prefix = (one as { readonly prefix?: unknown } | null)?.prefix;
  return typeof prefix === "string" ? [prefix] : [];
};
