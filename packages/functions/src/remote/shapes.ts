import {
  draw,
  type Heard,
  type Message,
  type MessageItem,
  OFFERED,
  type PersonState,
  type Plan,
  type Receipt,
  type State,
  type Target,
  type Ticket,
  type Verb,
  type Verification,
} from "@leasehold/core/connector";
import { type AccountId, type CredentialId, type DecisionId, Instant } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { type Codec, fields, list, maybe, plain } from "./codec.ts";

const Text = z.string();
const Words = z.record(Text, Text);

export const text = plain(Text);
export const yes = plain(z.boolean());
export const count = plain(z.number());
export const instant: Codec<Instant> = plain(Instant);
export const texts = list(text);
export const cursor = maybe(text);
export const handle = plain(Words);
/** Gone is said, and never what is left when a field is lost: it decides whether something is still switched on. */
export const state: Codec<State> = maybe(plain(Words));
/** None: the provider does not say. One that is null: never. */
export const lastUse: Codec<Instant | null | undefined> = maybe(plain(z.nullable(Instant)));

const Verbs = z.enum([
  "quarantine",
  "disable",
  "end-sessions",
  "revoke",
  "delete",
  "migrate",
]) satisfies z.ZodMiniType<Verb>;
const verb: Codec<Verb> = plain(Verbs);
const credential = plain(z.templateLiteral(["crd_", Text]) as unknown as z.ZodMiniType<CredentialId>);
export const target: Codec<Target> = fields({ credential, handle });

const drawn = fields({
  ...{ verb, target, before: handle, wanted: state },
  ...{ alsoAffects: texts, refusals: texts, token: text },
});
/** Its token is the hash of what it says: a plan that lost something on the way is none. */
export const plan: Codec<Plan> = {
  write: drawn.write,
  read: drawn.read.check(z.refine((one) => draw(one).token === one.token, { path: ["token"] })),
};
export const receipt: Codec<Receipt> = fields({
  verb,
  target,
  before: handle,
  after: state,
  changed: yes,
  adopted: yes,
});
export const verification: Codec<Verification> = fields({
  verdict: plain(z.enum(["confirmed", "unconfirmed", "still alive"])),
  seen: state,
});

export const personState: Codec<PersonState> = plain(
  z.enum(["active", "suspended", "on-leave", "departed", "gone", "unknown"]),
);
export const accounts: Codec<readonly AccountId[]> = list(
  plain(z.templateLiteral(["acc_", Text]) as unknown as z.ZodMiniType<AccountId>),
);
export const ticket: Codec<Ticket> = fields({ desk: text, ref: handle });
const choice = plain(z.enum(OFFERED));
const item: Codec<MessageItem> = fields({
  ...{ item: text, title: text, lines: texts, choices: list(choice), state: text },
});
export const message: Codec<Message> = fields({
  ...{ key: text, title: text, why: text, deadline: maybe(instant), items: list(item) },
  to: fields({ account: text, name: text, email: maybe(text), timeZone: text }),
  state: plain(z.enum(["open", "reminder", "closed"])),
});

const said = fields({
  decision: plain(z.templateLiteral(["dec_", Text]) as unknown as z.ZodMiniType<DecisionId>),
  ...{ item: text, choice, ticket, id: text, to: maybe(text), because: maybe(text) },
  by: fields({ desk: text, user: text, email: maybe(text) }),
});
export const heard: Codec<Heard> = {
  write: (one) => said.write({ ...one, to: one.to, because: one.because }),
  read: z.pipe(
    said.read,
    z.transform(
      ({ to, because, ...rest }): Heard => ({
        ...rest,
        ...(to !== undefined && { to }),
        ...(because !== undefined && { because }),
      }),
    ),
  ),
};
