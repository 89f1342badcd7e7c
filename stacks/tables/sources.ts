import type { EventPattern } from "@leasehold/core/connector";
import type { Linked } from "./linked.ts";

/** How EventBridge calls the events of a partner's. */
export const PARTNER = "aws.partner/";

export const sourcesOf = ({ source }: EventPattern): readonly unknown[] => (Array.isArray(source) ? source : []);

/** Whether it reads what some partner's source brings. */
export const isPartners = ({ listens }: Pick<Linked["connector"], "listens">): boolean =>
  Object.values(listens?.patterns ?? {}).some((patterns) => patterns?.some(isOfPartner));

export const isOfPartner = (pattern: EventPattern): boolean =>
  sourcesOf(pattern).some((one) => {
    const text = typeof one === "string" ? one : (one as { prefix?: unknown } | null)?.prefix;
    return typeof text === "string" && text.startsWith(PARTNER);
  });
