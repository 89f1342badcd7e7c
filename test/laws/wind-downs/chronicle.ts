import type { Intent } from "@leasehold/app/world";
import type { Message, PersonState, State } from "@leasehold/core/connector";
import type { AccountId, CredentialId, Instant, WindDownId } from "@leasehold/core/kernel";
import type { Answer } from "@leasehold/core/winddown";

/** What anybody could have seen from outside, in the order in which it came to be: the abstract model knows this and nothing else. */
export type Event =
  | { readonly what: "begins"; readonly by: string } // a step of an execution
  | { readonly what: "looks at itself"; readonly by: string; readonly windDown: WindDownId }
  | { readonly what: "intends"; readonly by: string; readonly windDown: WindDownId; readonly intent: Intent }
  | { readonly what: "calls"; readonly by: string } // the provider: it has looked for the last time
  | Effect
  | {
      readonly what: "hand";
      readonly credential: CredentialId;
      readonly before: State;
      readonly after: State;
      readonly lost?: true; // it was ours, and the store that knew of it is gone
    }
  | { readonly what: "lost" } // with the store that knew of it
  | { readonly what: "put back" } // an older copy of the store
  | { readonly what: "reconciled"; readonly differs: readonly CredentialId[] } // what is off, and the copy did not know it
  | Entry
  | { readonly what: "opened"; readonly windDown: WindDownId; readonly credential: CredentialId }
  | { readonly what: "asked"; readonly message: Message }
  | { readonly what: "edited"; readonly message: Message }
  | { readonly what: "directory"; readonly directory: string; readonly person: string; readonly state: PersonState }
  | { readonly what: "told"; readonly person: string; readonly change: string }
  | { readonly what: "leaked"; readonly credential: CredentialId }
  | { readonly what: "used"; readonly credential: CredentialId }
  | { readonly what: "mode"; readonly mode: string }
  | { readonly what: "stuck"; readonly subject: string; readonly fault: string }
  | Braked;

/** What became of the brake: a hand, what it holds, whose departure it took or holds, and a release with its end. */
export type Braked =
  | { readonly what: "brake"; readonly as: "on" | "off" }
  | { readonly what: "brake"; readonly as: "tripped" | "backlog"; readonly of: string }
  | { readonly what: "brake"; readonly as: "counted"; readonly accounts: readonly AccountId[] }
  | {
      readonly what: "brake";
      readonly as: "held";
      readonly accounts: readonly AccountId[];
      readonly of: string;
      readonly nth: number;
    }
  | {
      readonly what: "brake";
      readonly as: "released";
      readonly of: string;
      readonly covers: number;
      readonly until: Instant;
    };

export interface Effect {
  readonly what: "effect";
  readonly by: string;
  readonly credential: CredentialId;
  readonly verb: string;
  readonly before: State;
  readonly after: State;
  readonly cost: "R1" | "R2" | "R3";
  readonly down: boolean; // and not back to what was there
  readonly token: string;
}
/** A write of a wind-down, with its entry in the trail, and what is answered from then on. */
export interface Entry {
  readonly what: "entry";
  readonly windDown: WindDownId;
  readonly did: string;
  readonly speaker: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly answer: Answer | undefined;
}
export type Happened<E extends Event = Event> = E & { readonly n: number; readonly at: Instant };
export type Of<W extends Event["what"]> = Happened<Extract<Event, { what: W }>>;

export interface Chronicle {
  readonly all: Happened[];
  write(event: Event): void;
  of<W extends Event["what"]>(what: W): readonly Of<W>[];
  /** What only the store knew since is gone: nobody can be held to it, and what we did is as if an unknown hand had. */
  forget(from: number): void;
}

/** What is so whatever a store says of it. */
const LASTING: readonly Event["what"][] = ["hand", "directory", "used", "mode", "put back", "reconciled"];

function withoutTheStore(one: Happened): Happened {
  const { n, at, what } = one;
  if (LASTING.includes(what)) return one;
  if (what !== "effect") return { what: "lost", n, at };
  const { credential, before, after } = one;
  return { what: "hand", credential, before, after, lost: true, n, at };
}

export function chronicle(clock: () => Instant): Chronicle {
  const all: Happened[] = [];
  const kinds = new Map<string, Happened[]>();
  const sorted = (happened: Happened) => {
    const kind = kinds.get(happened.what) ?? [];
    kinds.set(happened.what, kind);
    kind.push(happened);
  };
  return {
    all,
    write: (event) => {
      const happened = { ...event, n: all.length, at: clock() };
      all.push(happened);
      sorted(happened);
    },
    forget: (from) => {
      all.splice(from, all.length, ...all.slice(from).map(withoutTheStore));
      kinds.clear();
      all.forEach(sorted);
    },
    of: <W extends Event["what"]>(what: W) => (kinds.get(what) ?? []) as unknown as readonly Of<W>[],
  };
}
