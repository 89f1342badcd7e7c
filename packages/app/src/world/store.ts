import type { Listed, Place, Window } from "@leasehold/core/brake";
import type { Case, Decision } from "@leasehold/core/casework";
import type { Plan, Receipt, State } from "@leasehold/core/connector";
import type { Heartbeat } from "@leasehold/core/feed";
import type { Finding } from "@leasehold/core/finding";
import type { AccountId, CaseId, CredentialId, DecisionId, Instant, WindDownId } from "@leasehold/core/kernel";
import type { Edge, Node, PendingKind, SubjectId, SubjectKind } from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import type { Draft, Entry, Head } from "@leasehold/core/trail";
import type { Told, UsageRecord, Used } from "@leasehold/core/usage";
import type { Rung, WindDown } from "@leasehold/core/winddown";

/** A value with the version of the write that made it; 0 where there is none yet. Every read here is strongly consistent, but a glance. */
export interface Versioned<T> {
  readonly value: T;
  readonly version: number;
}
export interface Paged<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/** The graph. Writes throw `Conflict` where the version has moved. */
export interface Graph {
  node(id: SubjectId): Promise<Versioned<Node> | undefined>;
  /** The node as it is or was some moments ago, at half the price: for who writes under its version, and reads `node` where that fails. */
  glance(id: SubjectId): Promise<Versioned<Node> | undefined>;
  /** `edges` are joined into what is there; each is written only if that changes it. `candidates`: the second ones of at least 0.2; left out, those that are there stay. */
  put(node: Node, expected: number, edges?: readonly Edge[], candidates?: readonly AccountId[]): Promise<void>;
  join(edges: readonly Edge[]): Promise<number>; // of them were written
  edges(from: string, rel: Edge["rel"], how?: "glance"): Promise<readonly Edge[]>;
  ownedBy(account: AccountId, cursor?: string): Promise<Paged<CredentialId>>; // first candidate, or a second one of at least 0.2
  candidates(id: CredentialId): Promise<readonly AccountId[]>; // the second ones, under whom it stands in the index too; sorted
  unowned(cursor?: string): Promise<Paged<CredentialId>>;
  leavers(since: Instant, cursor?: string): Promise<Paged<AccountId>>; // standing departed, by the date it was said
  list(kind: SubjectKind, cursor?: string): Promise<Paged<Versioned<Node>>>; // everything; pages may be read while writes go on
  pending(cursor?: string): Promise<Paged<SubjectId>>;
  /** Clears these and nothing written since. */
  clear(id: SubjectId, said: readonly PendingKind[]): Promise<void>;
}

/** What we are about to do, written before we do it. Its number is the version that its own write made, so its key is never used again. */
export interface Intent {
  readonly key: `${WindDownId}/${number}/${Rung}`;
  readonly version: number;
  readonly does: "descend" | "undo";
  readonly to: Rung;
  readonly plan: Plan;
  readonly onYesOf: AccountId | undefined; // undefined: silence, or an undo
  readonly place?: Place | undefined; // in the brake; given back where it is withdrawn
  readonly at: Instant;
  readonly actBy: Instant; // after this the run that wrote it may not call the provider any more
  readonly claimedUntil: Instant; // actBy + the longest call + the provider's settling: what is seen then is what came of it
}
export type Outcome =
  | { readonly kind: "done" | "adopted"; readonly receipt: Receipt }
  | { readonly kind: "withdrawn" }
  | { readonly kind: "unknown"; readonly seen: State }; // asks a person

export interface Stored {
  readonly windDown: WindDown;
  readonly version: number; // raised by every write
  readonly open: Intent | undefined;
  readonly head: Head; // of its trail
}

/** What a write must say afterwards; sent by `announce` and swept every minute. */
export interface Saying {
  readonly key: string; // subject / version of the write / nth message of it
  readonly message: Said;
}
export type Said =
  | { readonly type: "wind-down.changed"; readonly windDown: WindDownId; readonly case: CaseId }
  | { readonly type: "case.changed"; readonly case: CaseId }
  | { readonly type: "case.opened"; readonly case: CaseId }
  | { readonly type: "finding.raised"; readonly finding: Finding["id"]; readonly about: string };

