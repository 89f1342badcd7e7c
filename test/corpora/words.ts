import { connectors } from "@leasehold/connectors";
import {
  accessKey,
  awsCredential,
  emailAccount,
  googleAccount,
  iamIdentity,
  iamUserAccount,
  identityCenterAccount,
  keySession,
  oktaAccount,
} from "@leasehold/connectors/kit";
import { derivedId } from "@leasehold/core/kernel";
import type { Actor, Identity, Signal, SignalKind } from "@leasehold/core/signal";
import { type Expected, type ExpectedActor, uniqueIdsOf } from "./truth.ts";

/** Our kinds in the words of truth.json. What no event can say has none. */
const WORDS: { readonly [K in SignalKind]: Word } = {
  "identity.created": { kind: "identity.created", changesState: true },
  "identity.changed": { kind: "", changesState: true },
  "identity.deleted": { kind: "identity.deleted", changesState: true },
  "identity.exposed": { kind: "credential.exposed", changesState: false },
  "identity.seen": { kind: "", changesState: false },
  "credential.issued": { kind: "credential.issued", changesState: true },
  "session.issued": { kind: "session.started", changesState: true },
  "pipeline.ran": { kind: "", changesState: true },
  "repository.owned": { kind: "", changesState: true },
  "credential.disabled": { kind: "credential.changed", to: "inactive", changesState: true },
  "credential.restored": { kind: "credential.changed", to: "active", changesState: true },
  "credential.deleted": { kind: "credential.deleted", changesState: true },
  "credential.exposed": { kind: "credential.exposed", changesState: false },
  "grant.created": { kind: "grant.created", changesState: true },
  "grant.revoked": { kind: "grant.revoked", changesState: true },
  "secret.read": { kind: "secret.read", changesState: false },
  "secret.stored": { kind: "secret.stored", changesState: true },
  "access.judged": { kind: "", changesState: false },
  "access.refused": { kind: "access.refused", changesState: false },
  "person.joined": { kind: "person.joined", changesState: true },
  "person.moved": { kind: "person.moved", changesState: true },
  "person.held": { kind: "person.held", changesState: true },
  "person.left": { kind: "person.left", changesState: true },
  "person.reinstated": { kind: "person.moved", changesState: true },
  "person.purged": { kind: "person.purged", changesState: true },
  "person.vanished": { kind: "", changesState: true },
  "person.linked": { kind: "", changesState: false },
  "person.unlinked": { kind: "", changesState: false },
  "account.seen": { kind: "", changesState: false },
  "credential.seen": { kind: "", changesState: false },
};
interface Word {
  readonly kind: string;
  readonly to?: string;
  readonly changesState: boolean;
}

export const changesState = ({ kind }: Signal): boolean => WORDS[kind].changesState;

/** Of users, roles and permission sets it is what they may do that changes. */
const RIGHTS = ["aws-iam", "aws-identity-center"];

/** Of what keeps values, of what an agent is made of, and of rights the truth has words of its own. */
function wordOf({ kind, source }: Signal): Word {
  if (source.connector === "aws-agentcore" && kind === "identity.created")
    return { kind: "agent.registered", changesState: true };
  if (RIGHTS.includes(source.connector) && kind === "identity.changed")
    return { kind: "privilege.changed", changesState: true };
  if (source.connector !== "aws-secrets" && kind === "secret.stored")
    return { kind: "credential.changed", changesState: true }; // "state or value of a credential changed": a password is no vault's entry
  if (source.connector !== "aws-secrets" || (kind !== "credential.issued" && kind !== "credential.deleted"))
    return WORDS[kind];
  return { kind: kind === "credential.issued" ? "secret.stored" : "secret.deleted", changesState: true };
}

/** Whether we say what was expected: the kind, whom or what it is about, and who did it. */
export function agrees(ours: Signal, theirs: Expected): boolean {
  const word = wordOf(ours);
  const kind =
    theirs.kind === "person.left" && theirs.certainty === "C1" ? ["person.left", "person.held"] : [theirs.kind];
  if (!kind.includes(word.kind) || word.changesState !== theirs.changesState) return false;
  if (theirs.to !== undefined && theirs.to !== word.to) return false;
  return sameSubject(ours, theirs) && "by" in ours && sameActor(ours.by, theirs.actor.alone ?? theirs.actor);
}

function sameSubject(ours: Signal, theirs: Expected): boolean {
  const { subject, credential, action, resource = "" } = theirs;
  if (ours.source.connector === "google-workspace") return ofGoogle(ours, theirs);
  if (ours.kind === "access.refused")
    return ours.action === action && ours.resource.endsWith(resource.split(/[ /]/).at(-1) ?? "");
  if (ours.source.connector === "aws-secrets") return "credential" in ours && ours.credential === keptAt(subject.id);
  if (ours.kind === "session.issued")
    return [keySession(credential?.id ?? ""), bearerOf(credential?.id ?? "")].includes(ours.session.id);
  if ("account" in ours)
    return "handle" in ours && ours.handle["userId"] === subject.id && isAccount(ours, ours.handle["identityStoreId"]);
  if (ours.source.connector === "github") return onGithub(ours, subject.id, credential?.id);
  if ("identity" in ours && !isIdentity(ours.identity, ours.tenant, changedOf(theirs))) return false;
  return !("credential" in ours) || credential === undefined || isCredential(ours, credential.id);
}

/** Who was given the right does not stand in the record: then it is known by what gives it. */
const changedOf = ({ subject: { id }, target }: Expected) => (/^unknown/.test(id) && target ? target.id : id);

/** A secret is known without the six signs at the end of its ARN. */
const keptAt = (arn: string) =>
  awsCredential(arn.includes(":secretsmanager:") ? arn.replace(/-[A-Za-z0-9]{6}$/, "") : arn);

