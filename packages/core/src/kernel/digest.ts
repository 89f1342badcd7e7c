import { hash } from "node:crypto";

/** One spelling for one value: keys sorted at every depth, what is undefined left out. */
export const canonical = (value: unknown): string => JSON.stringify(sorted(value));

function sorted(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(sorted);
  if ("toJSON" in value && typeof value.toJSON === "function") return sorted(value.toJSON());
  const fields = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.keys(fields)
      .sort()
      .map((key) => [key, sorted(fields[key])]),
  );
}

/** Whether two values of JSON have one spelling, without spelling them: what is shared is not looked into. */
export function alike(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return false;
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, n) => alike(one, b[n]));
  return saidBy(a, b) && saidBy(b, a);
}

/** Every field of the one is in the other too; what is undefined is in none. */
const saidBy = (a: object, b: object): boolean =>
  Object.entries(a).every(
    ([key, one]) =>
      one === undefined || (Object.hasOwn(b, key) && alike(one, (b as Readonly<Record<string, unknown>>)[key])),
  );

export const digest = (value: unknown): string => hash("sha256", canonical(value), "base64url");
