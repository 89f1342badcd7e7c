import type { Message } from "@leasehold/core/connector";
import { type AccountId, derivedId, type Instant, localTime } from "@leasehold/core/kernel";
import { named, type People } from "../question/index.ts";
import type { Gathered } from "./gather.ts";
import type { Whose } from "./whose.ts";

/** What is new of one credential, and whose it is. */
export interface News {
  readonly whose: Whose;
  readonly news: Gathered;
}

/** To their owner: told, and asked nothing. Its key is of the last calls told of, so that the same notice twice is one message. */
export async function noticeOf(
  people: People,
  owner: AccountId,
  all: readonly [News, ...News[]],
  otherwise: string,
): Promise<Message> {
  const { name = "", email } = await named(people, owner);
  const timeZone = (await people.subject(owner))?.facts["timeZone"]?.value ?? otherwise;
  return {
    key: derivedId("dec", "refused", owner, ...all.flatMap(({ whose, news }) => [whose.holder, news.last.eventId])),
    to: { account: owner, name, email, timeZone },
    ...(all.length === 1 ? ofOne(all[0], timeZone) : ofMany(all, timeZone)),
    ...{ deadline: undefined, items: [], state: "closed" },
  };
}

type Words = Pick<Message, "title" | "why">;

function ofOne({ whose, news }: News, timeZone: string): Words {
  const { count, actions, callers, resources, policies, from, last } = news;
  const calls = count === 1 ? "One call was refused" : `${count} calls were refused`;
  return {
    title: `${count === 1 ? "A refused call" : `${count} refused calls`} of ${short(whose)}`,
    why: [
      `${calls} from ${localTime(from, timeZone)} to ${localTime(last.at, timeZone)}: ${few(actions)}.`,
      `With the credentials of ${few(callers)}.`,
      resources.length > 0 ? `To: ${few(resources)}.` : "To what, the log does not say in its message.",
      policies.length > 0 ? `Why: ${few(policies)}.` : "Which policy refused them was not stated.",
      `The last one is event ${inLog(news)}.`,
      `You are told because it is yours: leasehold who ${whose.subject}. ${NOTHING}`,
    ].join(" "),
  };
}

/** The first of them; of each that is not shown there is a finding. */
function ofMany(all: readonly News[], timeZone: string): Words {
  const count = all.reduce((sum, { news }) => sum + news.count, 0);
  const [from, until] = [
    all.map(({ news }) => news.from).sort()[0],
    all
      .map(({ news }) => news.last.at)
      .sort()
      .at(-1),
  ];
  const more = all.length - MOST;
  return {
    title: `${count} refused calls of ${all.length} credentials`,
    why: [
      `${count} calls were refused from ${localTime(from as Instant, timeZone)} to ${localTime(until as Instant, timeZone)}.`,
      ...all.slice(0, MOST).map(briefly),
      ...(more > 0 ? [`${MOST} of them are shown, and ${more} more stand among the findings.`] : []),
      `You are told because they are yours. ${NOTHING}`,
    ].join(" "),
  };
}

const NOTHING = "Nothing was changed, and nothing is asked of you.";

function briefly({ whose, news }: News): string {
  const { count, actions, callers, resources, policies } = news;
  const told = [
    few(actions),
    `with the credentials of ${few(callers)}`,
    ...(resources.length > 0 ? [`to ${few(resources)}`] : []),
    ...policies,
  ];
  const calls = count === 1 ? "one call" : `${count} calls`;
  return `${short(whose)}: ${calls} (${told.join("; ")}), the last is event ${inLog(news)}: leasehold who ${whose.subject}.`;
}

const short = ({ name }: Whose): string => name.split("/").at(-1) ?? name;

function inLog({ last: { eventId, account, region } }: Gathered): string {
  const where = [account && `account ${account}`, region].filter((one) => one !== undefined);
  return `${eventId}${where.length > 0 ? ` in CloudTrail of ${where.join(", ")}` : ""}`;
}

const MOST = 5;
export const few = (all: readonly string[]): string =>
  all.length <= MOST ? all.join(", ") : `${all.slice(0, MOST).join(", ")} and ${all.length - MOST} more`;
