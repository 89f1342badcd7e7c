import { type Evidence, KINDS, type Kind, REASONS, strengthAt } from "@leasehold/core/attribution";
import type { Instant } from "@leasehold/core/kernel";
import { ownerNow, type People } from "../question/index.ts";
import type { Looked } from "../winddown/index.ts";
import type { CasePorts } from "./ports.ts";

const MOST = 2;

const FORGED: Readonly<Record<Kind["forgeableBy"], string>> = {
  nobody: "nobody could have made this up",
  administrator: "an administrator could have set this",
  holder: "whoever holds it could have set this",
  pusher: "whoever may push to the repository could have written this",
};

/** Why it is taken to be this owner's: what weighs most now, each a sentence with who could have forged it. */
export async function reasonsFor(
  { clock }: Pick<CasePorts, "clock">,
  people: People,
  { node }: Looked,
): Promise<readonly string[]> {
  const now = clock();
  const { owner, candidates } = await ownerNow(people, node.value.subject, now);
  if (owner?.stated) return ["A person has said so."];
  const evidence = candidates.find(({ account }) => account === owner?.account)?.evidence ?? [];
  return strongest(evidence, now).map(sentence);
}

/** One for each kind: the same twice convinces nobody. */
function strongest(evidence: readonly Evidence[], now: Instant): readonly Evidence[] {
  const sorted = evidence.toSorted((a, b) => strengthAt(b, now).now - strengthAt(a, now).now);
  const kinds = new Map(sorted.toReversed().map((one) => [one.kind, one] as const));
  return sorted.filter((one) => kinds.get(one.kind) === one).slice(0, MOST);
}

function sentence({ kind, source, at }: Evidence): string {
  const { forgeableBy } = KINDS[kind];
  const reason = REASONS[kind];
  return `They ${reason} (${source}, ${at.slice(0, 10)}; ${FORGED[forgeableBy]}).`;
}
