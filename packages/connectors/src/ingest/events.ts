import type { Listener } from "@leasehold/core/connector";
import { type AccountId, type CredentialId, derivedId } from "@leasehold/core/kernel";
import type { Actor, Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { accessKey, emailAccount, isEmail } from "../../kit/index.ts";
import { KINDS, Said, SourceName } from "./said.ts";

const Event = z.object({
  source: z.literal("leasehold.ingest"),
  detail: z.object({ from: SourceName, signal: Said }),
});
export type Event = z.infer<typeof Event>;

export const eventOf = (from: string, signal: unknown) => ({ source: "leasehold.ingest", detail: { from, signal } });

/** No pattern: what nobody signed is not believed because it lies on a bus. */
export const listener: Listener<Event> = { patterns: {}, event: Event, emits: KINDS, normalise };

/** What a source says, as signals that weigh no more than its word: nothing here is evidence that could not be forged. */
function normalise({ detail: { from, signal } }: Event): readonly Signal[] {
  const { eventId, occurredAt } = signal;
  const seen = { source: { connector: "ingest", eventId: `${from}/${eventId}`, occurredAt }, tenant: from };
  const said = { ...seen, by: actorOf(from, "by" in signal ? signal.by : undefined) };
  const isEmpty = signal.kind === "person.moved" && signal.changed.length === 0;
  return isEmpty ? [] : [signalOf(from, signal, seen, said)];
}

type Seen = Pick<Signal, "source" | "tenant">;
type Of<K extends Said["kind"]> = Extract<Said, { kind: K }>;

function signalOf(from: string, signal: Said, seen: Seen, said: Seen & { readonly by: Actor }): Signal {
  switch (signal.kind) {
    case "person.moved":
      return { kind: signal.kind, ...said, account: ownAccount(from, signal.account), changed: signal.changed };
    case "account.seen":
      return accountOf(from, signal, seen);
    case "identity.created":
      return { kind: signal.kind, ...said, identity: identityOf(from, signal.identity) };
    case "credential.issued":
      return { kind: signal.kind, ...said, ...credentialOf(from, signal) };
    case "credential.seen":
      return seenOf(from, signal, seen);
    case "credential.exposed":
      return { kind: signal.kind, ...said, credential: anyCredential(from, signal.credential) };
    case "access.refused":
      return { kind: signal.kind, ...said, action: signal.action, resource: signal.resource };
    default: {
      const { kind, account } = signal;
      return { kind, ...said, account: ownAccount(from, account), handle: handleOf(from, account) };
    }
  }
}

function accountOf(from: string, { account, manager, ...signal }: Of<"account.seen">, seen: Seen): Signal {
  const { kind, standing, name, email, team } = signal;
  return {
    ...{ kind, ...seen, standing, sameAs: [] },
    ...{ account: ownAccount(from, account), handle: handleOf(from, account) },
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    ...(team !== undefined && { team }),
    ...(manager !== undefined && { manager: anyAccount(from, manager) }),
  };
}

function seenOf(from: string, signal: Of<"credential.seen">, seen: Seen): Signal {
  const { kind, state, reach, createdAt, lastUsed, owner, shared } = signal;
  return {
    ...{ kind, ...seen, ...credentialOf(from, signal), state, reach },
    ...(createdAt !== undefined && { createdAt }),
    ...(lastUsed !== undefined && { lastUsed }),
    ...(owner !== undefined && { owner: anyAccount(from, owner) }),
    ...(shared !== undefined && { shared }),
  };
}

function credentialOf(from: string, { credential, type, identity }: Of<"credential.issued" | "credential.seen">) {
  return {
    credential: derivedId("crd", "ingest", from, credential),
    type,
    identity: identityOf(from, identity),
    handle: handleOf(from, credential),
  };
}

/** The source's name stands behind it, so that an address is no proof of whose it is: anybody may call a thing so. */
const identityOf = (from: string, name: string) => ({
  id: derivedId("idn", "ingest", from, name),
  realm: "ingest",
  name: `${name} (${from})`,
});

/** Whoever acted is as good as a name that they chose. */
function actorOf(
  from: string,
  by: { readonly name: string; readonly account?: string | undefined } | undefined,
): Actor {
  if (by === undefined) return { realm: "ingest", name: from, via: "workload" };
  const account = by.account === undefined ? {} : { account: anyAccount(from, by.account) };
  return { realm: "ingest", name: by.name, via: "session-name", ...account };
}

const handleOf = (from: string, id: string) => ({ source: from, id });
const ownAccount = (from: string, id: string): AccountId => derivedId("acc", "ingest", from, id);

/** Whom it points to, who may be known elsewhere: by an address, by an id of ours, or by its own name for them. */
function anyAccount(from: string, text: string): AccountId {
  if (isEmail(text)) return emailAccount(text);
  return /^acc_[0-9a-z]+$/.test(text) ? (text as AccountId) : ownAccount(from, text);
}

/** An exposure is heard of any credential: all that it leads to is a question. */
function anyCredential(from: string, text: string): CredentialId {
  if (/^A[KS]IA[A-Z0-9]{12,124}$/.test(text)) return accessKey(text);
  return /^crd_[0-9a-z]+$/.test(text) ? (text as CredentialId) : derivedId("crd", "ingest", from, text);
}
