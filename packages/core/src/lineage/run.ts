import type { EvidenceKind } from "../attribution/index.ts";
import {
  type AccountId,
  dayOf,
  derivedId,
  type Instant,
  instantOf,
  millisOf,
  type SessionId,
} from "../kernel/index.ts";
import type { SignalOf } from "../signal/index.ts";
import { repositoryMaker, workflowFacts, workflowMaker } from "./code-owners.ts";
import { evidenceOf } from "./evidence.ts";
import { factsOf, WEAK } from "./fact.ts";
import type { Contribution, Edge } from "./model.ts";

type Ran = SignalOf<"pipeline.ran">;
type Issued = SignalOf<"session.issued">;

const SLOT = 600_000; // ms: as short as most runs, so that few meet in one; each is a write
const MOST = 36; // slots of one run: six hours, as long as a job of GitHub's own may take
const HOUR = 6 * SLOT;
const DAY = 24 * HOUR;
const LONGEST = 35 * DAY; // GitHub ends what lasts longer: https://docs.github.com/actions/reference/limits
const ANY = "any ref"; // where a subject does not tell the ref: an environment, or a form of the repository's own
const PULL_REQUEST = "pull_request";

/**
 * AWS records no id of a run, so where and when is all that joins a session to the run that opened it: a place is one
 * repository, what its token's subject tells of the ref, and ten minutes; or an hour, or a day, for what lasted long. It is
 * a session that nobody opened; whose runs were there may have opened what was opened there.
 */
export interface Place {
  readonly id: SessionId;
  readonly name: string;
}

/**
 * A run is there from its start to when it was heard of, and while it is not known to have ended for one slot more. Of a long one
 * the last slots count: it may have waited for an approval before.
 */
export function placesOfRun({ run, source }: Pick<Ran, "run" | "source">): readonly Place[] {
  const { first, last } = lastOf({ run, source });
  const slots = Array.from({ length: Math.max(0, (last - first) / SLOT + 1) }, (_, nth) => first + nth * SLOT);
  return slots.flatMap((slot) => selectorsOf(run).map((selector) => placeAt(run.repository, selector, slot, SLOT)));
}

/**
 * Where a long run was before that: whole days, and hours where a day is not whole, so that a month is no more writes than the six
 * hours are. It may have opened what was opened there, and mostly waited: so it is a rival of everybody there, and names nobody.
 */
export function earlierPlacesOfRun({ run, source }: Pick<Ran, "run" | "source">): readonly Place[] {
  const { first, last } = lastOf({ run, source });
  const places: Place[] = [];
  if (slotOf(run.startedAt) >= first) return places;
  let at = Math.floor(Math.max(millisOf(run.startedAt), last - LONGEST) / HOUR) * HOUR;
  while (at < first) {
    const length = at % DAY === 0 && at + DAY <= first ? DAY : HOUR;
    for (const selector of selectorsOf(run)) places.push(placeAt(run.repository, selector, at, length));
    at += length;
  }
  return places;
}

function lastOf({ run, source }: Pick<Ran, "run" | "source">): { readonly first: number; readonly last: number } {
  const last = slotOf(run.endedAt ?? source.occurredAt) + (run.endedAt === undefined ? SLOT : 0);
  return { first: Math.max(slotOf(run.startedAt), last - (MOST - 1) * SLOT), last };
}

/** In which places a session was opened, the narrowest first, where GitHub itself vouches for its subject. */
function placesOfSession({ how, provider, subject, source }: Issued): readonly Place[] {
  if (how !== "web-identity" || !GITHUB.test(provider ?? "")) return [];
  const [, owner, name, rest = ""] = SUBJECT.exec(subject ?? "") ?? [];
  if (owner === undefined) return [];
  const at = millisOf(source.occurredAt);
  return [SLOT, HOUR, DAY].map((length) =>
    placeAt(`${owner}/${name}`, selectorIn(rest), Math.floor(at / length) * length, length),
  );
}

/** Who stands behind a run, said of every place in which it was: by when the run began, so that it stays one fact. */
export function runSaid(signal: Ran): readonly Contribution[] {
  const { by, run, source, tenant } = signal;
  const begun = { ...source, eventId: runPath(run), occurredAt: run.startedAt };
  const candidate = by.account ?? automationOf(run.repository);
  const [late, early]: readonly [EvidenceKind, EvidenceKind] =
    by.account === undefined
      ? ["opened-in-automatic-run", "opened-in-automatic-run"]
      : ["opened-in-run", "opened-in-long-run"];
  const said = (kind: EvidenceKind) => (place: Place) =>
    placeSaid(place, [evidenceOf(kind, candidate, begun)], { source, tenant });
  const places = [...placesOfRun(signal).map(said(late)), ...earlierPlacesOfRun(signal).map(said(early))];
  return by.account === undefined ? places : [...places, nameSaid(by.account, by.name, { source, tenant })];
}

function placeSaid(
  { id, name }: Place,
  evidence: Contribution["evidence"],
  { source, tenant }: Pick<Ran, "source" | "tenant">,
): Contribution {
  return {
    subject: { id, kind: "session", tenant },
    facts: factsOf({ ...source, eventId: id }, { name, how: "run", tenant, connector: source.connector }, WEAK),
    ...{ turns: {}, evidence, edges: [] },
  };
}

