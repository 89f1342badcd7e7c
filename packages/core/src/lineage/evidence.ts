import type { Evidence, EvidenceKind } from "../attribution/index.ts";
import type { AccountId, SessionId } from "../kernel/index.ts";
import type { Actor, Source, Via } from "../signal/index.ts";
import { addressIn, agentsOwner, emailAccount } from "./address.ts";

export type Deed = "issued" | "identity-made" | "opened";
type Shown = "by" | "in-sso-session" | "in-saml-session" | "under-source-identity" | "in-session";
type Handed = Shown | "in-run" | "in-long-run" | "in-automatic-run";

/** How far the name of the one who acted can be trusted. A service, a root and a hidden name are nobody. */
const TRUST: Readonly<Record<Via, Shown | undefined>> = {
  "idp-user": "by",
  "on-behalf-of": "by",
  "iam-user": "by",
  "sso-session": "in-sso-session",
  "saml-session": "in-saml-session",
  "session-name": "in-session",
  workload: undefined,
  unknown: undefined,
};

/** The record names the account by an id that nobody could set. */
export const namesForSure = ({ via, account }: Actor): boolean => TRUST[via] === "by" && account !== undefined;

/** What it says about ownership that this actor issued a credential, made an identity, or opened a session. "The role" is never an owner. */
export function deedOf(deed: Deed, by: Actor, source: Source): readonly Evidence[] {
  const trust = TRUST[by.via];
  if (trust === undefined) return [];
  const candidate = by.account ?? (trust === "by" ? undefined : namedIn(by.name));
  return candidate === undefined ? [] : [evidenceOf(`${deed}-${trust}`, candidate, source)];
}

/** Whom a text names that whoever opened the session could choose. */
export function chosen(shown: "under-source-identity" | "in-session", text: string | undefined, source: Source) {
  const candidate = text === undefined ? undefined : namedIn(text);
  return candidate === undefined ? [] : [evidenceOf(`opened-${shown}`, candidate, source)];
}

const MOST = 8; // sessions in one chain

/**
 * What is known of whose a session is, said of what came into being in it: of a further session the same, of a credential or an
 * identity that they made it. The ids join exactly, so nothing is lost on the way but what has come too far.
 */
export function handedOn(evidence: readonly Evidence[], session: SessionId, deed: Deed): readonly Evidence[] {
  return evidence.flatMap(({ kind, through = [], ...item }) => {
    const shown = SHOWN[kind];
    if (shown === undefined || through.length >= MOST) return [];
    return [{ ...item, kind: `${deed}-${shown}` as const, through: [session, ...through] }];
  });
}

const SHOWN: Readonly<Partial<Record<EvidenceKind, Handed>>> = {
  "opened-by": "by",
  "opened-in-sso-session": "in-sso-session",
  "opened-in-saml-session": "in-saml-session",
  "opened-under-source-identity": "under-source-identity",
  "opened-in-session": "in-session",
  "opened-in-run": "in-run",
  "opened-in-long-run": "in-long-run",
  "opened-in-automatic-run": "in-automatic-run",
};

/** The identity is a person's own account as far as its name can tell; or, by a plus-address, an agent of theirs. */
export function heldBy(name: string, source: Source): readonly Evidence[] {
  const address = addressIn(name);
  if (address === undefined) return [];
  const owner = agentsOwner(address);
  return [
    owner ? evidenceOf("agent-of", emailAccount(owner), source) : evidenceOf("held-by", emailAccount(address), source),
  ];
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
