import * as z from "zod/mini";

const WANTED = "a reason has 3 to 300 characters, in one line";

/** A reason in one line, for whoever asks later. */
export const Because = z
  .string()
  .check(z.trim(), z.minLength(3, WANTED), z.maxLength(300, WANTED), z.regex(/^[^\p{Cc}\u2028\u2029]*$/u, WANTED));
