import type { Listener } from "@leasehold/core/connector";
import type { Signal } from "@leasehold/core/signal";

/** An event in our words, or where it is not of the shape that its connector reads: where, and never what. */
export function understood(
  listens: Pick<Listener<unknown>, "event" | "normalise">,
  event: unknown,
): { readonly signals: readonly Signal[] } | { readonly where: string } {
  const read = listens.event.safeParse(event);
  if (read.success) return { signals: listens.normalise(read.data) };
  return { where: read.error.issues.map(({ path }) => path.join(".")).join(", ") };
}
