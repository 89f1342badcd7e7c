import type { Evidence, EvidenceKind } from "../attribution/index.ts";
import type { AccountId } from "../kernel/index.ts";
import type { Actor, Source, Via } from "../signal/index.ts";
import { addressIn, emailAccount } from "./address.ts";

type Deed = "issued" | "identity-made";

/** How far the name of the one who acted can be trusted. A service, a root and a hidden name are nobody. */
const TRUST: Readonly<Record<Via, "by" | "in-sso-session" | "in-session" | undefined>> = {
  "idp-user": "by",
  "on-behalf-of": "by",
  "iam-user": "by",
  "sso-session": "in-sso-session",
  "session-name": "in-session",
  workload: undefined,
  unknown: undefined,
};

/** What it says about ownership that this actor issued a credential or made an identity. "The role" is never an owner. */
export function deedOf(deed: Deed, by: Actor, source: Source): readonly Evidence[] {
  const trust = TRUST[by.via];
  if (trust === undefined) return [];
  const candidate = by.account ?? (trust === "by" ? undefined : namedIn(by.name));
  return candidate === undefined ? [] : [evidenceOf(`${deed}-${trust}`, candidate, source)];
}

/** The identity is a person's own account as far as its name can tell. */
export function heldBy(name: string, source: Source): readonly Evidence[] {
  const candidate = namedIn(name);
  return candidate === undefined ? [] : [evidenceOf("held-by", candidate, source)];
}

export const evidenceOf = (kind: EvidenceKind, candidate: AccountId, source: Source): Evidence => ({
  kind,
  candidate,
  source: source.connector,
  eventId: source.eventId,
  at: source.occurredAt,
});

function namedIn(name: string): AccountId | undefined {
  const address = addressIn(name);
  return address === undefined ? undefined : emailAccount(address);
}
