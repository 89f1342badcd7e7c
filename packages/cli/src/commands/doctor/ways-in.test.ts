import { dayOf, type Instant, later } from "@leasehold/core/kernel";
import { expect, it } from "vitest";
import type { Connected, Probed } from "./checkup.ts";
import { wayLines, wayProblems } from "./ways-in.ts";

const NOW = "2026-11-02T09:00:00.000Z" as Instant;
const SLACK = { id: "slack", title: "Slack" } as Connected;
const NONE = { unproved: 0, signature: 0, time: 0, content: 0 };
const way = (found: Probed["found"]): Probed => ({
  ...{ id: "slack", title: "Slack", secretName: "slack.signing", at: "http://127.0.0.1:8720/in/slack", found },
});
type Refused = NonNullable<Connected["refused"]>[number];
const refused = (counts: Partial<Refused["counts"]>, more: Partial<Refused> = {}): readonly Connected[] => [
  { ...SLACK, refused: [{ day: dayOf(NOW), counts: { ...NONE, ...counts }, ...more }] },
];
const problems = (found: Partial<Parameters<typeof wayProblems>[0]>) =>
  wayProblems({ connectors: [], now: NOW, ...found }).map(({ what, next }) => `${what} | ${next}`);

it("a way in that is proved needs nobody, and is shown", () => {
  expect(problems({ waysIn: [way("proved"), way("no probe")] })).toEqual([]);
  expect(wayLines([way("proved"), way("no probe")], [], NOW).join("\n")).toMatch(
    /Slack +slack\.signing +http:\/\/127\.0\.0\.1:8720\/in\/slack +takes what this secret signs.*\n.*cannot be probed/,
  );
});

it.each<[Probed["found"], RegExp]>([
  ["open", /\(slack\.signing\): takes what is not signed \| Close this address/],
  ["closed", /refuses what this secret signs \| Two values of the secret/],
  ["no secret", /its secret is not here \| Give this command the secret/],
  ["silent", /nobody answers \| Keep `leasehold start --config` running/],
  ["other", /somebody else answers \| See that `laptop\.port`/],
])("one that is found %s needs somebody, and says what to do", (found, said) => {
  expect(problems({ waysIn: [way(found)] })).toEqual([expect.stringMatching(said)]);
});

it.each<[string, readonly Connected[], string, RegExp | undefined]>([
  ["another secret", refused({ signature: 1 }), "Slack: 1 request refused today: 1 signature", /signs with the secret/],
  [
    "a clock",
    refused({ signature: 5, time: 7 }, { seconds: 420 }),
    "Slack: 12 requests refused today: 5 signature, 7 time (7 minutes behind our clock)",
    /clock and the sender's/,
  ],
  [
    "a clock ahead",
    refused({ time: 1 }, { seconds: -61 }),
    "Slack: 1 request refused today: 1 time (1 minute ahead of our clock)",
    /clock/,
  ],
  ["a field", refused({ content: 2 }), "Slack: 2 requests refused today: 2 content", /in the log/],
  ["a stranger", refused({ unproved: 3 }), "Slack: 3 requests refused today: 3 without proof", undefined],
  [
    "yesterday",
    refused({ signature: 2 }, { day: dayOf(later(NOW, -24)) }),
    "Slack: 2 requests refused on 2026-11-01: 2 signature",
    undefined,
  ],
])("requests refused for %s are counted, and said", (_title, connectors, line, next) => {
  expect(wayLines([], connectors, NOW)).toEqual([line, ""]);
  const found = problems({ connectors });
  expect(found).toEqual(next === undefined ? [] : [expect.stringMatching(next)]);
});

it("an older stage, which counts nothing, has nothing to show", () => {
  expect(wayLines([], [SLACK], NOW)).toEqual([]);
  expect(problems({ connectors: [SLACK] })).toEqual([]);
});
