import { createHash } from "node:crypto";

/** One spelling for one value: keys sorted at every depth, what is undefined left out. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
}

export const digest = (value: unknown): string => createHash("sha256").update(canonical(value)).digest("base64url");
