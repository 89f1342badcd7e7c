import * as z from "zod";

/** What a person types: an id, an address, a name. What it means is the use case's to say. */
export const Text = z.string().max(8_192);

/** A reason in one line, for whoever asks later. */
export const Because = z
  .string()
  .trim()
  .min(3)
  .max(300)
  .regex(/^[^\p{Cc}\u2028\u2029]*$/u);
