import type { Listener } from "@leasehold/core/connector";
import type { Signal } from "@leasehold/core/signal";
import type { Use } from "@leasehold/core/usage";
import * as z from "zod/mini";

export type Understood = { readonly signals: readonly Signal[] } | NotUnderstood;
interface NotUnderstood {
  readonly where: string;
  readonly eventId: string | undefined;
}

/** An event in our words, or where it is not of the shape that its connector reads: where, and never what. */
export function understood(listens: Pick<Listener<unknown>, "event" | "normalise">, event: unknown): Understood {
  const read = listens.event.safeParse(event);
  return read.success ? { signals: listens.normalise(read.data) } : notUnderstood(read.error, event);
}

const Known = z.object({ id: z.string().check(z.regex(/^[\w-]{1,64}$/)) });

/** The calls that an event tells of, in our words, or where it is not of the shape that its connector reads. */
export function usesIn(
  listens: Pick<Listener<unknown>, "event" | "usesOf">,
  event: unknown,
): { readonly uses: readonly Use[] } | NotUnderstood {
  const read = listens.event.safeParse(event);
  if (read.success) return { uses: listens.usesOf?.(read.data) ?? [] };
  return notUnderstood(read.error, event);
}

export const notUnderstood = ({ issues }: Pick<z.core.$ZodError, "issues">, event: unknown): NotUnderstood => ({
  where: issues.map(({ path }) => path.join(".")).join(", "),
  eventId: eventIdOf(event),
});

/** The bus's own id of the event, by which it can be found again where it came from; anything else there is not said. */
const eventIdOf = (event: unknown): string | undefined => Known.safeParse(event).data?.id;
