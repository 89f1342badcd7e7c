import * as z from "zod/mini";

/** A reason in one line, for whoever asks later. */
export const Because = z
  .string()
  .check(z.trim(), z.minLength(3), z.maxLength(300), z.regex(/^[^\p{Cc}\u2028\u2029]*$/u));
