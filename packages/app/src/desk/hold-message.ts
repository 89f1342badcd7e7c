import {
  type Hold,
  type HoldId,
  isStanding,
  isTrip,
  needsTwo,
  timesOver,
  voiceFor,
  type Window,
} from "@leasehold/core/brake";
import type { Message } from "@leasehold/core/connector";
import { type AccountId, digest, type Instant, localTime } from "@leasehold/core/kernel";

/** What a message shows of a hold. Where it has moved since, a press is a press on something else. */
export interface HoldShown {
  readonly hold: Hold;
  readonly agreed: AccountId | undefined; // the first of two
  readonly released: Hold["released"]; // as long as it stands
}

export const isHold = (id: string): id is HoldId => id.startsWith("trp_") || id.startsWith("bat_");

export function holdIn(window: Window, id: HoldId, now: Instant): HoldShown | undefined {
  const hold = (window.holds ?? []).find((one) => one.id === id);
  if (hold === undefined) return undefined;
  const { released } = hold;
  const stands = released !== undefined && isStanding(window, released, now) && released.covers >= hold.people;
  return { hold, agreed: voiceFor(window, id, now)?.account, released: stands ? released : undefined };
}

export const holdToken = ({ hold, agreed, released }: HoldShown): string =>
  digest([hold.id, hold.people, agreed ?? "", released?.until ?? ""]);

const SHORT = 12; // characters of the digest: enough that no two that one hold shows are alike

/** What a button carries: the hold, and whom it was shown to hold, so that a press says what it was made on. */
export const itemOf = ({ hold, agreed }: HoldShown): string =>
  `${hold.id}-${digest([hold.people, agreed ?? ""]).slice(0, SHORT)}`;
/** The hold of a button, or what else it is of. */
export const stopOf = (item: string): string => (isHold(item) ? (item.split("-", 1)[0] ?? item) : item);

interface To extends Pick<Message, "key" | "to"> {
  readonly named: (account: string) => Promise<string>;
  readonly lasts: number; // hours for which a release stands
}

/** For each of security: who is held, why, and the one button. */
export async function holdMessage(shown: HoldShown, { key, to, named, lasts }: To): Promise<Message> {
  const { hold, released } = shown;
  const many = `${hold.people} ${hold.people === 1 ? "person is" : "people are"} held`;
  return {
    ...{ key, to, deadline: undefined, state: released ? "closed" : "open" },
    title: `${isTrip(hold) ? "The brake tripped" : "A backlog is held"}: ${many}`,
    why: "You are of security. Nothing of theirs is acted on until security lets them go on.",
    items: [
      {
        ...{ item: itemOf(shown), title: `${isTrip(hold) ? "Trip" : "Batch"} ${hold.id}` },
        lines: linesOf(hold, to.timeZone, lasts),
        choices: released ? [] : ["release"],
        state: await stateOf(shown, to.timeZone, named),
      },
    ],
  };
}

function linesOf(hold: Hold, timeZone: string, lasts: number): readonly string[] {
  const { at, most, over } = hold;
  return [
    over
      ? `Since ${localTime(at, timeZone)}: more than ${most} departures of ${over.source ?? "all sources"} within ${over.limit === "peopleADay" ? "a day" : "an hour"}, ${Math.round(timesOver(hold) * 10) / 10} times that. Every plan waits, also on a yes.`
      : `Since ${localTime(at, timeZone)}: they left more than an hour before we learned of it.`,
    "Find out why they left before you release it. `leasehold brake status` names the cases.",
    `A release covers those who are shown here, and nobody who comes later. It ends after ${lasts} hours.`,
    ...(needsTwo(hold) ? ["It went more than ten times over: two people release it, and each presses once."] : []),
  ];
}

async function stateOf({ agreed, released }: HoldShown, timeZone: string, named: To["named"]): Promise<string> {
  if (released) {
    const by = await Promise.all(released.by.map(named));
    return `released by ${by.join(" and ")} until ${localTime(released.until, timeZone)}`;
  }
  return agreed === undefined ? "held" : `held; ${await named(agreed)} has agreed, and somebody else must, too`;
}
