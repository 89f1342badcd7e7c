import type { Receipt, State, Verification } from "../connector/index.ts";
import type { Instant } from "../kernel/index.ts";
import { below } from "./judge.ts";
import type { Act, Answer, Lost, Proof, Rung, WindDown } from "./model.ts";

/** What can happen to a wind-down besides an answer. */
export type Happened =
  | { readonly kind: "descended" | "undone"; readonly to: Rung; readonly receipt: Receipt; readonly at: Instant }
  | { readonly kind: "verified"; readonly verdict: Verification["verdict"]; readonly proof?: Proof }
  | { readonly kind: "withdrawn" } // nothing was done
  | { readonly kind: "unknown"; readonly seen: State } // of the last act alone: what was done before it still stands
  | { readonly kind: "reopened"; readonly as: Lost["as"] }; // what we did no longer stands as we left it

/** What that makes of it. Pure, so that two stores cannot differ: every act and every surprise ends the question and the yes. */
export function record(windDown: WindDown, happened: Happened): WindDown {
  if (happened.kind === "withdrawn") return windDown;
  if (happened.kind === "verified") return verified(windDown, happened);
  const answer = lasting(windDown.answer, happened);
  const asked = { question: undefined, wants: undefined, tried: [], answer, doubt: undefined };
  if (happened.kind === "unknown")
    return { ...windDown, ...asked, returned: undefined, doubt: { seen: happened.seen } };
  if (happened.kind === "reopened")
    return {
      ...windDown,
      ...asked,
      rung: "flagged",
      acts: [],
      returned: undefined,
      lost: lostTo(windDown, happened.as),
    };

  const { kind, to, receipt, at } = happened;
  const act: Act = { from: windDown.rung, to, receipt, at, verified: undefined };
  if (kind === "descended")
    return { ...windDown, ...asked, rung: to, acts: [...windDown.acts, act], returned: undefined };
  return { ...windDown, ...asked, rung: to, acts: windDown.acts.filter((one) => !below(one.to, to)), returned: act };
}

/** What was read back belongs to the undo where one waits for it, and to the newest act otherwise. An undo waits until it shows. */
function verified(
  windDown: WindDown,
  { verdict, proof }: Pick<Extract<Happened, { kind: "verified" }>, "verdict" | "proof">,
): WindDown {
  if (windDown.returned !== undefined) return verdict === "confirmed" ? { ...windDown, returned: undefined } : windDown;
  return {
    ...windDown,
    acts: windDown.acts.map((act, n, all) =>
      n === all.length - 1 ? { ...act, verified: verdict, ...(proof && { proof }) } : act,
    ),
  };
}

const lostTo = ({ acts, lost = [] }: WindDown, as: Lost["as"]): readonly Lost[] => [
  ...lost,
  ...acts.map((act) => ({ act, as })),
];

/**
 * A hold, a keep and an undo outlive every act; a yes was to the one plan. Where nobody knows what came of it, or somebody
 * has changed it since, nothing is undone: a person is asked.
 */
function lasting(answer: Answer | undefined, after: Happened): Answer | undefined {
  const refused =
    after.kind === "unknown" || (after.kind === "reopened" && after.as === "somebody changed it after us");
  if (answer?.kind === "undo" && refused) return undefined;
  return answer?.kind === "yes" || answer?.kind === "leave-off" ? undefined : answer;
}
