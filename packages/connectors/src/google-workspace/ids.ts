import { type AccountId, type CredentialId, derivedId } from "@leasehold/core/kernel";
import type { Identity } from "@leasehold/core/signal";

/** Google gives the id of a client once, to whomever it acts for. */
export const appOf = (clientId: string, name = clientId): Identity => ({
  id: derivedId("idn", "google", clientId),
  realm: "google",
  name,
});

/** A consent has no id of its own: a user has at most one to each application. */
export const consentOf = (user: AccountId, clientId: string): CredentialId =>
  derivedId("crd", "google", "consent", user, clientId);

/** Domain-wide delegation: at most one of a customer to each client. */
export const delegationOf = (customerId: string, clientId: string): CredentialId =>
  derivedId("crd", "google", "delegation", customerId, clientId);
