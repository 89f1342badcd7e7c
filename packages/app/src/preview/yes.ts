import type { AccountId } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import { type Answer, areTwo, decide, type View, type Voice, type WindDown } from "@leasehold/core/winddown";
import { membership, roll } from "../groups/index.ts";
import type { People } from "../question/index.ts";
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
  const two = await secondOf(world, people, one);
  let against = "";
  for (const voices of [[one], two === undefined ? [one] : [one, two]]) {
    const answer: Answer = { kind: "yes", token: question.token, voices };
    const step = decide({ ...windDown, answer, question: undefined }, view, policyOf(world), world.clock());
    if (step.do !== "ask") return { answer };
    against = step.because;
  }
  return { stops: `a yes does not help: ${against}` };
}

/** Somebody of security who is another person. */
async function secondOf(world: ReadingPorts, people: People, one: Voice): Promise<Voice | undefined> {
  for (const email of (await roll(world, people, world.config.security)).emails) {
    const voice = await voiceOf(world, people, emailAccount(email));
    if (areTwo(one, voice)) return { ...voice, security: true };
  }
  return undefined;
}

const policyOf = ({ config }: ReadingPorts) => ({ grace: config.playbook.grace });

async function voiceOf(world: ReadingPorts, people: People, account: AccountId): Promise<Voice> {
  const { first, person, accounts } = await people.cluster(account);
  const security = (await membership(world, people, world.config.security, accounts)) === "member";
  return { account: first, person, accounts, security, at: world.clock() };
}
