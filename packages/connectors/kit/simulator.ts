import type { DeskRequest, Handle, HookRequest, Offered, PersonState, State, Target } from "@leasehold/core/connector";
import type { AccountId, Clock, Instant } from "@leasehold/core/kernel";

/** How the outside system is disposed today. */
export type Mood = "willing" | "refusing" | "busy" | "unreachable";

/** A stand-in for the outside system, holding one credential. The laws run on it. */
export interface Simulated<Api> {
  readonly api: Api;
  readonly target: Target;
  readonly calls: string[]; // the permission that each call needed
  mood: Mood;
  state(): State;
  put(state: State): void; // somebody else's hand
}

/** Where a simulator keeps its world. On the laptop it outlives the process, as the real provider would. */
export interface Memory<World> {
  get(): World | undefined; // undefined: nothing was ever kept
  set(world: World): void;
}

/** The same stand-in as the laptop's demo organisation: many accounts and credentials, and it remembers. */
export interface Live<Api> {
  readonly api: Api;
  readonly calls?: string[]; // the permission that each call needed; the laws need it wherever there is a lister or a live read
  /** Makes its world as the event says, so that a live read agrees with it. What it does not know changes nothing. */
  absorb(event: unknown): void;
  /** A desk only: what a person there would send when they press a button; signed as the vendor signs. */
  click?(press: Press): DeskRequest;
  /** A desk that tells only: what was said to whom, by e-mail, after their clicks. */
  told?(): readonly { readonly user: string; readonly text: string }[];
  mood: Mood;
}
export interface Press {
  readonly user: string; // e-mail of the one who presses
  readonly message: string; // the message's key
  readonly item: string;
  readonly choice: Offered;
  readonly to?: string; // transfer: e-mail
  readonly because?: string; // release: what they typed
}

/** A small world with one of everything that the lister and the live read look at. The laws start from it; the demo brings its own. */
export interface Sample<World> {
  readonly world: World;
  readonly groups?: SampleGroup; // needed wherever there are groups
  readonly people?: readonly (readonly [handle: Handle, state: PersonState])[]; // whom a live read finds how
}

/** One group, on more than one page: who is in it, and who is not. */
export interface SampleGroup {
  readonly id: string;
  readonly has: readonly Handle[];
  readonly not: readonly Handle[];
  readonly members: readonly AccountId[];
}

/** How the vendor sends events itself. The fixtures' events go through it, and come out as they are. */
export interface Hooking {
  readonly settings: unknown; // as a configuration gives them
  /** The request that carries these events, each as the listener reads it, proved with the first of `signing`. */
  send(events: readonly unknown[], now: Instant): HookRequest;
}

export interface Simulator<Api, World = unknown> {
  readonly acts?: {
    readonly [credential: string]: {
      readonly states: readonly State[]; // every state that the credential can be in
      start(state: State): Simulated<Api>;
    };
  };
  readonly sample?: Sample<World>; // needed wherever there is a lister, a live read or a desk (with grace@example.com in it)
  readonly signing?: readonly string[]; // a desk or a hook: the invented secrets that it signs with, as `read` takes them
  readonly hooked?: Hooking; // needed wherever there is a hook
  /** `emit` puts the provider's own event of what was done on the bus, as the provider would. */
  live(memory: Memory<World>, clock: Clock, emit: (event: unknown) => void): Live<Api>;
}