export interface WindDowns {
  get(id: WindDownId): Promise<Stored | undefined>;
  /** In one transaction with the credential's node, on condition that it has no open wind-down: a second one finds the first. */
  open(windDown: WindDown, node: Versioned<Node>, draft: Draft): Promise<void>;
  /** Any change but an intent and its outcome; raises the version, appends the entry, and leaves the change to be announced. Conflict if it moved. */
  change(from: Stored, to: WindDown, draft: Draft, also?: { readonly node?: Versioned<Node> }): Promise<Stored>;
  /** Conflict if it moved since read or one is open. `window` is the brake's next window, under its own version; undefined for an undo. */
  intend(
    from: Stored,
    intent: Omit<Intent, "key" | "version">,
    draft: Draft,
    window?: Versioned<Window>,
  ): Promise<Stored>;
  /** Only while that very intent is open. `window` is the brake's next, where its place is given back. */
  close(
    from: Stored,
    to: WindDown,
    draft: Draft,
    also?: { readonly node?: Versioned<Node>; readonly window?: Versioned<Window> | undefined },
  ): Promise<Stored>;
  listOpen(cursor?: string): Promise<Paged<WindDownId>>;
}

export interface StoredCase {
  readonly case: Case;
  readonly version: number;
  readonly head: Head;
}
export interface Cases {
  get(id: CaseId): Promise<StoredCase | undefined>;
  /** In one transaction with the nodes of the person's accounts, which point to it from then on. */
  open(opened: Case, nodes: readonly Versioned<Node>[], draft: Draft): Promise<void>;
  /** `brake`: the brake's next window under its own version, and an entry of the trail `brake` where it tripped, in the same write. */
  change(
    from: StoredCase,
    to: Case,
    draft: Draft,
    nodes?: readonly Versioned<Node>[],
    brake?: { readonly window: Versioned<Window>; readonly entry?: Draft },
  ): Promise<StoredCase>;
  list(status: Case["status"], cursor?: string): Promise<Paged<CaseId>>;
}

export interface Decisions {
  get(id: DecisionId): Promise<Versioned<Decision> | undefined>;
  put(decision: Decision, expected: number): Promise<void>;
  byCustodian(account: AccountId, cursor?: string): Promise<Paged<DecisionId>>;
  ofCase(id: Decision["case"]): Promise<readonly Versioned<Decision>[]>;
}

export interface Trails {
  entries(trail: string): Promise<readonly Entry[]>;
}

/** What waits to be said of wind-downs, cases and findings: set by their own writes, cleared after the bus took it. */
export interface Outbox {
  waiting(cursor?: string): Promise<Paged<string>>; // subjects
  of(subject: string): Promise<readonly Saying[]>;
  clear(subject: string, keys: readonly string[]): Promise<void>;
}

/** An execution that waits. Registered on condition of the version that was decided on; Conflict if it moved. */
export interface Waits {
  register(subject: WindDownId | CaseId, version: number, wait: Wait): Promise<void>;
  get(subject: WindDownId | CaseId): Promise<Wait | undefined>;
  /** As it was a moment ago: for whoever looks again by the clock. */
  glance(subject: WindDownId | CaseId): Promise<Wait | undefined>;
  take(subject: WindDownId | CaseId): Promise<Wait | undefined>; // once
}
export interface Wait {
  readonly token: string; // of the workflow; never leaves the store but to wake it
  readonly until: Instant;
  readonly version?: number; // of its subject, that was decided on
}

export interface Findings {
  /** Found again: the first `at` stays. The first time of one that pages leaves that to be said, in the same write. */
  put(finding: Finding): Promise<void>;
  list(cursor?: string): Promise<Paged<Finding>>;
  since(at: Instant, cursor?: string): Promise<Paged<Finding>>; // found first at that instant or later, the earliest first
  of(about: string): Promise<readonly Finding[]>;
  close(id: Finding["id"]): Promise<void>;
}

/** Normalised signals in the order of their recording. Attribution can be rebuilt from them. */
export interface Archive {
  append(signals: readonly Signal[], recordedAt: Instant): Promise<void>;
  read(cursor?: string): Promise<Paged<Archived>>;
}
export interface Archived {
  readonly signal: Signal;
  readonly recordedAt: Instant;
}

/** Signals dated in the future: kept aside, each once, until their time comes, so that none of them wins a join before it. */
export interface Later {
  put(kept: Kept): Promise<void>; // the same key again changes nothing
  due(now: Instant): Promise<readonly Kept[]>; // dated now or before, some of them: clear what was joined, and ask again
  clear(keys: readonly string[]): Promise<void>;
}
export interface Kept {
  readonly key: string; // digest of the signal
  readonly signal: Signal;
  readonly live: boolean; // as it was delivered
  readonly until: Instant;
}

/** How far an import came with each of its sources, so that a later run goes on from there. */
export interface Marks {
  get(source: string): Promise<Mark | undefined>;
  /** As it was a moment ago: for whoever looks again by the clock. */
  glance(source: string): Promise<Mark | undefined>;
  put(mark: Mark): Promise<void>; // the latest stands
}
export interface Mark {
  readonly source: string; // a file, an object of a bucket, a window of a log, a list of people
  readonly stamp: string; // what it was like: another stamp is another source
  readonly at: Instant;
  readonly notes: Readonly<Record<string, string | number>>; // what the next run needs to know; never anybody's record
}

