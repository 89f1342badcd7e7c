import type { Instant } from "@leasehold/core/kernel";
import { expect, it } from "vitest";
import type { Checkup } from "./checkup.ts";
import { problemsOf } from "./problems.ts";

const NOW = "2026-11-02T09:00:00.000Z" as Instant;
const okta = {
  id: "okta",
  title: "Okta",
  mode: "act",
  proof: "simulator",
  desk: false,
  lists: true,
  polls: true,
  feed: { heard: undefined, polled: { at: NOW, ageHours: 0, missed: undefined }, silent: undefined },
  coverage: { whole: true, at: NOW, seen: 3, ageHours: 1 },
  check: undefined,
} as const;
const slack = {
  id: "slack",
  title: "Slack",
  mode: "act",
  proof: "simulator",
  desk: true,
  lists: false,
  polls: false,
  feed: { heard: undefined, polled: undefined, silent: undefined },
  coverage: undefined,
  check: { missing: [] },
} as const;
const WELL: Checkup = {
  ...{
    node: "24.0.0",
    store: { path: "x.db", kind: "real", layout: 1 },
    now: NOW,
    connectors: [okta, slack],
    schedules: [],
  },
  ...{
    deadLetters: [],
    findings: [],
    cases: 0,
    overdue: [],
    brake: { frozen: undefined, limits: [], on: false, tripped: undefined, held: [], named: [] },
  },
};

it("nothing is wrong with one that is well", () => {
  expect(problemsOf(WELL)).toEqual([]);
});

const GROUP = { connector: "okta", group: "00g1" } as const;
const voiced = (fault: object) =>
  [{ as: "security", groups: [GROUP], people: 0, unread: [{ ...GROUP, fault: "BadInput", ...fault }] }] as const;

it.each<[string, Partial<Checkup>, string, string]>([
  [
    "a group that is not there",
    { voices: voiced({ fault: "Okta knows no group of this id" }) },
    "the group 00g1 of okta cannot be read, which security names: Okta knows no group of this id",
    "See that security in the configuration names the group's id, and that okta is ready.",
  ],
  [
    "a group that may not be read",
    { voices: voiced({ fault: "PermissionMissing", permission: "okta.groups.read" }) },
    "the group 00g1 of okta cannot be read, which security names: okta.groups.read",
    "Grant okta.groups.read to Leasehold, and name it in the connector's settings where it has scopes.",
  ],
  [
    "a list that was never made",
    { connectors: [{ ...okta, coverage: undefined }, slack] },
    "Okta was never listed: what it has is not known",
    "Run `leasehold sweep okta`.",
  ],
  [
    "a list that was cut short",
    { connectors: [{ ...okta, coverage: { ...okta.coverage, whole: false } }, slack] },
    "the last list of Okta was not whole",
    "Run `leasehold sweep okta`.",
  ],
  [
    "a list that is old",
    { connectors: [{ ...okta, coverage: { ...okta.coverage, ageHours: 49 } }, slack] },
    "the last list of Okta is 49 hours old",
    "Run `leasehold sweep okta`.",
  ],
  [
    "a poll that is old",
    { connectors: [{ ...okta, feed: { ...okta.feed, polled: { at: NOW, ageHours: 2, missed: undefined } } }, slack] },
    "the last poll of Okta is 2 hours old",
    "Keep `leasehold start` running: it is polled every fifteen minutes.",
  ],
  [
    "one that was listed and never polled on a stage",
    {
      stage: "prod",
      connectors: [
        { ...okta, coverage: { ...okta.coverage, ageHours: 2 }, feed: { ...okta.feed, polled: undefined } },
        slack,
      ],
    },
    "Okta was never polled",
    "It is polled every fifteen minutes; if not, see the log of poll-feeds.",
  ],
  ["no desk", { connectors: [okta] }, "no desk is configured: nobody can be asked", "Configure slack, jira or email."],
  [
    "a schedule that fails",
    { schedules: [{ name: "sweep-estate", due: NOW, fault: "Unavailable" }] },
    "the schedule sweep-estate fails: Unavailable",
    "It is tried again by itself; see the log of that time.",
  ],
  [
    "a dead letter",
    { deadLetters: [{ event: "e1", target: "receive:okta", fault: "BadInput" }] },
    "event e1 could not be given to receive:okta: BadInput",
    "Correct what the fault names, then bring the event again.",
  ],
  [
    "a provider that lacks something",
    { connectors: [{ ...okta, check: { missing: ["Grant okta.users.read."] } }, slack] },
    "Okta is not ready",
    "Grant okta.users.read.",
  ],
  [
    "a provider that does not answer",
    { connectors: [{ ...okta, check: { fault: "Unavailable" } }, slack] },
    "Okta could not be asked: Unavailable",
    "See whether it is reachable and its settings are right.",
  ],
  [
    "a provider for which a secret is missing",
    { connectors: [{ ...okta, check: { fault: "BadInput", because: "set the variable: LEASEHOLD_SECRET_X" } }, slack] },
    "Okta could not be asked: set the variable: LEASEHOLD_SECRET_X",
    "See whether it is reachable and its settings are right.",
  ],
  [
    "a provider that refuses",
    { connectors: [{ ...okta, check: { fault: "PermissionMissing", permission: "iam:ListUsers" } }, slack] },
    "Okta could not be asked: PermissionMissing",
    "Grant iam:ListUsers.",
  ],
  [
    "a hand on the brake",
    {
      brake: {
        frozen: { by: "acc_sam", at: NOW, because: "too many" },
        limits: [],
        on: false,
        tripped: undefined,
        held: [],
        named: [],
      },
    },
    `the brake is on since ${NOW} by acc_sam: too many`,
    "Nothing is acted until `leasehold brake release`.",
  ],
  [
    "what should have moved on a stage",
    { stage: "prod", overdue: ["wdc_1"] },
    "wdc_1 should have moved an hour ago",
    "Run `leasehold case retry wdc_1 --stage prod`.",
  ],
  [
    "a list that a stage never made",
    { stage: "prod", connectors: [{ ...okta, coverage: undefined }, slack] },
    "Okta was never listed: what it has is not known",
    "The daily sweep lists it; if it does not, see the log of sweep-estate.",
  ],
  [
    "what should have moved",
    { overdue: ["wdc_1"] },
    "wdc_1 should have moved an hour ago",
    "Run `leasehold case retry wdc_1`, or keep `leasehold start` running.",
  ],
  [
    "a finding",
    {
      findings: [
        {
          id: "fnd_1",
          kind: "still alive",
          severity: "critical",
          about: "wdc_1",
          at: NOW,
          remedy: "Switch it off.",
          facts: {},
        },
      ],
    },
    "critical: still alive (wdc_1)",
    "Switch it off.",
  ],
])("%s needs a person, and says what to do", (_, wrong, what, next) => {
  expect(problemsOf({ ...WELL, ...wrong })).toEqual([{ what, next }]);
});