/** A key is of a repository, an installation of an account, a member of an organisation; all three are known there by name. */
function onGithub(ours: Signal, subject: string, credential = ""): boolean {
  const [id = "", kind = "deploy key"] = credential.split(" ").reverse();
  if ("credential" in ours && ours.credential !== derivedId("crd", "github", kind, id)) return false;
  if (ours.kind === "credential.issued") return ours.identity.name === subject;
  return ours.kind === "identity.deleted"
    ? ours.identity.name === `${ours.tenant}/${subject}`
    : ours.tenant === subject;
}

/** Google says of a grant whose it is by the address, of one that a user gives or takes back themself by the user's own id. */
function ofGoogle(ours: Signal, { subject: { id, type }, credential }: Expected): boolean {
  const made = (...parts: string[]) => derivedId("crd", "google", ...parts);
  if ("account" in ours) return ours.account === emailAccount(id);
  if (!("credential" in ours) || credential === undefined) return false;
  if (type === "resource") return ours.credential === made("delegation", ours.tenant, credential.id);
  const user = id.includes("@") ? emailAccount(id) : googleAccount(id);
  return ours.credential === made("consent", user, credential.id);
}

/** Who an account of Google's is: the id and the address of whoever acted in the same record. */
export const saysWho = (ours: Signal, { id = "", email }: ExpectedActor): boolean =>
  ours.kind === "account.seen" &&
  ours.account === googleAccount(id) &&
  ours.email === email &&
  ours.sameAs.length === 0;

/** The id is made of what the vendor never gives twice. */
function isAccount(
  ours: { account: string; tenant: string; handle: Readonly<Record<string, string>> },
  store?: string,
) {
  const userId = ours.handle["userId"] ?? "";
  return ours.account === (store ? identityCenterAccount(store, userId) : oktaAccount(ours.tenant, userId));
}

const isIdentity = ({ id }: Identity, tenant: string, theirs: string): boolean =>
  id === (theirs.startsWith("arn:") ? iamIdentity(theirs).id : derivedId("idn", "okta", tenant, theirs));

const isCredential = (ours: { credential: string; tenant: string }, theirs: string): boolean =>
  [accessKey(theirs), passwordOf(theirs), derivedId("crd", "okta", ours.tenant, theirs)].includes(
    ours.credential as `crd_${string}`,
  );

/** What comes with a bearer token and no key is known by AWS's id of the token. */
const bearerOf = (theirs: string) => derivedId("ses", "aws", "bearer", theirs);

/** A password has no id of its own: it is known by its user. */
const passwordOf = (theirs: string) => derivedId("crd", "aws", theirs.replace(/#password$/, ""), "login profile");

const { listens: counts } = await connectors["aws-cloudtrail"]();

/** A call of a service that nobody else hears is counted: by which credential, which call, and that it was refused. */
export function isCounted(record: unknown, { kind, action, credential, actor }: Expected): boolean {
  if (kind !== "access.refused" || counts?.usesOf === undefined) return false;
  const events = [counts.envelope?.(record) ?? []].flat().map((event) => counts.event.parse(event));
  return events
    .flatMap((event) => counts.usesOf?.(event) ?? [])
    .some(
      (use) =>
        use.refused &&
        `${use.service}:${use.action}` === action &&
        use.credential === keySession(credential?.id ?? "") &&
        sameActor({ ...use.caller, realm: "aws" }, actor.alone ?? actor),
    );
}

/** What a record shows of a thing beside what was done to it: the truth has no word for it. */
export const isShown = ({ kind }: Signal): boolean => kind === "identity.seen";

/** Whether a chain of sessions came to whom the whole file allows. */
export function cameTo(candidates: readonly string[], { id = "" }: ExpectedActor): "right" | "wrong" | "nobody" {
  if (candidates.length === 0) return "nobody";
  return id.startsWith("arn:") && isIamUser(candidates[0], id) ? "right" : "wrong";
}

/** The truth names an IAM user by its ARN; ours is known by the unique id that stands beside it in some record. */
const isIamUser = (account: string | undefined, arn: string): boolean =>
  [undefined, ...uniqueIdsOf(arn)].some((id) => account === iamUserAccount(arn, id));

export function sameActor(by: Actor, theirs: ExpectedActor): boolean {
  const { resolution, id = "", credential, through, store } = theirs;
  if (credential !== undefined && by.credential !== accessKey(credential)) return false;
  if (resolution === "workload") return by.via === "workload" && by.account === undefined;
  if (resolution === "not-visible") return by.via === "unknown" && by.account === undefined;
  if (resolution === "session-parent")
    return by.account === undefined && (by.via === "session-name" || (by.via === "workload" && by.name === through));
  if (by.realm === "github") return onGithubBy(by, theirs);
  return isPerson(by, id, store);
}

function isPerson(by: Actor, id: string, store?: string): boolean {
  if (id.startsWith("arn:")) return by.via === "iam-user" && isIamUser(by.account, id);
  if (by.realm === "google") return by.via === "idp-user" && by.account === googleAccount(id);
  if (by.via === "sso-session") return by.name.endsWith(`/${id}`);
  if (by.via !== "on-behalf-of") return by.via === "idp-user";
  return by.account === identityCenterAccount(store?.split("identitystore/")[1] ?? "", id);
}

/** By number where the record has one; a login alone names whoever has it, and is no account. */
function onGithubBy({ via, name, account }: Actor, { id = "", login = id }: ExpectedActor): boolean {
  const theirs = /^\d+$/.test(id) ? derivedId("acc", "github", id) : undefined;
  return via === "idp-user" && name === login && account === theirs;
}
