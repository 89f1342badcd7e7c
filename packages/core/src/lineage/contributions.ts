import { unreachable } from "../kernel/index.ts";
import type { Signal } from "../signal/index.ts";
import { accountSaid } from "./account.ts";
import { ownersSaid } from "./code-owners.ts";
import { credentialSaid, grantSaid, seenCredential, stateSaid } from "./credential.ts";
import { exposedIdentity } from "./exposed.ts";
import { identitySaid } from "./identity.ts";
import { judgedSaid } from "./judged.ts";
import type { Contribution } from "./model.ts";
import { runSaid } from "./run.ts";
import { secretSaid } from "./secret.ts";
import { actingIn, sessionSaid } from "./session.ts";
import { wordsSaid } from "./word.ts";

/** What one signal says about which subjects. Pure, and total: a signal that changes no state says nothing. */
export function contributions(signal: Signal): readonly Contribution[] {
  switch (signal.kind) {
    case "identity.created":
    case "identity.changed":
      return [...actingIn(signal.by, signal.source, signal.tenant), identitySaid(signal)];
    case "identity.deleted":
    case "identity.seen":
      return [identitySaid(signal)];
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
    case "secret.read":
    case "secret.stored":
      return secretSaid(signal);
    case "access.judged":
      return [judgedSaid(signal)];
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
