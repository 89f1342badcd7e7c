import { type CredentialId, canonical, dayOf, type IdentityId, type Instant } from "../kernel/index.ts";
import type { SignalOf } from "../signal/index.ts";
import { factsOf } from "./fact.ts";
import type { Contribution, Edge, Subject } from "./model.ts";

type Known = SignalOf<"secret.read" | "secret.stored">;
type Seen = SignalOf<"credential.seen">;

/**
 * Who read a value, and who put it there, has had it in hand. Kept by the day, so that a thousand reads of an hour are one fact;
 * no session is kept here, for there are as many of them as there are hours: the account where the record names one, and the identity.
 */
export function secretSaid(signal: Known): readonly Contribution[] {
  const { kind, source, tenant, by, reader, credential } = signal;
  const another = kind === "secret.stored" ? (signal.another ?? "surely") : "no";
  if (another === "once") return []; // what opens once is in nobody's hand, and who had the one before can use it once, too
  const known = by.via === "session-name" || by.via === "workload" || by.via === "unknown" ? undefined : by.account;
  const readers = [known, reader].filter((one) => one !== undefined);
  const stored = another === "surely" ? factsOf(source, { storedAt: source.occurredAt }) : {};
  const edges = readers.flatMap((one) => [
    edgeOf(one, "reads", credential, dayOf(source.occurredAt)),
    edgeOf(credential, "read-by", one, dayOf(source.occurredAt)),
  ]);
  return [{ subject: { id: credential, kind: "credential", tenant }, facts: stored, turns: {}, evidence: [], edges }];
}

const edgeOf = (from: string, rel: Edge["rel"], to: string, at: Instant): Edge => ({
  ...{ from, rel, to, first: at, last: at, retracted: undefined },
});

const MANY = "not one by one";

/** What a list says of a secret besides: since when it has its value, whom its policy lets read it, and what it says that it keeps. */
export const keptFacts = ({ source, keeps, readers, storedAt }: Seen): Contribution["facts"] => ({
  ...factsOf(source, {
    readers: readers === null ? MANY : readers && canonical([...readers].sort()),
    keeps: keeps && canonical([...keeps].sort()),
  }),
  ...(storedAt && factsOf(source, { storedAt }, storedAt)),
});

/** The edges lie under whoever may read, and under what is kept: from there one asks. What was said before stays: see the facts. */
export const keptEdges = ({ source, credential, keeps = [], readers }: Seen): readonly Edge[] => [
  ...(readers ?? []).map((one) => edgeOf(one, "may-read", credential, dayOf(source.occurredAt))),
  ...keeps.map((one) => edgeOf(one, "kept-in", credential, dayOf(source.occurredAt))),
];

const listed = ({ facts }: Subject, name: string, one: string): boolean =>
  (facts[name]?.value ?? "").includes(JSON.stringify(one));

/** Whether its own policy lets them read it, as of the last list. */
export const isLetRead = (secret: Subject, reader: IdentityId): boolean => listed(secret, "readers", reader);

/** Whether it says that it keeps this credential, as of the last list. */
export const keepsNow = (secret: Subject, credential: CredentialId): boolean => listed(secret, "keeps", credential);

/** Since when a secret has the value that it has, as far as anybody told. */
export const valueSince = ({ facts }: Subject): Instant | undefined => facts["storedAt"]?.value as Instant | undefined;

/**
 * Whether the value that was in hand has been replaced. A read is known by its day: what was stored on a later day is another
 * value; on the same day it counts from the instant after which they could not read any more.
 */
export function isStoredSince(secret: Subject, lastRead: Instant, endedAt: Instant): boolean {
  const stored = valueSince(secret);
  if (stored === undefined) return false;
  const [read, put] = [dayOf(lastRead), dayOf(stored)];
  return put > read || (put === read && stored >= endedAt);
}