const hold = (over: Partial<Checkup["brake"]["held"][number]>) => ({
  ...{ id: "trp_1" as const, kind: "trip" as const, at: NOW, over: undefined, most: 5, timesOver: 20, people: 100 },
  ...{ waiting: 100, cases: [], twoPeople: true, agreed: undefined, released: undefined, ...over },
});
const stopped = (held: Checkup["brake"]["held"], hand = false): Checkup["brake"] => ({
  ...WELL.brake,
  ...{ held, frozen: hand ? { at: NOW, by: "acc_sam", because: "too many" } : undefined },
});
const voices = (security: number, operators = 0, unread = false): NonNullable<Checkup["voices"]> => [
  { as: "security", groups: [], people: security, unread: unread ? [{ ...GROUP, fault: "Unavailable" }] : [] },
  { as: "operators", groups: [], people: operators, unread: [] },
];

it.each<[string, Checkup["brake"], Checkup["voices"], string[]]>([
  [
    "a hand, and nobody of security",
    stopped([], true),
    voices(0, 5),
    ["a hand is on the brake, and no desk can take it off: security is asked, and nobody is in it"],
  ],
  [
    "a hand, and a group that cannot be read",
    stopped([], true),
    voices(0, 0, true),
    ["a hand is on the brake, and no desk can take it off: security is asked, and its group cannot be read"],
  ],
  ["a hand, and somebody of security", stopped([], true), voices(1), []],
  [
    "a hold, and nobody of security",
    stopped([hold({ twoPeople: false })]),
    voices(0),
    ["the brake holds people, and no desk can let them go on: security is asked, and nobody is in it"],
  ],
  [
    "a hold for two, and one of security",
    stopped([hold({})]),
    voices(1),
    ["two people must release trp_1, and security has one"],
  ],
  ["a hold for two, and an operator beside", stopped([hold({})]), voices(1, 1), []],
  ["a hold for two, and two of security", stopped([hold({})]), voices(2), []],
  ["a hold for one, and one of security", stopped([hold({ twoPeople: false })]), voices(1), []],
  ["a hold that was released", stopped([hold({ released: {} as never })]), voices(0), []],
  ["no hold and no hand", stopped([]), voices(0), []],
  ["an older stage, which does not say", stopped([hold({})], true), undefined, []],
])("whether anybody can let go of the brake: %s", (_title, brake, said, what) => {
  const all = problemsOf({ ...WELL, brake, ...(said && { voices: said }) });
  const about = all.filter((one) => /no desk can|two people must/.test(one.what));
  expect(about.map((one) => one.what)).toEqual(what);
  for (const { next } of about) expect(next).toMatch(/security/);
});
