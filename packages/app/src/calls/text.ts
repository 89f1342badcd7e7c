import * as z from "zod";

/** What a person types: an id, an address, a name. What it means is the use case's to say. */
export const Text = z.string().max(8_192);
