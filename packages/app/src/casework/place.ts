import type { Decision, DecisionItem } from "@leasehold/core/casework";
import { isAskedIn, type WindDown } from "@leasehold/core/winddown";
import { again, type Stored, type StoredCase, type Versioned } from "../world/index.ts";
import type { CasePorts } from "./ports.ts";

/** Puts what a desk has accepted onto each wind-down. What was shown is the question, also where it moved since: then it is asked anew. */
export async function place(world: CasePorts, { value, version }: Versioned<Decision>): Promise<void> {
  for (const item of value.items) await again(() => putQuestion(world, item, value));
  let present: Versioned<Decision> | undefined = { value, version };
  await again(async () => {
    if (present && !present.value.placed) {
      const found = present;
      present = await world.decisions.get(value.id); // a click may have been heard: read before the next try
      await world.decisions.put({ ...found.value, placed: true }, found.version);
    }
  });
}

/** A crash came between the desk and the wind-downs: nobody is asked twice for it. */
export async function finishPlacing(world: CasePorts, stored: StoredCase): Promise<boolean> {
  const all = await world.decisions.ofCase(stored.case.id);
  const begun = all.filter(({ value }) => value.asked !== undefined && !value.placed && !value.closed);
  for (const decision of begun) await place(world, decision);
  return begun.length > 0;
}

/** Who asks for this one: the case that opened it. The others attach, and share what is answered. */
export const isWanting = ({ windDown, open }: Stored, { case: { id } }: StoredCase): boolean =>
  windDown.wants !== undefined && windDown.closed === undefined && open === undefined && windDown.case === id;

/** Silence counts from the instant a desk accepted it, and for this question only where it still wants one. */
async function putQuestion(world: CasePorts, { windDown: id, token, ifSilent }: DecisionItem, decision: Decision) {
  const stored = await world.windDowns.get(id);
  if (stored === undefined || stored.windDown.closed || stored.open) return;
  const { id: of, custodian, until, last } = decision;
  if (stored.windDown.wants === undefined) return putBeside(world, stored, token, decision);
  const asked = decision.asked ?? world.clock();
  const question = { asked, until, token, ifSilent, last, custodian, decision: of };
  const next: WindDown = { ...stored.windDown, question, wants: undefined };
  const facts = { decision: of, custodian, ifSilent, until };
  await world.windDowns.change(stored, next, { did: "question.asked", by: "leasehold", facts });
}

/** Put to the owner and to security at once it is one question: whoever answers first has answered it. */
async function putBeside(world: CasePorts, stored: Stored, token: string, { id: of, custodian, until }: Decision) {
  const { windDown } = stored;
  const { question } = windDown;
  if (windDown.exposed === undefined || question?.token !== token || isAskedIn(windDown, of)) return;
  const next: WindDown = { ...windDown, question: { ...question, also: [...(question.also ?? []), of] } };
  const facts = { decision: of, custodian, until };
  await world.windDowns.change(stored, next, { did: "question.asked", by: "leasehold", facts });
}
