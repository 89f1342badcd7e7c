import type * as z from "zod/mini";
import {
  type AccountId,
  type Clock,
  type CredentialId,
  type DecisionId,
  digest,
  type Instant,
} from "../kernel/index.ts";
import type { Limit } from "../pace/index.ts";
import type { Signal, SignalKind } from "../signal/index.ts";
import type { Use } from "../usage/index.ts";

/** Everything Leasehold may ask of one outside system. All but the first four are optional. */
export interface Connector<Api = unknown, Settings = unknown, Event = unknown> {
  readonly id: string; // the folder's name
  readonly title: string; // the product's own name, as its owners spell it
  readonly proof: "fixtures" | "simulator" | "live"; // the strongest thing we have tested against
  readonly settings: z.ZodMiniType<Settings>; // no secret values: names of secrets only

  readonly places?: Places<Settings>; // where one configuration can mean several: accounts of a cloud
  check?(api: Api): Promise<readonly string[]>; // what is missing, each a sentence that says what to do next
  connect?(settings: Settings, secrets: Secrets, clock: Clock): Api;
  readonly limit?: Limit; // how fast `connect` calls; the part of it that is kept for what must not wait is in `urgent`
  urgent?(api: Api): Api; // the same, for an undo and for what has leaked
  readonly listens?: Listener<Event>;
  readonly hook?: Hook<Settings>;
  readonly polls?: Poller<Api>;
  readonly lists?: Lister<Api>;
  readonly people?: People<Api>;
  readonly acts?: readonly Action<Api>[]; // one for each verb and type of credential
  readonly collateral?: readonly Collateral[]; // what the vendor does besides, by our actions and by hands
  readonly shortLived?: readonly ShortLived[]; // what people can put in the place of what never ends
  readonly desk?: Desk<Api>;
  /**
   * Which of our secrets the vendor signs its own requests with, by the names that the settings give; for `hook` and `desk`.
   * With a request's headers: those alone that can have signed this request, so that one source never speaks for another.
   */
  signedWith?(settings: Settings, headers?: DeskRequest["headers"]): readonly string[];
  probes?(settings: Settings): readonly Probe[]; // one for each of those secrets
}

/**
 * Several places that are alike, each with a role of ours: accounts of one cloud. Each is connected by itself, paced by itself and
 * listed by itself; what is done to a credential is done in the place that its handle names, and in no other.
 */
export interface Places<Settings> {
  readonly key: string; // of a handle, under which it names its place
  /** The place of the settings themselves; undefined where they name none, and so nothing is reached. */
  home(settings: Settings): string | undefined;
  /** The settings as they are in a member. */
  in(settings: Settings, member: Member): Settings;
}
export interface Member extends Place {
  readonly role: string; // ours, in that place
  readonly externalId: string; // asked for by the role
}

/** Reads one of our own vendor secrets by its name; the value goes into a request and nowhere else. */
export type Secrets = (name: string) => Promise<string>;

/** One function, with only the permissions it needs, stands behind each of these. */
export const ROUTES = [
  "identity-lifecycle",
  "credential-issued",
  "grant-created",
  "agent-deployed",
  "exposure",
  "usage",
] as const;
export type Route = (typeof ROUTES)[number];

/** Push: events that come to us. The patterns route them on AWS and on the laptop alike. */
export interface Listener<Event> {
  readonly patterns: { readonly [R in Route]?: readonly EventPattern[] };
  readonly event: z.ZodMiniType<Event>;
  readonly emits: readonly SignalKind[];
  /** Where an event can carry a live token: the only paths that AWS may hand on, as `$.detail.eventName`. Else the whole event. */
  readonly handsOn?: readonly string[];
  normalise(event: Event): readonly Signal[]; // pure and total: unknown event, empty list
  /** The calls that an event of the route `usage` tells of: counted, never joined, and nothing else of them is kept. Pure and total, too. */
  usesOf?(event: Event): readonly Use[];
  /**
   * The vendor's own file or record as EventBridge would have delivered it; undefined where it is not this vendor's.
   * `replay` and the corpora read history through it; nothing of the record is kept.
   */
  envelope?(record: unknown): unknown;
}
/** Whoever only counts understands every record of its vendor, and has nothing to say to the graph. */
export const onlyCounts = (listens: Pick<Listener<never>, "usesOf" | "emits">): boolean =>
  listens.usesOf !== undefined && listens.emits.length === 0;

export type EventPattern = Readonly<Record<string, unknown>>; // EventBridge pattern language

