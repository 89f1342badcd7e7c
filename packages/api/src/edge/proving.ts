import type { HookRequest } from "@leasehold/core/connector";
import { Fault, type Instant, laterBy } from "@leasehold/core/kernel";
import type { EdgeParts } from "./model.ts";

const FRESH_SECONDS = 10;

type Parts = Pick<EdgeParts, "connector" | "settings" | "signing" | "clock" | "log">;

/**
 * Reads a request with the secrets that can have signed it; undefined where it is refused. A secret may have been replaced
 * since it was read: then it is read once more, but not more often than every ten seconds, whoever knocks.
 */
export function proving<T>(parts: Parts, read: (request: HookRequest, secrets: readonly string[]) => T) {
  const freshAt = new Map<string, Instant>(); // by the names of the secrets
  const attempt = (request: HookRequest, secrets: readonly string[]) => provenBy(parts, () => read(request, secrets));
  const mayReread = (key: string, now: Instant): boolean => {
    const last = freshAt.get(key);
    if (last !== undefined && now < laterBy(last, FRESH_SECONDS)) return false;
    freshAt.set(key, now);
    return true;
  };

  return async (request: HookRequest): Promise<T | undefined> => {
    const names = parts.connector.signedWith?.(parts.settings, request.headers) ?? [];
    if (names.length === 0) return undefined;
    const known = await parts.signing(names);
    const said = attempt(request, known);
    if (said !== undefined || !mayReread(names.join(), parts.clock())) return said;
    const fresh = await parts.signing(names, true);
    return fresh.join() === known.join() ? undefined : attempt(request, fresh);
  };
}

/** What the connector refuses is refused. Where it says which field was wrong, our log says so; the caller never learns. */
function provenBy<T>({ connector, log }: Parts, read: () => T): T | undefined {
  try {
    return read();
  } catch (fault) {
    if (!(fault instanceof Fault) || fault.name !== "BadInput") throw fault;
    const { where } = fault.facts;
    if (where !== undefined) log("warn", "request not understood", { connector: connector.id, where });
    return undefined;
  }
}
