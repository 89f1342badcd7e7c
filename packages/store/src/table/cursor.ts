import { badInput } from "@leasehold/core/kernel";

/** A place in a list, as text that only we can read. The first word says which list, so that one is never taken for another. */
export function cursorOf(list: string, ...place: readonly string[]): string {
  return Buffer.from(JSON.stringify([list, ...place])).toString("base64url");
}

/** The place again; undefined at the beginning. */
export function placeOf(cursor: string | undefined, list: string, length: number): readonly string[] | undefined {
  if (cursor === undefined) return undefined;
  const [named, ...place] = partsOf(cursor);
  if (named !== list || place.length !== length) throw badInput("this cursor is not one of this list", { list });
  return place;
}

function partsOf(cursor: string): readonly string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(parts) && parts.every((part) => typeof part === "string")) return parts;
  } catch {
    // what cannot be read is refused below, in the same words as what reads as something else
  }
  throw badInput("this is not a cursor", { length: cursor.length });
}