/** Push over HTTP, where the vendor does not come by EventBridge: its own signed request, as events that the listener reads. */
export interface Hook<Settings = unknown> {
  /** Signature, size and time are checked before anything is decoded; throws BadInput, and never says why to the caller. */
  read(request: HookRequest, secrets: readonly string[], now: Instant, settings: Settings): Hooked;
}
export interface HookRequest extends DeskRequest {
  readonly method: "GET" | "POST";
}
export type Hooked =
  | { readonly challenge: Readonly<Record<string, string>> } // the JSON that proves the address is ours; nothing happened
  | { readonly deliveries: readonly Delivered[] };

/** What we sign ourselves, and send to our own way in: that it takes it, and refuses it with one byte of its proof changed. */
export interface Probe {
  readonly signedWith: string;
  readonly proof: string; // the header that proves it
  /** A request as the vendor proves its own, that says nothing: no signal and no click comes of it. */
  request(secret: string, now: Instant): HookRequest;
}

/**
 * Why a request was refused, for our own count; whoever sent it is never told. *unproved*: of no shape that the vendor sends, or
 * nothing that could prove it; *signature*: another secret signed it; *time*: rightly signed, and of another time;
 * *content*: rightly signed, and nothing that is read.
 */
export const REFUSALS = ["unproved", "signature", "time", "content"] as const;
export type Refusal = (typeof REFUSALS)[number];

/** One event of a request. Its id is the event's own and not the envelope's: the same again is a replay, whatever it came in. */
export interface Delivered {
  readonly id: string;
  readonly event: unknown; // as the listener reads it
}

/** Pull: what happened since the cursor. Push is a hint; this is the truth. */
export interface Poller<Api> {
  readonly permissions: readonly string[];
  readonly emits: readonly SignalKind[];
  /** It finds what its vendor's bus carries: whoever would have heard it there reads it here. Else it reads what it finds itself. */
  readonly relays?: true;
  since(api: Api, cursor: string | undefined, hear: Hear): Promise<Since>;
}
/** An event as its bus would have delivered it, in the words of every connector that hears it there. Nothing of it is kept. */
export type Hear = (event: unknown) => readonly Signal[];
export interface Since extends Pick<Page, "signals" | "next"> {
  readonly more?: boolean | undefined; // for now; where nothing is said, one with no signals is the last
  readonly gaps?: readonly string[] | undefined; // what it could not see, each a sentence
  readonly after?: string | undefined; // of several places: whose turn it is after this one
}

/** Pull: a page of what exists now. Absence means something only when `whole` is true. */
export interface Lister<Api> {
  readonly permissions: readonly string[];
  readonly emits: readonly SignalKind[];
  page(api: Api, cursor: string | undefined, now: Instant): Promise<Page>;
}
export interface Page {
  readonly signals: readonly Signal[];
  readonly next: string | undefined;
  readonly beside?: readonly string[]; // cursors at which further lists begin: each is walked to its own end, several at a time
  readonly whole: boolean; // of this page: nothing was refused, cut short or filtered
  readonly place?: Place; // of several: which one it is a page of; what lies there has its id as the tenant
  readonly region?: string; // where it lists one Region, or one instance, at a time: which; what lies in one that was not listed is not gone
  readonly gaps?: readonly Gap[]; // what the provider itself keeps no record of, so that nobody can see it
  readonly looked?: readonly Looked[]; // at each of these, though no line is about one
  readonly asOf?: Instant; // the oldest of what it rests on, where that is older than the look: what came later may be missing
  readonly partly?: readonly string[]; // types of credential of which not everything was looked for, so that none of them is called gone
}
/** A type of identity of one tenant. */
export interface Looked {
  readonly tenant: string;
  readonly type: string; // in the provider's words: "trail"
}
export interface Gap {
  readonly what: string; // a sentence
  readonly stopped?: true; // it was recorded once: somebody switched it off
  readonly dark?: true; // nothing at all is recorded there
  readonly place?: string; // of several: that one could not be seen, or not to its end
}
/** One of several, by the id that a handle names it by. */
export interface Place {
  readonly id: string;
  readonly name?: string | undefined; // in people's words
}

/** A live read of one person, asked before anything is done about them. */
export interface People<Api> {
  readonly permissions: readonly string[];
  read(api: Api, handle: Handle): Promise<PersonState>;
  readonly groups?: Groups<Api>; // where the directory has any
}

/** The directory's own groups, read live: who may speak for one is asked when they do, and never remembered. */
export interface Groups<Api> {
  readonly permissions: readonly string[];
  /** Whether somebody is in it now. A group that is not there has nobody in it. */
  has(api: Api, group: string, handle: Handle): Promise<boolean>;
  /** Everybody in it, whatever their standing. Throws BadInput where there is no such group, or where it is too large to be named. */
  members(api: Api, group: string): Promise<readonly AccountId[]>;
}
export const MOST_MEMBERS = 1_000; // of a group that decides: a larger one was not meant
/** `gone`: asked by their id, it knows nobody. That alone is no departure. */
export type PersonState = "active" | "suspended" | "on-leave" | "departed" | "gone" | "unknown";

