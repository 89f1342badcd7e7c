import { derivedId, unreachable } from "../kernel/index.ts";
import type { Signal, SignalOf } from "../signal/index.ts";
import { accountSaid } from "./account.ts";
import { ownersSaid } from "./code-owners.ts";
import { credentialSaid, grantSaid, seenCredential, stateSaid } from "./credential.ts";
import { deedOf, evidenceOf } from "./evidence.ts";
import { exposedIdentity } from "./exposed.ts";
import { factsOf } from "./fact.ts";
import { seenIdentity } from "./identity.ts";
import type { Contribution } from "./model.ts";
import { runSaid } from "./run.ts";
import { actingIn, madeIn, makingOf, sessionSaid } from "./session.ts";
import { wordsSaid } from "./word.ts";

/** What one signal says about which subjects. Pure, and total: a signal that changes no state says nothing. */
export function contributions(signal: Signal): readonly Contribution[] {
  switch (signal.kind) {
    case "identity.created":
      return [...actingIn(signal.by, signal.source, signal.tenant), identitySaid(signal)];
    case "identity.deleted":
      return [identitySaid(signal)];
    case "identity.seen":
      return [seenIdentity(signal)];
    case "identity.exposed":
      return [exposedIdentity(signal)];
    case "credential.issued":
      return credentialSaid(signal);
    case "session.issued":
      return sessionSaid(signal);
    case "pipeline.ran":
      return runSaid(signal);
    case "repository.owned":
      return [ownersSaid(signal)];
    case "credential.seen":
      return seenCredential(signal);
    case "grant.created":
      return grantSaid(signal);
    case "credential.disabled":
      return [stateSaid(signal, { state: "off" })];
    case "credential.restored":
      return [stateSaid(signal, { state: "on", restored: "yes" })];
    case "credential.deleted":
    case "grant.revoked":
      return [stateSaid(signal, { state: "deleted" })];
    case "credential.exposed":
      return [stateSaid(signal, { exposed: "yes" })];
    case "access.refused":
      return []; // nothing happened
    case "person.joined":
    case "person.moved":
    case "person.held":
    case "person.left":
    case "person.vanished":
    case "person.reinstated":
    case "person.purged":
    case "account.seen":
      return [accountSaid(signal)];
    case "person.linked":
    case "person.unlinked":
      return wordsSaid(signal);
    default:
      return unreachable(signal);
  }
}

function identitySaid(signal: SignalOf<"identity.created" | "identity.deleted">): Contribution {
  const { kind, identity, source, tenant, by, renamed = false } = signal;
  const { role = undefined, owner = undefined } = kind === "identity.created" ? signal : {};
  const deleted = kind === "identity.deleted" ? "yes" : "no";
  const made = kind === "identity.created" && !renamed;
  return {
    subject: { id: identity.id, kind: "identity", tenant },
    facts: {
      ...factsOf(source, { realm: identity.realm, name: identity.name, tenant, connector: source.connector, deleted }),
      ...factsOf(source, { role, owner, renamed: renamed ? "yes" : undefined }),
      ...(made ? makingOf(by, source) : {}),
    },
    turns: {},
    evidence: [
      ...(made ? deedOf("identity-made", by, source) : []),
      ...(renamed ? [evidenceOf("identity-renamed", nobodyOf(identity.id), source)] : []),
      ...(owner === undefined ? [] : [evidenceOf("declared", owner, source)]),
    ],
    edges: made ? madeIn(by, identity.id, source) : [],
  };
}

/** Evidence is of some candidate; this one is nobody's account, and one for each name. */
const nobodyOf = (identity: string) => derivedId("acc", "renamed", identity);