/** Small facts about the installation and its sources. */
export interface Ledger {
  /** Whether a delivery of a vendor's was taken in before. */
  seen(delivery: string): Promise<boolean>;
  /** It is now; remembered at least until then, which is as long as the vendor could send it again. */
  see(delivery: string, until: Instant): Promise<void>;
  brake(): Promise<Versioned<Window>>;
  /** A person's hand on the brake: the next window under its version, and with it an entry of the trail `brake`. Conflict if it moved. */
  handBrake(window: Versioned<Window>, draft: Draft, at: Instant): Promise<void>;
  handed(): Promise<Head>; // where that trail ends
  installed(now: Instant): Promise<Instant>; // set by the first who asks; read once, since it never changes
  coverage(): Promise<readonly Coverage[]>;
  cover(coverage: Coverage): Promise<void>;
  /** Something came of it. Written in the first of an hour, and looked at once an hour by each process. */
  hear(connector: string, at: Instant): Promise<void>;
  heartbeats(): Promise<readonly Heartbeat[]>; // of every source of which anything ever came
}
/** One of several places of a connector. */
export interface Walked {
  readonly id: string;
  readonly name?: string | undefined;
  readonly whole: boolean; // every page of this place
}
export interface Coverage {
  readonly connector: string;
  readonly whole: boolean;
  readonly at: Instant;
  readonly seen: number; // subjects on the list
  readonly active: number; // people in good standing among them
  readonly ended?: Instant; // `at` is when it began
  readonly gaps?: readonly string[]; // what the provider itself keeps no record of, each a sentence
  readonly places?: readonly Walked[]; // where there are several
  readonly lists?: readonly Listed[]; // whole ones with people on them, as far back as the brake asks; the store's own
}

/** What a poll could not see has a line of its own beside what was listed. */
export const polledAs = (connector: string): string => `${POLLED}${connector}`;
export const isListed = ({ connector }: Pick<Coverage, "connector">): boolean => !connector.startsWith(POLLED);
const POLLED = "poll/";

/** Where usage was read: a trail's file by what is in it, or a batch of the bus by its id. */
export interface SourceObject {
  readonly id: string;
  readonly approximate: boolean; // counted on the bus, where a call may come twice, or not at all
  readonly live?: true; // it happens now: what was refused is told to people; never of history that is read
}

/** Calls made with credentials, counted. Beside the graph: nothing of it is joined, and no order matters to it. */
export interface Usage {
  /**
   * What one source object says, all of it: kept under that object, so that the same one again changes nothing. After a crash
   * in between a part may stand; the same object again makes it whole.
   */
  put(source: SourceObject, records: readonly UsageRecord[], now: Instant): Promise<void>;
  /** What every source object says of calls from the day of `from` on to the day of `to`, oldest day first. */
  of(credential: Used, from: Instant, to: Instant, cursor?: string): Promise<Paged<Told>>;
  /** What was refused a call for want of a right, as live sources said on the day of `heard`. */
  refusedOn(heard: Instant, cursor?: string): Promise<Paged<Used>>;
  /** Between when the records lie, of this credential or of any; undefined where there is none. By the hour. */
  span(credential?: Used): Promise<Span | undefined>;
}
export interface Span {
  readonly first: Instant;
  readonly last: Instant | undefined; // not looked for where one credential is asked for
}

export interface Store {
  readonly graph: Graph;
  readonly windDowns: WindDowns;
  readonly cases: Cases;
  readonly decisions: Decisions;
  readonly trails: Trails;
  readonly outbox: Outbox;
  readonly waits: Waits;
  readonly findings: Findings;
  readonly archive: Archive;
  readonly later: Later;
  readonly ledger: Ledger;
  readonly usage: Usage;
  readonly marks: Marks;
  readonly together?: Together<Pick<Store, "graph" | "archive"> & { readonly heard?: Heard }>; // where there is something to gain
}

/**
 * What was said before of a graph that nobody else has written to since. Saying it once more changes nothing of the graph, because
 * every join is idempotent: what is not known here is only looked at, and joined again.
 */
export interface Heard {
  /** Those that were not, each wording once. */
  news(signals: readonly Signal[]): readonly Signal[];
  /** They were joined, and all that follows from them; it counts from when that is durable. */
  keep(signals: readonly Signal[]): void;
}

/**
 * Carries out writes that read each other as one: durable when it resolves, and nothing of them before. What `run` is given sees
 * its own writes; lists by index do not. It may run a second time, where somebody else wrote meanwhile.
 */
export type Together<W> = <T>(run: (world: W) => Promise<T>) => Promise<T>;
