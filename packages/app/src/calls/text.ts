import * as z from "zod/mini";

/** What a person types: an id, an address, a name. What it means is the use case's to say. */
export const Text = z.string().check(z.maxLength(8_192));

/** A reason in one line, for whoever asks later. */
export const Because = z
  .string()
  .check(z.trim(), z.minLength(3), z.maxLength(300), z.regex(/^[^\p{Cc}\u2028\u2029]*$/u));
