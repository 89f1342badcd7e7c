import { Instant } from "@leasehold/core/kernel";
import { REACHES } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { SettingText } from "../../kit/index.ts";

export const SourceName = z
  .string()
  .check(z.regex(/^[a-z][a-z0-9-]{0,31}$/, "the name of a source, as hr or ci-runners"));

const Text = SettingText; // what looks like a secret is refused here as well: a name is kept, a secret never
const AccessKeyId = z.string().check(z.regex(/^A[KS]IA[A-Z0-9]{12,124}$/)); // names a key, and opens nothing
const By = z.object({ name: Text, account: z.optional(Text) });
const when = { eventId: Text.check(z.maxLength(256)), occurredAt: Instant };
const about = <K extends string, S extends z.core.$ZodShape>(kind: K, shape: S) =>
  z.object({ kind: z.literal(kind), ...when, ...shape });

/**
 * What a source may say, in its own names for things: they become ids of its own, so that no source touches what another
 * system said. Left out on purpose is what only a provider can know (a consent, that a credential is off or gone) and what
 * would join or split people (other accounts of theirs, employee numbers).
 */
export const Said = z.discriminatedUnion("kind", [
  about("person.joined", { account: Text }),
  about("person.moved", {
    account: Text,
    changed: z.array(z.string().check(z.regex(/^\w{1,64}$/))).check(z.maxLength(64)),
  }),
  about("person.held", { account: Text }),
  about("person.left", { account: Text }),
  about("person.reinstated", { account: Text }),
  about("account.seen", {
    account: Text,
    standing: z.enum(["active", "suspended", "on-leave", "departed", "unknown"]),
    name: z.optional(Text),
    email: z.optional(z.email().check(z.maxLength(254))),
    manager: z.optional(Text),
    team: z.optional(Text),
  }),
  about("identity.created", { identity: Text, by: z.optional(By) }),
  about("credential.issued", { credential: Text, type: Text, identity: Text, by: z.optional(By) }),
  about("credential.seen", {
    credential: Text,
    type: Text,
    identity: Text,
    state: z.enum(["on", "off"]),
    reach: z._default(z.enum(REACHES), "unknown"),
    createdAt: z.optional(Instant),
    lastUsed: z.optional(z.nullable(Instant)), // null: never used
    owner: z.optional(Text),
    shared: z.optional(z.boolean()),
  }),
  about("credential.exposed", { credential: z.union([AccessKeyId, Text]), by: z.optional(By) }),
  about("access.refused", { action: Text, resource: Text, by: z.optional(By) }),
]);
export type Said = z.infer<typeof Said>;

export const KINDS = Said.def.options.flatMap((option) => option.shape.kind.def.values);
