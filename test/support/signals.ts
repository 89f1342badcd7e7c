import {
  type AccountId,
  type CredentialId,
  derivedId,
  type IdentityId,
  type Instant,
  later,
} from "@leasehold/core/kernel";
import { type Actor, Signal } from "@leasehold/core/signal";
import { MONDAY } from "./clock.ts";

export const oktaUser = (name: string): AccountId => derivedId("acc", "okta", "example", name);
export const accessKey = (id = "AKIAIOSFODNN7EXAMPLE"): CredentialId => derivedId("crd", "aws", id);
export const role = (name: string): IdentityId => derivedId("idn", "aws", name);
export const hours = (n: number): Instant => later(MONDAY, n);
export const byUser = (name: string): Actor => ({ realm: "okta", name, via: "idp-user", account: oktaUser(name) });
export const NOBODY: Actor = { realm: "aws", name: "root", via: "unknown" };

const from = (connector: string, eventId: string, at: Instant) => ({ connector, eventId, occurredAt: at });
const identityOf = (name: string) => ({ id: role(name), realm: "aws", name });

export const madeIdentity = (name: string, by: Actor = NOBODY, at: Instant = MONDAY): Signal =>
  Signal.parse({
    ...{ kind: "identity.created", source: from("aws-iam", `made/${name}/${at}`, at), tenant: "111122223333" },
    ...{ by, identity: identityOf(name) },
  });

export const issuedKey = (by: Actor = NOBODY, at: Instant = MONDAY, id?: string, holder = "deploy"): Signal =>
  Signal.parse({
    ...{ kind: "credential.issued", source: from("aws-iam", `issued/${id}/${at}`, at), tenant: "111122223333", by },
    ...{ credential: accessKey(id), type: "access key", identity: identityOf(holder), handle: { user: holder } },
  });

/** A session by the key id that stands for it. */
export const sessionOf = (id: string) => ({ id: derivedId("ses", "aws", id), name: id });
export const inSession = (id: string, name = "run-42"): Actor => ({
  ...{ realm: "aws", name: `arn:aws:sts::111122223333:assumed-role/deploy/${name}`, via: "session-name" },
  session: sessionOf(id),
});
export const openedSession = (id: string, by: Actor, more: object = {}, at: Instant = MONDAY): Signal =>
  Signal.parse({
    ...{ kind: "session.issued", source: from("aws-sts", `opened/${id}/${at}`, at), tenant: "111122223333", by },
    ...{ session: sessionOf(id), how: "assume-role", role: "arn:aws:iam::111122223333:role/deploy", ...more },
  });

type State = "disabled" | "restored" | "deleted" | "exposed";
export const keyIs = (state: State, at: Instant = MONDAY, id?: string): Signal =>
  Signal.parse({
    ...{ kind: `credential.${state}`, source: from("aws-iam", `${state}/${id}/${at}`, at), tenant: "111122223333" },
    ...{ by: NOBODY, credential: accessKey(id) },
  });

export const leaked = (holder = "deploy", at: Instant = MONDAY): Signal =>
  Signal.parse({
    ...{ kind: "identity.exposed", source: from("aws-iam", `leaked/${holder}/${at}`, at), tenant: "111122223333" },
    ...{ by: NOBODY, identity: identityOf(holder) },
  });

export const seenKey = (more: object = {}, at: Instant = MONDAY, id?: string, holder = "deploy"): Signal =>
  Signal.parse({
    ...{ kind: "credential.seen", source: from("aws-iam", `seen/${id}`, at), tenant: "111122223333" },
    ...{ credential: accessKey(id), type: "access key", identity: identityOf(holder), handle: { user: holder } },
    ...{ state: "on", reach: "write", ...more },
  });

type Change = "joined" | "moved" | "held" | "left" | "reinstated" | "purged";
export const person = (change: Change, name: string, at: Instant = MONDAY): Signal =>
  Signal.parse({
    ...{ kind: `person.${change}`, source: from("okta", `${change}/${name}/${at}`, at), tenant: "example" },
    ...{ by: NOBODY, account: oktaUser(name) },
    ...(change === "moved" ? { changed: ["team"] } : { handle: { user: name } }),
  });

export const githubUser = (name: string): AccountId => derivedId("acc", "github", "example", name);
export const byGithub = (name: string) =>
  ({ realm: "github", name, via: "idp-user", account: githubUser(name) }) as const;
/** An account of GitHub's, as a list has it: nothing joins it to anybody unless `more` says so. */
export const seenOnGithub = (name: string, more: object = {}, at: Instant = MONDAY): Signal =>
  Signal.parse({
    ...{ kind: "account.seen", source: from("github", `seen/${name}/${at}`, at), tenant: "example" },
    ...{ account: githubUser(name), handle: { user: name }, standing: "active", name },
    ...{ sameAs: [], ...more },
  });

export const seenUser = (name: string, more: object = {}, at: Instant = MONDAY): Signal =>
  Signal.parse({
    ...{ kind: "account.seen", source: from("okta", `seen/${name}/${at}`, at), tenant: "example" },
    ...{ account: oktaUser(name), handle: { user: name }, standing: "active", name, email: `${name}@example.com` },
    ...{ sameAs: [], ...more },
  });
