import type * as z from "zod/mini";
import en from "zod/v4/locales/en.js"; // by itself: `z.locales` brings every language along

/**
 * What a value should be: a fault's place is enough wherever nobody writes by hand. A function reads what a deploy has judged, so
 * there it folds away (stacks/bundling.ts).
 */
export const WORDS = process.env["LEASEHOLD_BUNDLED"] === "yes" ? undefined : en().localeError;

/** Every field that is wrong, and what it should be. `root` is where the whole of it stands. */
export function wrongs({ issues }: z.core.$ZodError, root?: string): string[] {
  return issues.map((issue) => {
    const path = [...(root === undefined ? [] : [root]), ...issue.path].join(".") || "the configuration";
    return issue.code === "unrecognized_keys"
      ? `${path}: unknown key ${issue.keys.join(", ")}`
      : `${path}: ${issue.message}`;
  });
}
