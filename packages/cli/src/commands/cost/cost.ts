import { badInput } from "@leasehold/core/kernel";
import type { Call, Command } from "../../command/index.ts";
import { columns, list } from "../../terminal/index.ts";
import { type Estimate, estimate, type Size } from "./estimate.ts";
import { PRICES, PRICES_ON, REGION } from "./prices.ts";
import { ASSUMED, COUNTED, EVENTS } from "./units.ts";

/** What a stage would cost, before there is one. Nothing is asked of anybody. */
export const cost: Command = {
  about: "what a stage on AWS would cost in a month: counted units and list prices, with every assumption",
  args: [],
  flags: {
    "events-per-day": {
      value: "number",
      about: "AWS events that its rules match; usage of credentials is not among them",
    },
    identities: { value: "number", about: "roles, IAM users, OAuth apps and the like" },
    people: { value: "number", about: "accounts in the directory (a tenth of the identities, and at least ten)" },
  },
  notOnStage: "an estimate is made before there is a stage: leave out --stage; what one costs is in its account's bill",
  more: [
    "An estimate, not a quote: us-east-1, list prices, no free tier. --json has every unit and the page of every price.",
  ],
  run: async (call) => {
    const size = sizeIn(call);
    const found = estimate(size);
    const priced = { region: REGION, on: PRICES_ON, prices: PRICES };
    return {
      json: {
        size,
        ...found,
        ...priced,
        counted: { events: EVENTS, ...COUNTED },
        assumed: ASSUMED,
        notIncluded: NOT_INCLUDED,
      },
      text: linesOf(size, found),
    };
  },
};

function sizeIn(call: Call): Size {
  const identities = numberIn(call, "identities");
  const people =
    call.flags["people"] === undefined ? Math.max(10, Math.round(identities / 10)) : numberIn(call, "people");
  return { eventsPerDay: numberIn(call, "events-per-day"), identities, people };
}

const MOST = 1_000_000_000;

function numberIn({ flags }: Call, name: string): number {
  const given = flags[name];
  if (given === undefined) throw badInput("say how many", { flag: `--${name}`, value: "number" });
  const number = typeof given === "string" && /^\d{1,10}$/.test(given) ? Number(given) : Number.NaN;
  if (!(number <= MOST))
    throw badInput("write a whole number, in digits only, of a thousand million at most", { flag: `--${name}` });
  return number;
}

const NOT_INCLUDED = [
  "usage of credentials, of which the price of a million calls is said, and CloudTrail data events",
  "CloudTrail, GuardDuty, the identity provider and the desks themselves",
  "data transfer, taxes, support, discounts and free tiers",
  "what a member account's own rule forwards to more places than this",
];

function linesOf(
  { eventsPerDay, identities, people }: Size,
  { perMonth, total, bars, usage }: Estimate,
): readonly string[] {
  const rows = perMonth.map(({ what, count, dollars }) => [`  ${what}`, whole(count), money(dollars)]);
  return [
    `${whole(eventsPerDay)} events a day, ${whole(identities)} identities, ${whole(people)} people; ${REGION}, list prices of ${PRICES_ON}`,
    "",
    ...columns([["  IN A MONTH", "COUNT", "DOLLARS"], ...rows, ["  all of it", "", money(total)]]),
    "",
    ...columns(
      bars.map(({ what, dollars, most, met }) => [
        `  ${what}`,
        money(dollars),
        `${met ? "within" : "OVER"} ${money(most)}`,
      ]),
    ),
    "",
    ...usage.map(({ what, perMillion }) => `usage: ${money(perMillion)} per million calls, ${what}`),
    "",
    ...list("Assumed:", assumptions()),
    ...list("Not included:", NOT_INCLUDED),
    "An estimate, not a quote. --json has the units and the page of every price.",
  ];
}

function assumptions(): readonly string[] {
  const { usageCalls, usageCredentials, usageKinds, usageSeconds, smallCalls, smallCredentials } = ASSUMED;
  const { memory, eventSeconds, leavers, credentials, callsADay, days } = ASSUMED;
  const shares = Object.entries(EVENTS).map(([kind, { share }]) => `${kind} ${share}`);
  return [
    `of a hundred events: ${shares.join(", ")}`,
    "each event is forwarded once, and is archived as one record of up to 5 kB; request units and log bytes are counted",
    `${memory * 1_024} MB for a function, ${eventSeconds * 1_000} ms billed for an event, cold starts included`,
    `usage in batches of ${usageCalls} calls, by ${usageCredentials} credentials of ${usageKinds} kinds each, in ${usageSeconds * 1_000} ms`,
    `a small file of a trail has ${smallCalls} calls by ${smallCredentials} credentials; a file is told of, fetched and counted by itself`,
    `${100 * leavers} % of the people leave in a month, each with ${credentials} credentials of ${COUNTED.lifeOfOneInFour.transition} state transitions`,
    `${callsADay} questions and answers a day; a month of ${days} days; everything is listed and looked at daily`,
  ];
}

const whole = (n: number): string => Math.round(n).toLocaleString("en-GB");
const money = (dollars: number): string =>
  `$${dollars < 0.01 && dollars > 0 ? dollars.toFixed(6) : dollars.toFixed(2)}`;