export type Verb = "quarantine" | "disable" | "end-sessions" | "revoke" | "delete" | "migrate";
export type Blast = "credential" | "identity" | "shared"; // what else goes down with it

/** What it costs to take it back: off and on; somebody must re-consent or restart; no way back. */
export type Reversibility = "R1" | "R2" | "R3";

/** A change to one credential. */
export type Action<Api> = Doing<Api> & Back<Api>;

interface Doing<Api> {
  readonly verb: Verb;
  readonly credential: string; // the type it takes down, in the provider's words: "access key", "login profile"
  readonly blast: Blast;
  readonly permissions: readonly string[]; // in the provider's own spelling
  readonly settlesAfter: number; // seconds until a read back can be believed
  /** Seconds for which what was opened with it before can live on, where it opens sessions and this does not end them. */
  readonly sessions?: { readonly longest: number } | undefined;
  /**
   * It writes a policy of its own making, which no condition can hold to ours; or it ends what everybody does with a thing, of which
   * no condition can tell one from another: by an opt-in right of its own.
   */
  readonly contain?: true | undefined;
  see(api: Api, target: Target): Promise<State>;
  plan(api: Api, target: Target): Promise<Plan>; // looks, never touches
  apply(api: Api, plan: Plan): Promise<Receipt>; // twice is once; refuses a plan that has gone stale
  verify(api: Api, receipt: Receipt): Promise<Verification>;
  /** The provider's own last use, read live: null is never; undefined is that it does not say. */
  lastUsed?(api: Api, target: Target): Promise<Instant | null | undefined>;
}

/** The way back. R1: `apply(back(receipt))`. Nobody can consent for somebody else, so R2 tells a person how, and looks whether it is done. */
type Back<Api> =
  | { readonly reversibility: "R1" | "R3" }
  | {
      readonly reversibility: "R2";
      wayBack(receipt: Receipt): string;
      isBack(api: Api, receipt: Receipt): Promise<boolean>;
    };

export type Handle = Readonly<Record<string, string>>; // how the provider names it, the account included; never how it is opened
export type Snapshot = Readonly<Record<string, string>>; // the provider's own state words, kept so that a person can check us
export type State = Snapshot | undefined; // undefined: gone

/** What goes on all the same in a state that counts as off, in words for a person: so a plan and a proof say it, and nothing is called final. */
export const leftOn = (state: State): string | undefined => state?.["left"];

export interface Target {
  readonly credential: CredentialId;
  readonly handle: Handle;
}

/** What a vendor does besides, where a credential of this type is taken down: known from a page, so that a preview can say it before. */
export interface Collateral {
  readonly credential: string; // the type, in the provider's words
  readonly verb: Verb;
  readonly by: "us" | "hand"; // hand: no action of ours does it, and people do
  readonly what: string; // sentences; "Nothing else is known …" where that was looked for
  readonly instead?: string | undefined; // what to do to be spared it
  readonly sessionsLive?: number | undefined; // hours that a session which was opened with it may go on, at the most
  readonly slots?: number | undefined; // how many of the type one identity may have; one that is switched off still counts
  readonly source: string; // the page, https
}

/** What somebody does by hand who would rather have something short-lived than a credential of this type. */
export interface ShortLived {
  readonly credential: string; // the type, in the provider's words
  readonly steps: string; // sentences
  readonly source: string; // the page, https
}

/** What would be done, as data. A person's yes and the executor both name it by its token. */
export interface Plan {
  readonly verb: Verb;
  readonly target: Target;
  readonly before: Snapshot;
  readonly wanted: State;
  readonly alsoAffects: readonly string[];
  readonly refusals: readonly string[]; // reasons, each a sentence; a plan with one is never applied
  readonly token: string;
}
export interface Receipt {
  readonly verb: Verb;
  readonly target: Target;
  readonly before: Snapshot; // as the plan saw it
  readonly after: State;
  readonly changed: boolean; // false: it was already so when the plan was drawn
  readonly adopted: boolean; // true: it was as wanted when we came to change it, by us before a crash or by somebody else
}
export interface Verification {
  readonly verdict: "confirmed" | "unconfirmed" | "still alive";
  readonly seen: State;
}

/**
 * Where people are asked. A message belongs to one custodian and holds only their items. A desk without `read` only sends: nobody
 * answers there, nothing is edited or taken back, and it comes last, for whom no other desk knows. Its `edit` sends a second
 * message, and only what the first one's reader must know: that nothing is asked any more.
 */
