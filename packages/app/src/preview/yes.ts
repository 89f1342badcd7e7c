import type { AccountId } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import { type Answer, decide, type View, type Voice, type WindDown } from "@leasehold/core/winddown";
import { isOneOf, type People } from "../question/index.ts";
import { BY_HAND } from "../winddown/index.ts";
import type { ReadingPorts } from "../world/index.ts";

/** The answer of whoever was asked, with a second voice of security's where one is not enough; or why no yes helps. */
export async function yesTo(
  world: ReadingPorts,
  people: People,
  windDown: WindDown,
  view: View,
): Promise<{ readonly answer: Answer } | { readonly stops: string }> {
  const { question } = windDown;
  if (question === undefined) return { stops: "nobody was asked" };
  if (question.token.startsWith(BY_HAND)) return { stops: "somebody must switch it off by hand: a yes does nothing" };
  const one = await voiceOf(world, people, question.custodian);
  const second = world.config.security[0];
  const two = second === undefined ? [] : [await voiceOf(world, people, emailAccount(second))];
  let against = "";
  for (const voices of [[one], [one, ...two]]) {
    const answer: Answer = { kind: "yes", token: question.token, voices };
    const step = decide({ ...windDown, answer, question: undefined }, view, policyOf(world), world.clock());
    if (step.do !== "ask") return { answer };
    against = step.because;
  }
  return { stops: `a yes does not help: ${against}` };
}

const policyOf = ({ config }: ReadingPorts) => ({ grace: config.playbook.grace });

async function voiceOf(world: ReadingPorts, people: People, account: AccountId): Promise<Voice> {
  const { first, person, accounts } = await people.cluster(account);
  const security = await isOneOf(people, world.config.security, accounts);
  return { account: first, person, accounts, security, at: world.clock() };
}
