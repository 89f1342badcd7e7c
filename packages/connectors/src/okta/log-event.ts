import { Instant } from "@leasehold/core/kernel";
import type { SignalOf } from "@leasehold/core/signal";
import * as z from "zod/mini";

const Word = z.string().check(z.minLength(1), z.maxLength(1024));
const maybe = <T extends z.ZodMiniType>(schema: T) => z.catch(z.optional(schema), undefined);

/** Only these; their spelling differs between records. `clientSecret` and `hash` stand in the same place and stay there. */
const Detail = z.pipe(
  z.transform((entry: unknown) =>
    entry !== null && typeof entry === "object"
      ? Object.fromEntries(Object.entries(entry).map(([key, value]) => [key.toLowerCase(), value]))
      : entry,
  ),
  z.object({
    publicclientapp: maybe(Word),
    clientid: maybe(Word),
    user: maybe(Word),
    scope: maybe(Word),
    clientcredentialstype: maybe(Word),
  }),
);

const Party = z.object({ id: Word, type: maybe(Word), alternateId: maybe(Word), displayName: maybe(Word) });
export const Target = z.extend(Party, { detailEntry: maybe(Detail) });
export type Target = z.infer<typeof Target>;

/** A record of the System Log, of which nothing but the fields named here is ever read. */
export const LogEvent = z.object({
  uuid: Word,
  published: Word,
  eventType: Word,
  outcome: maybe(z.object({ result: maybe(Word), reason: maybe(Word) })),
  actor: maybe(Party),
  target: z.pipe(
    z.catch(z.array(z.unknown()), []),
    z.transform((all) => all.flatMap((target) => Target.safeParse(target).data ?? [])),
  ),
  debugContext: maybe(
    z.object({
      debugData: maybe(z.object({ changed_attributes: maybe(Word), clientId: maybe(Word) })),
    }),
  ),
  transaction: maybe(z.object({ detail: maybe(z.object({ requestApiTokenId: maybe(Word) })) })),
});
export type LogEvent = z.infer<typeof LogEvent>;

/** What every signal of one record has in common. */
export type Said = Pick<SignalOf<"person.moved">, "source" | "tenant" | "by">;

/** `target` is searched by type: its order is not promised. */
export const targetOf = ({ target }: LogEvent, ...types: readonly string[]): Target | undefined =>
  target.find(({ type }) => type !== undefined && types.includes(type));

const EXPORTED = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:[.](\d{1,9}))?Z?$/;

/** Okta writes ISO 8601; exports of its log write a space and no zone, which is UTC all the same. */
export function instantIn(published: string): Instant | undefined {
  const plain = Instant.safeParse(published);
  if (plain.success) return plain.data;
  const [, day, time, fraction = ""] = EXPORTED.exec(published) ?? [];
  if (day === undefined) return undefined;
  return Instant.safeParse(`${day}T${time}.${fraction.slice(0, 3).padEnd(3, "0")}Z`).data;
}