export interface Desk<Api> {
  readonly permissions: readonly string[];
  /**
   * Finds its own earlier message by `message.key` and edits it; otherwise posts. Returns when the desk has accepted it. Whom it
   * does not know is `unknownHere`, which is another thing than a desk that is down.
   */
  ask(api: Api, message: Message): Promise<Ticket>;
  edit(api: Api, ticket: Ticket, message: Message): Promise<void>;
  /** Takes back every message under this key but the one named: what a crash repeated must not stay. */
  withdraw(api: Api, key: string, but: Ticket | undefined): Promise<number>;
  /** Checks the signature over the raw body and the time both ways, then says who clicked what; throws BadInput, never says why to the caller. */
  read?(request: DeskRequest, secrets: readonly string[], now: Instant): readonly Heard[];
  /** Where the body has no authority: reads again from the vendor who said it. */
  confirm?(api: Api, heard: Heard): Promise<Heard | undefined>;
  /** Says to the one who clicked what became of it: where only they see it, if the vendor has such a place. */
  tell?(api: Api, heard: Heard, text: string): Promise<void>;
}
export interface DeskRequest {
  readonly headers: Readonly<Record<string, string>>; // names in lower case
  readonly body: string; // raw, as it came
}

/** One message for one custodian, rendered by the desk in its own form. */
export interface Message {
  readonly key: string; // the decision's id: random, and the only thing a button carries
  readonly to: Addressee;
  readonly title: string;
  readonly why: string; // why you
  readonly deadline: Instant | undefined;
  readonly items: readonly MessageItem[];
  readonly state: "open" | "reminder" | "closed";
  readonly rest?: string; // where what is not shown can be found, and when the others are asked about
}
export interface Addressee {
  readonly account: string; // acc_…
  readonly name: string;
  readonly email: string | undefined;
  readonly timeZone: string; // theirs, or where no directory says it the calendar's
}
export interface MessageItem {
  readonly item: string; // wdc_…
  readonly under?: string; // where a message joins several cases: of which one, and why you
  readonly title: string; // agent or identity, and type of credential
  readonly lines: readonly string[]; // owner and reasons, last use, reach, what happens if you do nothing, undo or not
  readonly choices: readonly Offered[];
  readonly state: string; // "flagged", "switched off, can be switched on again", …
}
export const CHOICES = ["retire", "keep", "transfer", "migrate", "snooze", "leave-off"] as const;
export type Choice = (typeof CHOICES)[number];

/** All that a message may offer: the answers to a question, and to let go on what the brake holds. */
export const OFFERED = [...CHOICES, "release"] as const;
export type Offered = (typeof OFFERED)[number];

/** The desk's own reference of a message: its channel and time, its issue key. */
export interface Ticket {
  readonly desk: string;
  readonly ref: Readonly<Record<string, string>>;
  readonly shown?: number; // of the items, how many from the first it shows; undefined: all
}

/** What a desk heard. It proves who clicked; whether that one may decide is judged at the click, by us. */
export interface Heard {
  readonly decision: DecisionId;
  readonly item: string;
  readonly choice: Offered;
  readonly by: { readonly desk: string; readonly user: string; readonly email: string | undefined };
  readonly ticket: Ticket;
  readonly id: string; // of the click, so that the same one twice is told so
  readonly to?: string; // transfer: whom
  readonly because?: string; // release: the reason, as it was typed
}

/** The token is the hash of all that a yes is a yes to. A plan that has grown has another name. */
export function draw(plan: Omit<Plan, "token">): Plan {
  const { verb, target, before, wanted, alsoAffects } = plan;
  return {
    ...plan,
    token: digest([verb, words(target.handle), words(before), words(wanted), [...alsoAffects].sort()]),
  };
}

/** An undo is a plan like any other: from what we left to what was there, which need not be the opposite of what we did. */
export function back({ verb, target, before, after }: Receipt): Plan {
  return draw({ verb, target, before: after ?? {}, wanted: before, alsoAffects: [], refusals: [] });
}

/**
 * What a look back proves of an act that left something behind. Gone is not what we did: until a deletion event or a whole list
 * agrees, we may be looking in the wrong place.
 */
export const readBack = (seen: State, after: State): Verification => ({
  verdict: same(seen, after) ? "confirmed" : seen === undefined ? "unconfirmed" : "still alive",
  seen,
});

export const same = (a: State, b: State) => words(a) === words(b);
const words = (state: State) => (state === undefined ? "gone" : JSON.stringify(Object.entries(state).sort()));

/** Checks that the parts agree with each other, then forgets their types: everyone else sees plain connectors. */
export function defineConnector<Api, Settings, Event>(connector: Connector<Api, Settings, Event>): Connector {
  return connector as unknown as Connector;
}
