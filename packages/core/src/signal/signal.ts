import * as z from "zod/mini";
import { Instant, isTimeZone } from "../kernel/index.ts";
import { MOST_TAGS } from "./tag.ts";
import { HOWS, JUDGED, MOST_KEPT, MOST_NAMED, MOST_TRUSTED, REACHES, VIAS } from "./words.ts";

const idOf = <P extends string>(prefix: P) => z.templateLiteral([z.literal(prefix), "_", z.string()]);
const Text = z.string().check(z.maxLength(2048)); // an outside value that is longer is not a name

/** Where a signal comes from: the connector's folder, the vendor's own event id, the vendor's own time. */
const Source = z.strictObject({ connector: Text, eventId: Text, occurredAt: Instant });
export type Source = z.infer<typeof Source>;

const Via = z.enum(VIAS);
export type Via = z.infer<typeof Via>;

/**
 * A session by the vendor's id for it alone; `name` is that id as the vendor's log shows it, and opens nothing.
 * `since` is when it began: what is learned of one session again and again is dated by that, so that it stays one fact.
 */
const Session = z.strictObject({ id: idOf("ses"), name: Text, since: z.optional(Instant) });
export type Session = z.infer<typeof Session>;

const How = z.enum(HOWS);
export type How = z.infer<typeof How>;

/** On what a system says that an account is somebody's whom another one knows: its own id there, the sign-on that led to it, an address. */
const HOW_SAME = ["external-id", "sso", "email", "alias"] as const;

/** Who acted, in the vendor's words; `account` only where an immutable id of a person's account stands in the record. */
const Actor = z.strictObject({
  realm: Text,
  name: Text,
  via: Via,
  account: z.optional(idOf("acc")),
  credential: z.optional(idOf("crd")),
  session: z.optional(Session), // in which they acted
  signIn: z.optional(z.omit(Session, { since: true })), // under which that session lives, and others with it
});
export type Actor = z.infer<typeof Actor>;

/** How the provider names a thing, the account included; never how it is opened. */
const Handle = z.record(z.string().check(z.maxLength(64)), Text);
const Identity = z.strictObject({ id: idOf("idn"), realm: Text, name: Text });
export type Identity = z.infer<typeof Identity>;

/** One run of a pipeline: what the token that it signs in with tells of it, and when it may have signed in. */
const Run = z.strictObject({
  repository: Text, // owner/name
  ref: z.optional(Text), // the short name of the branch or tag for which it runs
  event: Text, // what started it
  id: Text,
  attempt: z.int().check(z.minimum(1)),
  startedAt: Instant, // this attempt
  endedAt: z.optional(Instant),
});

const Reach = z.enum(REACHES);
export type Reach = z.infer<typeof Reach>;

const Marks = z.array(z.string().check(z.regex(/^[\w-]{16}$/))).check(z.maxLength(MOST_TAGS));

/** What one policy of its own allows it to reach, in the words of the policy: a resource, or a pattern of them. */
const Allowed = z.strictObject({
  policy: z.string().check(z.maxLength(128)),
  resources: z.array(Text).check(z.maxLength(MOST_NAMED)), // none: there is no such policy any more, or it allows nothing
  more: z.optional(z.int().check(z.minimum(1))), // than these
});
export type Allowed = z.infer<typeof Allowed>;

/** An account of an organisation: where it stands there, in the provider's words, and what it is to the organisation. */
const Member = z.strictObject({
  id: Text,
  name: z.optional(Text),
  state: Text,
  path: z.optional(Text), // from the root down, as in o-1/r-1/ou-1
  roles: z.array(Text).check(z.maxLength(16)), // "management", "delegated administrator"
});
export type Member = z.infer<typeof Member>;

/** No list has a line for it while it is switched off: where we hold it off, that is no news of its end. */
const Listed = z.optional(z.literal("while on"));

