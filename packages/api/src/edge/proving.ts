import { isMarked } from "@leasehold/connectors/kit";
import { type HookRequest, REFUSALS, type Refusal } from "@leasehold/core/connector";
import { Fault, type Instant, laterBy } from "@leasehold/core/kernel";
import type { EdgeParts, Refused } from "./model.ts";

const FRESH_SECONDS = 10;

type Parts = Pick<EdgeParts, "connector" | "settings" | "signing" | "clock" | "log">;
type Proven<T> = { readonly said: T } | { readonly refused: Refused };

/**
 * Reads a request with the secrets that can have signed it, or says why it is refused. A secret may have been replaced since it
 * was read: then it is read once more, but not more often than every ten seconds, whoever knocks.
 */
export function proving<T>(parts: Parts, read: (request: HookRequest, secrets: readonly string[]) => T) {
  const freshAt = new Map<string, Instant>(); // by the names of the secrets
  const attempt = (request: HookRequest, secrets: readonly string[]): Proven<T> => {
    const proven = provenBy(parts, () => read(request, secrets));
    const isOurs = "refused" in proven && isMarked(request.headers, secrets, parts.clock());
    return isOurs ? { refused: { why: "probe" } } : proven;
  };
  const mayReread = (key: string, now: Instant): boolean => {
    const last = freshAt.get(key);
    if (last !== undefined && now < laterBy(last, FRESH_SECONDS)) return false;
    freshAt.set(key, now);
    return true;
  };

  return async (request: HookRequest): Promise<Proven<T>> => {
    const names = parts.connector.signedWith?.(parts.settings, request.headers) ?? [];
    if (names.length === 0) return { refused: { why: "unproved" } };
    const known = await parts.signing(names);
    const first = attempt(request, known);
    if ("said" in first || first.refused.why === "probe" || !mayReread(names.join(), parts.clock())) return first;
    const fresh = await parts.signing(names, true);
    return fresh.join() === known.join() ? first : attempt(request, fresh);
  };
}

/** What the connector refuses is refused. Where it says which field was wrong, our log says so; the caller never learns. */
function provenBy<T>({ connector, log }: Parts, read: () => T): Proven<T> {
  try {
    return { said: read() };
  } catch (fault) {
    if (!(fault instanceof Fault) || fault.name !== "BadInput") throw fault;
    const { where, why, seconds } = fault.facts;
    if (where !== undefined) log("warn", "request not understood", { connector: connector.id, where });
    return { refused: { why: whyOf(why), ...(typeof seconds === "number" && { seconds }) } };
  }
}

const whyOf = (why: unknown): Refusal => REFUSALS.find((one) => one === why) ?? "unproved";
