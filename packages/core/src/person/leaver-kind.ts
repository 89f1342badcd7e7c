import type { CERTAINTIES } from "./certainty.ts";

/** What becomes of somebody whom a source no longer has as active. `silence`: whether it may act for them at all. */
export interface Outcome {
  readonly certainty: keyof typeof CERTAINTIES; // at most
  readonly does: string;
  readonly issuance: "goes on" | "held";
  readonly asks: boolean;
  readonly silence: boolean;
}

/** The kinds of leaver, each with another outcome. */
export const LEAVER_KINDS = {
  left: {
    ...{ certainty: "C2", issuance: "held", asks: true, silence: true },
    does: "winds down: the manager is asked, and silence acts within its limits",
  },
  purged: {
    ...{ certainty: "C3", issuance: "held", asks: true, silence: true },
    does: "winds down; nobody can be read live any more, so the deletion event and an empty read must agree",
  },
  suspended: {
    ...{ certainty: "C1", issuance: "held", asks: true, silence: false },
    does: "asks the manager; silence changes nothing",
  },
  "vanished from a whole list": {
    ...{ certainty: "C1", issuance: "held", asks: true, silence: false },
    does: "asks the manager; silence changes nothing, for a list that forgets somebody is no departure",
  },
  "leave of absence": {
    ...{ certainty: "C1", issuance: "held", asks: false, silence: false },
    does: "is a finding; nobody is asked and nothing is wound down, and it ends when they are back",
  },
  "future-dated": {
    ...{ certainty: "C0", issuance: "goes on", asks: false, silence: false },
    does: "nothing before the day; then as one who left. A changed or withdrawn date counts",
  },
  rehire: {
    ...{ certainty: "C0", issuance: "goes on", asks: false, silence: false },
    does: "takes back what an open case did; what a closed one did is offered to a person",
  },
} as const satisfies Record<string, Outcome>;
export type LeaverKind = keyof typeof LEAVER_KINDS;
