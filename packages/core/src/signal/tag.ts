import { digest } from "../kernel/index.ts";

/** On whatever must never be touched by us, whatever its value; no configuration can take that away. */
export const NEVER_TOUCH = "leasehold:never-touch";

export const MOST_TAGS = 24; // more are as good as unknown: a list that is cut short would hide one

const SIGNS = 8; // of a digest: 48 bits

const signOf = (key: string): string => digest(key.toLowerCase()).slice(0, SIGNS); // IAM tells no tag from another by case

/** A tag as it is kept: what somebody wrote into it can be recognised, and not read. */
const markOf = (key: string, value: string): string => signOf(key) + digest(value).slice(0, SIGNS);

/** All of a thing's tags, or undefined where there are too many to keep. */
export function marksOf(tags: Readonly<Record<string, string>>): readonly string[] | undefined {
  const all = Object.entries(tags).map(([key, value]) => markOf(key, value));
  return all.length > MOST_TAGS ? undefined : all.sort();
}

/** Whether one of these is the tag: `key`, whatever its value, or `key=value`. */
export function isTagged(marks: readonly string[], tag: string): boolean {
  const [key = "", ...rest] = tag.split("=");
  if (rest.length === 0) return marks.some((mark) => mark.startsWith(signOf(key)));
  return marks.includes(markOf(key, rest.join("=")));
}