const said = { source: Source, tenant: Text, by: Actor };
const seen = { source: Source, tenant: Text };
/** How an identity acts, as far as a record or a list tells. */
const acting = {
  type: z.optional(Text), // in the provider's words: "agent", "gateway"
  role: z.optional(Text), // by which it acts
  authorizer: z.optional(Text), // how it asks whoever calls it, in the provider's words: "NONE" asks nobody
  uses: z.optional(z.array(z.union([idOf("idn"), idOf("crd")])).check(z.maxLength(64))), // all that it calls, or calls with
  usedBy: z.optional(idOf("idn")), // whose tool it is
};
const pair = { account: idOf("acc"), other: idOf("acc"), because: Text };
const about = <K extends string, S extends z.core.$ZodShape>(kind: K, shape: S) =>
  z.strictObject({ kind: z.literal(kind), ...shape });

/** One fact in our words, made from one event or one page of a list. Strict: a field that is not named here is a fault. */
export const Signal = z.discriminatedUnion("kind", [
  // what events say
  about("identity.created", {
    ...said,
    ...acting,
    identity: Identity,
    owner: z.optional(idOf("acc")), // declared: a tag of whoever made it
    renamed: z.optional(z.literal(true)), // it was there under another name
  }),
  about("identity.changed", {
    ...said, // whoever changes it did not make it
    ...acting,
    identity: Identity,
    log: z.optional(z.strictObject({ is: z.enum(["on", "off", "changed"]), call: Text })), // of what records calls; changed: what it records
  }),
  about("identity.deleted", { ...said, identity: Identity, renamed: z.optional(z.literal(true)) }), // renamed: it goes on under another name
  about("identity.exposed", { ...said, identity: Identity }), // one of what it holds has leaked, and nobody says which
  about("credential.issued", {
    ...said,
    credential: idOf("crd"),
    type: Text,
    identity: Identity,
    handle: Handle,
    reach: z.optional(Reach), // where the record of its making says so
  }),
  about("session.issued", {
    ...said, // by whoever asked for it: that is not always who may use it
    session: Session, // there is no field for what opens it
    how: How,
    role: z.optional(Text),
    sessionName: z.optional(Text),
    sourceIdentity: z.optional(Text),
    provider: z.optional(Text), // of identities: who vouches for the subject
    subject: z.optional(Text), // as the provider names whoever or whatever came
  }),
  about("pipeline.ran", { ...said, run: Run }), // by whoever started it; without an account, nobody did by hand
  about("repository.owned", {
    ...seen, // what its CODEOWNERS says
    repository: Text, // owner/name
    rules: z
      .array(
        z.strictObject({
          line: z.int().check(z.minimum(1)),
          pattern: Text,
          owners: z.array(idOf("acc")).check(z.maxLength(32)),
        }),
      )
      .check(z.maxLength(256)), // the lines that may speak of its workflows, in their order
  }),
  about("credential.disabled", { ...said, credential: idOf("crd") }),
  about("credential.restored", { ...said, credential: idOf("crd") }),
  about("credential.deleted", { ...said, credential: idOf("crd") }),
  about("credential.exposed", { ...said, credential: idOf("crd") }),
  // of what keeps a value for others, a secret of a vault, a parameter, and of what people are given, a password; `reader` is the identity by which it was done
  about("secret.read", { ...said, credential: idOf("crd"), reader: z.optional(idOf("idn")) }),
  about("secret.stored", {
    ...said, // it has another value from here on
    credential: idOf("crd"),
    reader: z.optional(idOf("idn")),
    another: z.optional(z.enum(["perhaps", "once"])), // perhaps: the record does not tell; once: whoever uses it first must replace it
  }),
  about("grant.created", {
    ...said,
    credential: idOf("crd"), // a grant is taken down like a credential: it is what lets the application act
    type: z.optional(Text), // in the provider's words, as its action and its list say it
    identity: Identity, // the application
    authoriser: z.optional(idOf("acc")), // absent where an administrator or a system consented for everybody
    scopes: z.array(Text).check(z.maxLength(256)),
    reach: Reach,
    handle: Handle,
    listed: Listed,
  }),
  about("grant.revoked", { ...said, credential: idOf("crd") }),
  about("access.refused", { ...said, action: Text, resource: Text, policy: z.optional(Text) }), // which refused it, where that is said
  about("person.joined", { ...said, account: idOf("acc"), handle: Handle }),
  about("person.moved", { ...said, account: idOf("acc"), changed: z.array(Text).check(z.maxLength(64)) }),
  about("person.held", { ...said, account: idOf("acc"), handle: Handle }), // C1: suspended, or disabled where we cannot tell
  about("person.left", { ...said, account: idOf("acc"), handle: Handle }), // becomes C2 only by a live read
  about("person.vanished", { ...said, account: idOf("acc") }), // C1: not on a whole list any more, and nobody said why
  about("person.reinstated", { ...said, account: idOf("acc"), handle: Handle }),
  about("person.purged", { ...said, account: idOf("acc"), handle: Handle }), // C3
  // what people say, who are asked for a reason
  about("person.linked", { ...said, ...pair }), // the two accounts are one person's
  about("person.unlinked", { ...said, ...pair }), // they are not: the account is taken out of the other's person
  // what a service of the provider's judges: its word, and no proof of use or of none
  about("access.judged", {
    ...seen,
    about: z.union([idOf("idn"), idOf("crd")]),
    says: z.enum(JUDGED),
    judgement: Text, // the provider's own id of it
    thing: Text, // as it is named there: nothing here names the subject itself
    open: z.boolean(), // false: resolved, archived or deleted there
    whom: z.optional(Text), // of what outsiders may use: who, as they are named there
  }),
  // what lists and live reads say
  about("account.seen", {
    ...seen,
    account: idOf("acc"),
    handle: Handle,
    standing: z.enum(["active", "suspended", "on-leave", "departed", "unknown"]),
    name: z.optional(Text),
    email: z.optional(Text),
    employeeNumber: z.optional(Text),
    timeZone: z.optional(Text.check(z.refine(isTimeZone))),
    manager: z.optional(idOf("acc")),
    team: z.optional(Text),
    sameAs: z.array(z.strictObject({ account: idOf("acc"), how: z.enum(HOW_SAME) })).check(z.maxLength(16)),
  }),
  about("identity.seen", {
    ...seen,
    ...acting,
    identity: Identity,
    type: Text, // in the provider's words: "user", "role", "group"
    createdAt: z.optional(Instant),
    lastUsed: z.optional(z.nullable(Instant)), // null: never, as far back as the provider keeps it
    reach: z.optional(Reach),
    owner: z.optional(idOf("acc")), // declared: a tag
    tags: z.optional(Marks),
    groups: z.optional(z.array(Text).check(z.maxLength(32))), // names of those whose rights it has
    boundary: z.optional(z.nullable(Text)), // what bounds its rights; null: nothing does
    trusts: z.optional(z.nullable(z.array(z.string().check(z.maxLength(256))).check(z.maxLength(MOST_TRUSTED)))), // who may act by it; null: more than can be kept
    allows: z.optional(z.array(Allowed).check(z.maxLength(16))), // each policy of its own by itself
    policies: z.optional(z.array(Text).check(z.maxLength(256))), // the names of all that it has: another one is gone
    member: z.optional(Member), // of an account that belongs to an organisation
  }),
  about("credential.seen", {
    ...seen, // dated by the vendor's own time of the last change, so that seeing it again is not a new fact
    credential: idOf("crd"),
    type: Text,
    identity: Identity,
    handle: Handle,
    state: z.enum(["on", "off"]),
    createdAt: z.optional(Instant),
    expiresAt: z.optional(Instant),
    lastUsed: z.optional(z.nullable(Instant)), // null: never used; absent: the provider does not say
    reach: Reach,
    owner: z.optional(idOf("acc")), // declared: a tag or a vendor's owner field
    authoriser: z.optional(idOf("acc")), // of a grant: whose consent it is
    shared: z.optional(z.boolean()),
    listed: Listed,
    tags: z.optional(Marks), // of it or its holder
    keeps: z.optional(z.array(idOf("crd")).check(z.maxLength(MOST_KEPT))), // of what keeps values: what it names as kept in it
    readers: z.optional(z.nullable(z.array(idOf("idn")).check(z.maxLength(MOST_TRUSTED)))), // whom its own policy lets read; null: more than can be kept, or whom it does not name one by one
    storedAt: z.optional(Instant), // since when it has the value that it has
  }),
]);
export type Signal = z.infer<typeof Signal>;
export type SignalKind = Signal["kind"];
export type SignalOf<K extends SignalKind> = Extract<Signal, { kind: K }>;

export const SIGNAL_KINDS = Signal.def.options.flatMap(
  (option) => option.shape.kind.def.values,
) as readonly SignalKind[];
