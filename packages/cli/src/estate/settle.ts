import type { Laptop } from "@leasehold/local/laptop";
import type { Call } from "../command/index.ts";

/** Does what is due now, unless another process runs this store: then that one does. */
export async function settled({ note }: Pick<Call, "note">, laptop: Laptop): Promise<boolean> {
  const done = await laptop.settle();
  if (!done) note("another process runs this store: it goes on from here by itself");
  return done;
}
