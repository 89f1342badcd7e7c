import { Instant } from "@leasehold/core/kernel";
import { REACHES } from "@leasehold/core/signal";
import * as z from "zod";
import { SettingText } from "../../kit/index.ts";

export const SourceName = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, "the name of a source, as hr or ci-runners");

const Text = SettingText; // what looks like a secret is refused here as well: a name is kept, a secret never
const AccessKeyId = z.string().regex(/^A[KS]IA[A-Z0-9]{12,124}$/); // names a key, and opens nothing
const By = z.object({ name: Text, account: Text.optional() });
const when = { eventId: Text.max(256), occurredAt: Instant };
const about = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.object({ kind: z.literal(kind), ...when, ...shape });

/**
 * What a source may say, in its own names for things: they become ids of its own, so that no source touches what another
 * system said. Left out on purpose is what only a provider can know (a consent, that a credential is off or gone) and what
 * would join or split people (other accounts of theirs, employee numbers).
 */
export const Said = z.discriminatedUnion("kind", [
  about("person.joined", { account: Text }),
  about("person.moved", { account: Text, changed: z.array(z.string().regex(/^\w{1,64}$/)).max(64) }),
  about("person.held", { account: Text }),
  about("person.left", { account: Text }),
  about("person.reinstated", { account: Text }),
  about("account.seen", {
    account: Text,
    standing: z.enum(["active", "suspended", "on-leave", "departed", "unknown"]),
    name: Text.optional(),
    email: z.email().max(254).optional(),
    manager: Text.optional(),
    team: Text.optional(),
  }),
  about("identity.created", { identity: Text, by: By.optional() }),
  about("credential.issued", { credential: Text, type: Text, identity: Text, by: By.optional() }),
  about("credential.seen", {
    credential: Text,
    type: Text,
    identity: Text,
    state: z.enum(["on", "off"]),
    reach: z.enum(REACHES).default("unknown"),
    createdAt: Instant.optional(),
    lastUsed: Instant.nullable().optional(), // null: never used
    owner: Text.optional(),
    shared: z.boolean().optional(),
  }),
  about("credential.exposed", { credential: z.union([AccessKeyId, Text]), by: By.optional() }),
  about("access.refused", { action: Text, resource: Text, by: By.optional() }),
]);
export type Said = z.infer<typeof Said>;

export const KINDS = Said.options.map((option) => option.shape.kind.value);