/** The edges by which what is learned of a place later finds the sessions that were opened there. */
export function openedIn(signal: Issued): readonly Edge[] {
  const at = signal.source.occurredAt;
  const places = placesOfSession(signal).map(({ id }) => id);
  if (places.length === 0) return [];
  const from = workflowOf(signal) ?? repositoryMaker(repositoryIn(signal.subject) ?? "");
  return [...places, from].map((id) => madeAt(id, signal.session.id, at));
}

/** The workflow in which it was opened, where the subject tells: whoever answers for that file may not for the others. */
export function workflowSaid(signal: Issued): readonly Contribution[] {
  const [id, repository, path] = [workflowOf(signal), repositoryIn(signal.subject), workflowIn(signal.subject)];
  if (id === undefined || repository === undefined || path === undefined) return [];
  const { tenant } = signal;
  return [
    {
      subject: { id, kind: "session", tenant },
      facts: workflowFacts(repository, path),
      ...{ turns: {}, evidence: [] },
      edges: [madeAt(repositoryMaker(repository), id, WEAK)], // the same of every session: saying it again is nothing new
    },
  ];
}

function workflowOf(signal: Issued): SessionId | undefined {
  const [repository, path] = [repositoryIn(signal.subject), workflowIn(signal.subject)];
  if (repository === undefined || path === undefined || placesOfSession(signal).length === 0) return undefined;
  return workflowMaker(repository, path);
}

const madeAt = (from: SessionId, to: SessionId, at: Instant): Edge => ({
  ...{ from, rel: "made", to },
  ...{ first: at, last: at, retracted: undefined },
});

/** Where GitHub shows the run; what cites the run is under this name. */
const runPath = ({ repository, id, attempt }: Ran["run"]) => `${repository}/actions/runs/${id}/attempts/${attempt}`;
export const RUN_PATH = /^([^/]+\/[^/]+)\/actions\/runs\/(\d+)\/attempts\/(\d+)$/;

/** The repository in a subject of GitHub's, without the numbers that newer ones have: https://docs.github.com/actions/reference/security/oidc. */
export function repositoryIn(subject: string | undefined): string | undefined {
  const [, owner, name] = SUBJECT.exec(subject ?? "") ?? [];
  return owner === undefined ? undefined : `${owner}/${name}`;
}

/** The file of the workflow, where a subject of one's own choice has it; one of another repository is not its own. */
export function workflowIn(subject: string | undefined): string | undefined {
  const [, owner, name, rest = ""] = SUBJECT.exec(subject ?? "") ?? [];
  const [, from, path] = WORKFLOW_REF.exec(rest) ?? [];
  return from?.toLowerCase() === `${owner}/${name}`.toLowerCase() ? path : undefined;
}

const WORKFLOW_REF = /(?:^|:)(?:job_)?workflow_ref:([^/:@]+\/[^/:@]+)\/([.]github\/workflows\/[^/:@]{1,255})(?:@|$)/;
const SUBJECT = /^repo:([^:/@]+)(?:@\d+)?\/([^:/@]+)(?:@\d+)?(?::(.*))?$/;
// The host and nothing before it: whoever may add a provider may call a path of it like GitHub. Behind it is an enterprise's.
const GITHUB =
  /^(?:arn:aws[a-z-]*:iam::\d+:oidc-provider\/|https:\/\/)?token[.]actions[.]githubusercontent[.]com(?:\/|$)/;

/** A branch and a tag of one name are one: the run's event does not tell them apart. */
function selectorIn(rest: string): string {
  const ref = /^ref:refs\/(?:heads|tags)\/(.+)$/.exec(rest)?.[1];
  return ref === undefined ? (rest === PULL_REQUEST ? PULL_REQUEST : ANY) : `ref ${ref}`;
}

function selectorsOf({ event, ref }: Ran["run"]): readonly string[] {
  const asked = event.startsWith(PULL_REQUEST) ? [PULL_REQUEST] : [];
  return event === PULL_REQUEST || ref === undefined ? [...asked, ANY] : [...asked, `ref ${ref}`, ANY];
}

/** GitHub takes a repository's name in any case, and a ref's in its own. */
function placeAt(repository: string, selector: string, start: number, length: number): Place {
  const at = instantOf(start);
  const wide = length === SLOT ? [] : [length === DAY ? "day" : "hour"];
  const id = derivedId("ses", "github", repository.toLowerCase(), selector, at, ...wide);
  return { id, name: [repository.toLowerCase(), selector, at.slice(0, 16), ...wide].join(", ") };
}

const slotOf = (at: Instant): number => Math.floor(millisOf(at) / SLOT) * SLOT;

/** Nobody's account: what a repository does by itself, as a rival of everybody whose runs were there. */
const automationOf = (repository: string): AccountId =>
  derivedId("acc", "github", "automation of", repository.toLowerCase());

/** What the account is called today: the run's event is all that tells it. */
function nameSaid(id: AccountId, name: string, { source, tenant }: Pick<Ran, "source" | "tenant">): Contribution {
  const facts = { name, tenant, connector: source.connector };
  return {
    subject: { id, kind: "account", tenant },
    facts: factsOf({ ...source, eventId: id }, facts, dayOf(source.occurredAt)),
    ...{ turns: {}, evidence: [], edges: [] },
  };
}
