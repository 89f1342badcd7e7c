import type { Message } from "@leasehold/core/connector";
import { type AccountId, derivedId, localTime } from "@leasehold/core/kernel";
import { named, type People } from "../question/index.ts";
import type { Gathered } from "./gather.ts";
import type { Whose } from "./whose.ts";

/** To its owner: told, and asked nothing. Its key is of the last call told of, so that the same notice twice is one message. */
export async function noticeOf(
  people: People,
  owner: AccountId,
  { holder, subject, name }: Whose,
  told: Gathered,
  otherwise: string,
): Promise<Message> {
  const { name: called = "", email } = await named(people, owner);
  const timeZone = (await people.subject(owner))?.facts["timeZone"]?.value ?? otherwise;
  const { count, actions, callers, resources, policies, from, last } = told;
  const calls = count === 1 ? "One call was refused" : `${count} calls were refused`;
  const where = [last.account && `account ${last.account}`, last.region].filter((one) => one !== undefined);
  return {
    key: derivedId("dec", "refused", owner, holder, last.eventId),
    to: { account: owner, name: called, email, timeZone },
    title: `${count === 1 ? "A refused call" : `${count} refused calls`} of ${name.split("/").at(-1)}`,
    why: [
      `${calls} from ${localTime(from, timeZone)} to ${localTime(last.at, timeZone)}: ${few(actions)}.`,
      `With the credentials of ${few(callers)}.`,
      resources.length > 0 ? `To: ${few(resources)}.` : "To what, the log does not say in its message.",
      policies.length > 0 ? `Why: ${few(policies)}.` : "Which policy refused them was not stated.",
      `The last one is event ${last.eventId}${where.length > 0 ? ` in CloudTrail of ${where.join(", ")}` : ""}.`,
      `You are told because it is yours: leasehold who ${subject}. Nothing was changed, and nothing is asked of you.`,
    ].join(" "),
    ...{ deadline: undefined, items: [], state: "closed" },
  };
}

const MOST = 5;
export const few = (all: readonly string[]): string =>
  all.length <= MOST ? all.join(", ") : `${all.slice(0, MOST).join(", ")} and ${all.length - MOST} more`;
