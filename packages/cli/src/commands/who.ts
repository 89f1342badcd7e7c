import type { ShownCandidate, ShownEvidence, Who } from "@leasehold/app/question";
import type { Command } from "../command/index.ts";
import { ask } from "../estate/index.ts";
import { inPast, PAST, PAST_SAYS } from "../past/index.ts";
import { calledOf, count, list, shortly, table } from "../terminal/index.ts";

/** Who is accountable, on what evidence, who could have forged it, what would help, and what could not be seen. */
export const whoOwns: Command = {
  about: "who is accountable for a credential, an identity or an account, and on what evidence",
  args: ["<id>"],
  flags: PAST,
  more: [
    "<id> is an id of ours, an access key id, an e-mail address or an ARN.",
    "WEIGHS: what it weighs now, and what it weighed when it was new. e to that power is how many times likelier it makes them.",
    ...PAST_SAYS,
  ],
  no: "nobody is known to own it",
  run: async (call) => {
    const [id = ""] = call.args;
    const past = await inPast(call, id, async (then) => {
      const { whoFrom } = await import("@leasehold/app/question");
      return whoFrom(then, id, async () => OF_THE_PAST);
    });
    const answer = past ?? (await ask(call, "who", { id })).answer;
    const asOf = past === undefined ? [] : [`as of ${call.flags["at"]}`];
    return { json: answer, text: [...asOf, ...linesOf(answer)], exit: answer.owner === undefined ? 1 : 0 };
  },
};

const OF_THE_PAST = ["Which lists were whole at that instant: it is not archived."];

function linesOf({ subject, owner, candidates, reaches, wouldRaise, notVisible }: Who): readonly string[] {
  const { type, state, lastUsed, reach, judged } = subject.facts;
  const facts = [type, state, lastUsed && `last used ${lastUsed.slice(0, 10)}`, reach && `reach ${reach}`];
  return [
    [subject.kind, subject.id, ...facts.filter((one) => one !== undefined)].join("  "),
    owner ? `owner: ${calledOf(owner)}, ${owner.word}, ${owner.standing}` : "owner: nobody is known",
    ...candidates.flatMap(candidateLines),
    ...list(
      "What policies name for it:",
      reaches.map(({ by, policy, resources, more }) => {
        const others = more === undefined ? "" : `, and ${more} more`;
        return `${resources.join(", ")}${others}: by the policy ${policy} of ${by}`;
      }),
    ),
    ...list("What is judged of it, which is a word and no proof:", judged === undefined ? [] : judged.split("; ")),
    ...list("What would make it surer:", wouldRaise),
    ...list("What could not be seen:", notVisible),
  ];
}

function candidateLines(candidate: ShownCandidate): readonly string[] {
  const rows = candidate.evidence.map(({ at, kind, source, forgeableBy, eventId, reason, weight, now, hops }) => [
    `  ${shortly(at)}`,
    ...[kind, `${now.toFixed(1)} of ${weight.toFixed(1)}`, source, `forgeable by ${forgeableBy}`, `event ${eventId}`],
    hops === undefined ? reason : `${reason}, ${count(hops.length, "session")} away`,
  ]);
  return [
    `candidate: ${calledOf(candidate)}, ${candidate.word}`,
    ...table(EVIDENCE, rows),
    ...candidate.evidence.flatMap(runLines),
  ];
}

/** A hop that no id joins is shown as what it is. */
const runLines = ({ hops = [] }: ShownEvidence): readonly string[] =>
  hops.flatMap(({ run, by }) =>
    run === undefined
      ? []
      : [
          `  run ${run.id} of ${run.repository}, attempt ${run.attempt}, by ${by ?? "an unknown login"}. ${run.inferredFrom}`,
        ],
  );

const EVIDENCE = ["  WHEN", "EVIDENCE", "WEIGHS", "SOURCE", "WHO COULD FORGE IT", "EVENT", "WHAT IT SAYS"];
