import type { Case } from "@leasehold/core/casework";
import { found } from "@leasehold/core/finding";
import { type CredentialId, later } from "@leasehold/core/kernel";
import type { Stored } from "../world/index.ts";
import type { CasePorts } from "./ports.ts";

export const PAGE_AGAIN = 0.25; // hours, until somebody answers

/** Pages at once, and again as long as nobody has answered: the same finding ends and is found anew, so that it is told anew. */
export async function pageAgain({ findings, clock }: CasePorts, open: Case, items: readonly Stored[]): Promise<void> {
  for (const { windDown } of items) {
    const { closed, answer, question, wants } = windDown;
    const over = answer?.kind === "hold" && answer.until <= clock(); // then it was asked anew, and nobody has answered that
    if (closed || (answer !== undefined && !over) || (question ?? wants) === undefined) continue;
    const next = findingOf(windDown.credential, open, clock());
    const last = (await findings.of(windDown.credential)).find(({ id }) => id === next.id);
    if (last !== undefined && clock() < later(last.at, PAGE_AGAIN)) continue;
    if (last !== undefined) await findings.close(last.id);
    await findings.put(next);
  }
}

export async function endPaging({ findings }: CasePorts, items: readonly Stored[]): Promise<void> {
  for (const { windDown } of items)
    for (const { id, kind } of await findings.of(windDown.credential))
      if (kind === "it has leaked") await findings.close(id);
}

const REMEDY = "answer the question that was sent to its owner and to security: one yes switches it off";
const findingOf = (credential: CredentialId, { id, triggers }: Case, at: Parameters<typeof found>[2]) =>
  found("it has leaked", credential, at, REMEDY, {
    ...{ case: id, since: triggers.find(({ kind }) => kind === "exposed")?.occurredAt ?? at },
  });
