import type { ShownCandidate, ShownEvidence, Who } from "@leasehold/app/question";
import type { Command } from "../command/index.ts";
import { ask } from "../estate/index.ts";
import { calledOf, list, shortly, table } from "../terminal/index.ts";

/** Who is accountable, on what evidence, who could have forged it, what would help, and what could not be seen. */
export const whoOwns: Command = {
  about: "who is accountable for a credential, an identity or an account, and on what evidence",
  args: ["<id>"],
  more: ["<id> is an id of ours, an access key id, an e-mail address or an ARN."],
  no: "nobody is known to own it",
  run: async (call) => {
    const { answer } = await ask(call, "who", { id: call.args[0] ?? "" });
    return { json: answer, text: linesOf(answer), exit: answer.owner === undefined ? 1 : 0 };
  },
};

function linesOf({ subject, owner, candidates, wouldRaise, notVisible }: Who): readonly string[] {
  const { type, state, lastUsed, reach } = subject.facts;
  const facts = [type, state, lastUsed && `last used ${lastUsed.slice(0, 10)}`, reach && `reach ${reach}`];
  return [
    [subject.kind, subject.id, ...facts.filter((one) => one !== undefined)].join("  "),
    owner ? `owner: ${calledOf(owner)}, ${owner.word}, ${owner.standing}` : "owner: nobody is known",
    ...candidates.flatMap(candidateLines),
    ...list("What would make it surer:", wouldRaise),
    ...list("What could not be seen:", notVisible),
  ];
}

function candidateLines(candidate: ShownCandidate): readonly string[] {
  const rows = candidate.evidence.map(({ at, kind, source, forgeableBy, eventId, reason }) => [
    `  ${shortly(at)}`,
    ...[kind, source, `forgeable by ${forgeableBy}`, `event ${eventId}`, reason],
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

const EVIDENCE = ["  WHEN", "EVIDENCE", "SOURCE", "WHO COULD FORGE IT", "EVENT", "WHAT IT SAYS"];
