import * as z from "zod/mini";

/** What a person types: an id, an address, a name. What it means is the use case's to say. */
export const Text = z.string().check(z.maxLength(8_192));
