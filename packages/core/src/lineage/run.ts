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
import { evidenceOf } from "./evidence.ts";
import { factsOf, WEAK } from "./fact.ts";
import type { Contribution, Edge } from "./model.ts";

type Ran = SignalOf<"pipeline.ran">;
type Issued = SignalOf<"session.issued">;

const HOUR = 3_600_000;
const MOST = 24; // hours of one run
const ANY = "any ref"; // where a subject does not tell the ref: an environment, or a form of the repository's own
const PULL_REQUEST = "pull_request";

/**
 * AWS records no id of a run, so where and when is all that joins a session to the run that opened it: a place is one
 * repository, what its token's subject tells of the ref, and one UTC hour. It is a session that nobody opened; whose runs
 * were there may have opened what was opened there.
 */
export interface Place {
  readonly id: SessionId;
  readonly name: string;
}

/** A run is in the hour of its start and the next, and in the hours until its end once that is known. */
export function placesOfRun(run: Ran["run"]): readonly Place[] {
  const first = hourOf(run.startedAt);
  const last = Math.max(first + HOUR, run.endedAt === undefined ? first : hourOf(run.endedAt));
  const hours = Array.from({ length: Math.min(MOST, (last - first) / HOUR + 1) }, (_, nth) => first + nth * HOUR);
  return hours.flatMap((hour) => selectorsOf(run).map((selector) => placeAt(run.repository, selector, hour)));
}

/** In which place a session was opened, where GitHub itself vouches for its subject. */
export function placeOfSession({ how, provider, subject, source }: Issued): Place | undefined {
  if (how !== "web-identity" || !GITHUB.test(provider ?? "")) return undefined;
  const [, owner, name, rest = ""] = SUBJECT.exec(subject ?? "") ?? [];
  if (owner === undefined) return undefined;
  return placeAt(`${owner}/${name}`, selectorIn(rest), hourOf(source.occurredAt));
}

/** Who stands behind a run, said of every place in which it was: by when the run began, so that it stays one fact. */
export function runSaid({ by, run, source, tenant }: Ran): readonly Contribution[] {
  const begun = { ...source, eventId: runPath(run), occurredAt: run.startedAt };
  const [kind, candidate]: [EvidenceKind, AccountId] =
    by.account === undefined
      ? ["opened-in-automatic-run", automationOf(run.repository)]
      : ["opened-in-run", by.account];
  const places = placesOfRun(run).map(
    ({ id, name }): Contribution => ({
      subject: { id, kind: "session", tenant },
      facts: factsOf({ ...source, eventId: id }, { name, how: "run", tenant, connector: source.connector }, WEAK),
      turns: {},
      evidence: [evidenceOf(kind, candidate, begun)],
      edges: [],
    }),
  );
  return by.account === undefined ? places : [...places, nameSaid(by.account, by.name, { source, tenant })];
}

/** The edge by which what is learned of a place later finds the sessions that were opened there. */
export function openedIn(signal: Issued): readonly Edge[] {
  const place = placeOfSession(signal);
  if (place === undefined) return [];
  const at = signal.source.occurredAt;
  return [{ from: place.id, rel: "made", to: signal.session.id, first: at, last: at, retracted: undefined }];
}

/** Where GitHub shows the run; what cites the run is under this name. */
const runPath = ({ repository, id, attempt }: Ran["run"]) => `${repository}/actions/runs/${id}/attempts/${attempt}`;
export const RUN_PATH = /^([^/]+\/[^/]+)\/actions\/runs\/(\d+)\/attempts\/(\d+)$/;

/** The repository in a subject of GitHub's, without the numbers that newer ones have: https://docs.github.com/actions/reference/security/oidc. */
export function repositoryIn(subject: string | undefined): string | undefined {
  const [, owner, name] = SUBJECT.exec(subject ?? "") ?? [];
  return owner === undefined ? undefined : `${owner}/${name}`;
}

const SUBJECT = /^repo:([^:/@]+)(?:@\d+)?\/([^:/@]+)(?:@\d+)?(?::(.*))?$/;
const GITHUB = /(?:^|\/)token[.]actions[.]githubusercontent[.]com(?:\/|$)/;

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
function placeAt(repository: string, selector: string, hour: number): Place {
  const at = instantOf(hour);
  const id = derivedId("ses", "github", repository.toLowerCase(), selector, at);
  return { id, name: `${repository.toLowerCase()}, ${selector}, ${at.slice(0, 13)}h` };
}

const hourOf = (at: Instant): number => Math.floor(millisOf(at) / HOUR) * HOUR;

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
