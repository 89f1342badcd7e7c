import { type Evidence, type EvidenceKind, type Forger, KINDS } from "@leasehold/core/attribution";
import type { SessionId } from "@leasehold/core/kernel";
import { RUN_PATH, repositoryIn, type Subject, type SubjectId } from "@leasehold/core/lineage";
import type { World } from "../world/index.ts";

/** One session on the way from a thing to whoever is behind it, as it is shown. */
export interface Hop {
  readonly session: SessionId;
  readonly name: string | undefined; // the vendor's own id of it, which opens nothing
  readonly how: string | undefined; // undefined: it was never seen being opened
  readonly role: string | undefined;
  readonly by: string | undefined; // who asked for it, in the vendor's words
  readonly run?: Run; // no session, but the run that probably opened the one before it
  readonly forgeableBy: Forger; // ids join the hops exactly; the last one is as good as what named somebody
}

/** No id joins a run to what it opened: it was where and when that was opened. */
export interface Run {
  readonly repository: string;
  readonly id: string;
  readonly attempt: number;
  readonly inferredFrom: string; // a sentence
}

type Reads = Pick<World, "graph">;

/** The sessions between a thing and the one of whom this was learned, nearest first. */
export async function hopsOf({ graph }: Reads, item: Evidence): Promise<readonly Hop[]> {
  const { kind, through = [] } = item;
  const run = runIn(item);
  const login = run && (await graph.node(item.candidate))?.value.subject.facts["name"]?.value;
  const nodes = await Promise.all(through.map((id) => graph.node(id)));
  return through.map((session, n) => {
    const fact = (name: string) => nodes[n]?.value.subject.facts[name]?.value;
    const last = n === through.length - 1;
    return {
      ...{ session, name: fact("name"), how: fact("how"), role: fact("role"), by: fact("maker") },
      forgeableBy: last ? KINDS[kind].forgeableBy : "nobody",
      ...(last && run && { by: login, run }),
    };
  });
}

const RUN_KINDS: readonly Evidence["kind"][] = ["opened-in-run", "issued-in-run", "identity-made-in-run"];

function runIn({ kind, eventId }: Evidence): Run | undefined {
  const [, repository, id, attempt] = (RUN_KINDS.includes(kind) && RUN_PATH.exec(eventId)) || [];
  if (repository === undefined || id === undefined) return undefined;
  return { repository, id, attempt: Number(attempt), inferredFrom: INFERRED };
}

const INFERRED =
  "Inferred from repository, ref and time, because no record of AWS names the run: wrong for 4 in 100 where one runs every hour.";

const MOST = 9; // as far as evidence comes, and the thing itself

/**
 * Where the chain of sessions behind a thing breaks off, as a sentence: at a session that was never seen being opened, or at
 * something that is no person. Nothing where it ends at an account, and where nothing was said of how it was made.
 */
export async function brokenOff({ graph }: Reads, subject: Subject): Promise<readonly string[]> {
  const met = new Set<SubjectId>();
  let at: Subject | undefined = subject;
  for (let hop = 0; hop < MOST && at !== undefined && !met.has(at.id); hop += 1) {
    met.add(at.id);
    const via = factIn(at, "madeVia");
    if (via !== undefined && NAMES.includes(via)) return [];
    const parent = factIn(at, "madeIn") as SessionId | undefined;
    if (parent === undefined) return endOf(at, via);
    const next: Subject | undefined = (await graph.node(parent))?.value.subject;
    if (next?.facts["how"] === undefined) return next && next.evidence.length > 0 ? [] : unopened(at, parent, via);
    at = next;
  }
  return at === undefined ? [] : ["The chain of sessions behind it is longer than Leasehold follows."];
}

const NAMES: readonly string[] = ["idp-user", "on-behalf-of", "iam-user", "sso-session", "saml-session"]; // the vendor named an account or a user

const factIn = ({ facts }: Subject, name: string) => facts[name]?.value;

function unopened(at: Subject, session: SessionId, via: string | undefined): readonly string[] {
  const name = factIn(at, "madeInName") ?? session;
  const role = via === "session-name" ? " A role is shared, and is nobody." : "";
  const workload = via === "workload" ? ` ${workloadSaid(at)}` : "";
  return [`The session ${name} in which it was made was never seen being opened.${role}${workload}`];
}

function endOf(at: Subject, via: string | undefined): readonly string[] {
  const repository = repositoryIn(factIn(at, "subject"));
  if (repository !== undefined) return endOfPipeline(at, repository);
  if (via === "workload") return [workloadSaid(at)];
  if (via === "unknown") return [`The chain ends at ${whoIn(at)}, of whom nobody says whether it is a person.`];
  return [];
}

/** Whose runs were there is evidence, and has named them already; what runs by itself names nobody, and may have been it. */
function endOfPipeline({ evidence }: Subject, repository: string): readonly string[] {
  const by = (kind: EvidenceKind) => evidence.filter((one) => one.kind === kind).map(({ candidate }) => candidate);
  const named = by("opened-in-run");
  const rivals = [
    ...(by("opened-in-automatic-run").length > 0 ? ["nobody started by hand"] : []),
    ...(by("opened-in-long-run").some((one) => !named.includes(one)) ? ["lasted longer than six hours"] : []),
  ];
  const sentences = rivals.map(
    (which) => `A run of repository ${repository} that ${which} may have opened the session.`,
  );
  if (sentences.length > 0 || named.length > 0) return sentences;
  return [`The chain ends at repository ${repository}: the person is not visible.`];
}

const workloadSaid = (at: Subject) => `${whoIn(at)} names the workload, not a person.`;
const whoIn = (at: Subject) => factIn(at, "maker") ?? "its maker";
