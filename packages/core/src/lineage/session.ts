import { type Instant, instantOf, millisOf, type SessionId } from "../kernel/index.ts";
import type { Actor, Session, SignalOf, Source } from "../signal/index.ts";
import { chosen, deedOf, namesForSure } from "./evidence.ts";
import { factsOf, WEAK } from "./fact.ts";
import type { Contribution, Edge, Fact } from "./model.ts";
import { openedIn, workflowSaid } from "./run.ts";

type Issued = SignalOf<"session.issued">;

/** What is known of a session that was opened: how, for what, and who asked for it. What opens it is nowhere in here. */
export function sessionSaid(signal: Issued): readonly Contribution[] {
  const { session, source, tenant, by, how, role, sessionName, sourceIdentity, provider, subject } = signal;
  const facts = {
    ...factsOf(source, { tenant, connector: source.connector, how, opened: source.occurredAt }),
    ...factsOf(source, { role, sessionName, sourceIdentity, provider, subject }),
    ...always({ name: session.name }),
    ...makingOf(by, source, "always"),
  };
  return [
    ...actingIn(by, source, tenant),
    ...workflowSaid(signal),
    {
      subject: { id: session.id, kind: "session", tenant },
      facts,
      turns: {},
      evidence: [...deedOf("opened", by, source), ...namedBy(signal)],
      edges: [...madeIn(by, session.id, source), ...openedIn(signal)],
    },
  ];
}

/** A SAML identity provider sets the source identity too; anybody else's is the caller's own word, and so is the session's name. */
function namedBy({ how, by, sessionName, sourceIdentity, source }: Issued) {
  if (how === "sso" || how === "saml")
    return deedOf("opened", { realm: by.realm, via: "saml-session", name: sourceIdentity ?? "" }, source);
  return [...chosen("under-source-identity", sourceIdentity, source), ...chosen("in-session", sessionName, source)];
}

/**
 * What an event says of the session in which its actor acted: whose it is, where the vendor itself says so. The name that its
 * opener chose is no more true for being used. One sign-in has many sessions, and not every service says whose each is: so what
 * is said of one is said of the sign-in, which hands it to all that live under it. Each act says it again: it is dated by the session
 * and known by its id, so that it stays one fact in whatever order thousands of acts are heard of.
 */
export function actingIn(by: Actor, source: Source, tenant: string): readonly Contribution[] {
  const { session, signIn, via } = by;
  if (session === undefined) return [];
  const since = began(session, source);
  const told = (of: string, at: Instant) =>
    via === "session-name" ? [] : deedOf("opened", by, { ...source, eventId: of, occurredAt: at });
  const under = link(signIn, session.id, since);
  return [
    ...saidOf(signIn, { evidence: told(signIn?.name ?? "", hourOf(since)), edges: [] }, tenant, "sign-in"),
    ...saidOf(session, { evidence: told(session.name, session.since ?? hourOf(since)), edges: under }, tenant),
  ];
}

function saidOf(
  session: Actor["session"],
  told: Pick<Contribution, "evidence" | "edges">,
  tenant: string,
  how?: "sign-in",
): readonly Contribution[] {
  if (session === undefined || (told.evidence.length === 0 && told.edges.length === 0)) return [];
  const facts = always({ name: session.name, how });
  return [{ subject: { id: session.id, kind: "session", tenant }, facts, turns: {}, ...told }];
}

/** Whoever says it says the same of that id: saying it again is nothing new. */
const always = (values: Readonly<Record<string, string | undefined>>) =>
  factsOf({ connector: "", eventId: "", occurredAt: WEAK }, values);

/** Where nothing says when it began, its first hour: it lasts for some, and is told of in each a thousand times. */
const hourOf = (at: Instant): Instant => instantOf(Math.floor(millisOf(at) / 3_600_000) * 3_600_000);

/** One instant for all that is done in it. */
const began = ({ since }: Session, { occurredAt }: Source): Instant =>
  since !== undefined && since < occurredAt ? since : occurredAt;

/**
 * The edge by which what is learned of the session later finds all that was made in it. Where the record itself names the
 * account by an id that nobody could set, nothing better can come that way.
 */
export const madeIn = (by: Actor, to: string, { occurredAt }: Source): readonly Edge[] =>
  namesForSure(by) ? [] : link(by.session, to, occurredAt);

function link(session: Actor["session"], to: string, at: Instant): readonly Edge[] {
  if (session === undefined || session.id === to) return [];
  return [{ from: session.id, rel: "made", to, first: at, last: at, retracted: undefined }];
}

/** Who made it, as far as it explains an answer of nobody: in which session, or by what that is no person. */
export function makingOf(by: Actor, source: Source, when?: "always"): Readonly<Record<string, Fact>> {
  const { session, via, name } = by;
  if (when === undefined && session === undefined && via !== "workload") return {};
  const told = { madeIn: session?.id, madeInName: session?.name, maker: name, madeVia: via };
  return factsOf(source, told, via === "unknown" ? WEAK : source.occurredAt); // of two accounts' records of one call, one may hide who called
}

export const isSession = (id: string): id is SessionId => id.startsWith("ses_");
