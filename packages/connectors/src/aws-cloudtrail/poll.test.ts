import { hearing } from "@leasehold/app/ingest";
import { connectors } from "@leasehold/connectors";
import { type Instant, later } from "@leasehold/core/kernel";
import { Signal } from "@leasehold/core/signal";
import { beforeEach, describe, expect, it } from "vitest";
import { MONDAY } from "../../../../test/support/clock.ts";
import { fixturesOf, startedFrom } from "../../../../test/support/connectors.ts";
import { keyOf, trailRecord } from "../../../../test/support/trail-record.ts";
import type { Looks, Send } from "./api.ts";
import { poller } from "./poll.ts";
import { simulator, type World } from "./simulator.ts";
import { cursorOf, placeIn } from "./window.ts";

const others = await Promise.all(Object.values(connectors).map((load) => load()));
const lines: unknown[] = [];
const hear = hearing(others, (...line) => void lines.push(line));
const REGIONS = ["us-east-1", "eu-west-1"];
const START = later(MONDAY, 0);

let now: Instant;
let world: World;
beforeEach(() => {
  lines.length = 0;
  now = START;
  world = { account: "111122223333", regions: REGIONS, events: [] };
});

/** A key was made that many hours after the first poll. */
const made = (n: number, hours: number, more: object = {}) =>
  JSON.stringify(trailRecord(n, { eventTime: later(START, hours), readOnly: false, ...more }));
const recorded = (...events: readonly string[]) => {
  world = { ...world, events: [...(world.events ?? []), ...events] };
};

/** The simulated account as it is now; `instead` answers in the place of CloudTrail where it has something to say. */
function account(instead: (input: Asked, region: string) => object | undefined = () => undefined) {
  const { live, calls } = startedFrom(simulator, world);
  const asked: (Asked & { readonly region: string })[] = [];
  const before = live.api as Looks;
  const api: Looks = {
    ...before,
    clock: () => now,
    in: (region) =>
      (async (command: { readonly input: Asked }) => {
        asked.push({ ...command.input, region });
        return instead(command.input, region) ?? before.in(region)(command as never);
      }) as unknown as Send,
  };
  return { api, asked, calls };
}
interface Asked {
  readonly StartTime: Date;
  readonly EndTime: Date;
  readonly NextToken?: string;
  readonly LookupAttributes: readonly [{ readonly AttributeKey: string; readonly AttributeValue: string }];
}

/** Polled until there is no more for now. */
async function polled(of: ReturnType<typeof account>, cursor: string | undefined) {
  const signals: Signal[] = [];
  const gaps: string[] = [];
  for (let at = cursor, left = 50; left > 0; left -= 1) {
    const page = await poller.since(of.api, at, hear);
    signals.push(...page.signals);
    gaps.push(...(page.gaps ?? []));
    at = page.next;
    if (!page.more) return { signals, gaps, cursor: at };
  }
  throw new Error("it never ends");
}
const keysIn = (signals: readonly Signal[]) =>
  signals.flatMap((one) => (one.kind === "credential.issued" ? [String(one.handle["accessKeyId"])] : []));
const fails = (name: string) => {
  throw Object.assign(new Error(name), { name });
};

describe("what is looked up", () => {
  it("is every change of each Region, page by page, by one attribute", async () => {
    recorded(...[1, 2, 3, 4, 5].map((n) => made(n, -0.1 * n)), made(6, -0.2, { awsRegion: "eu-west-1" }));
    recorded(made(7, -0.1, { readOnly: true }), made(8, -0.1, { awsRegion: "ap-east-1" }));
    const of = account();
    const { signals, gaps } = await polled(of, undefined);
    expect(keysIn(signals).sort()).toEqual([1, 2, 3, 4, 5, 6].map(keyOf));
    expect(gaps).toEqual([]);
    expect(new Set(of.asked.map(({ LookupAttributes: [by] }) => `${by.AttributeKey} ${by.AttributeValue}`))).toEqual(
      new Set(["ReadOnly false"]),
    );
    expect(of.asked.filter(({ region }) => region === "us-east-1").map(({ NextToken }) => NextToken)).toEqual([
      ...[undefined, "2", "4"],
    ]);
  });

  it("is read once more where it came late, and not from the beginning", async () => {
    recorded(made(1, -0.5));
    const first = await polled(account(), undefined);
    now = later(START, 0.25);
    recorded(made(2, -0.3)); // CloudTrail had it a quarter of an hour after the poll
    const of = account();
    const { signals } = await polled(of, first.cursor);
    expect(keysIn(signals)).toEqual([keyOf(2)]);
    expect(of.asked).toHaveLength(REGIONS.length);
  });

  it("after a night is read an hour at a time, the earliest first, and all of it", async () => {
    const { cursor } = await polled(account(), undefined);
    now = later(START, 10);
    recorded(...[1, 4, 7, 9].map((hours) => made(hours, hours)));
    const of = account();
    const { signals } = await polled(of, cursor);
    expect([...new Set(keysIn(signals))]).toEqual([1, 4, 7, 9].map(keyOf));
    expect(of.asked.filter(({ region }) => region === "us-east-1")).toHaveLength(10);
  });

  it("is never more in one go than a function may answer, whoever made how many calls", async () => {
    const asked = Array.from({ length: 10 }, (_, n) => `/${"x".repeat(900)}/${n}`);
    const call = (n: number) =>
      made(n, -0.1, {
        ...{ eventSource: "ssm.amazonaws.com", eventName: "DeleteParameters" },
        ...{ requestParameters: { names: asked.map((name) => `${name}/${n}`) }, responseElements: null },
      });
    const Events = Array.from({ length: 50 }, (_, n) => ({ EventId: `e-${n}`, CloudTrailEvent: call(n) }));
    const flood = account(() => ({ Events, NextToken: "more" }));
    const answer = await poller.since(flood.api, undefined, hear);
    expect(answer).toMatchObject({ more: true, signals: expect.arrayContaining([expect.anything()]) });
    expect(JSON.stringify(answer).length).toBeLessThan(5 * 1_048_576);
    expect(placeIn(answer.next, REGIONS)["us-east-1"]?.at?.next).toBe("more");
  });

  it("goes on in the middle of a window where the lookups of one go are used up", async () => {
    recorded(...Array.from({ length: 300 }, (_, n) => made(n, -0.001 * n)));
    const first = await poller.since(account().api, undefined, hear);
    expect(first.more).toBe(true);
    const all = await polled(account(), first.next);
    expect(new Set([...keysIn(first.signals), ...keysIn(all.signals)]).size).toBe(300);
  });

  it("ends where its time does, whatever is left, and keeps what it has", async () => {
    recorded(...[1, 2, 3, 4, 5].map((n) => made(n, -0.1 * n)));
    const slow = account(() => {
      now = later(now, 0.01);
      return undefined;
    });
    const first = await poller.since(slow.api, undefined, hear);
    expect(first.more).toBe(true);
    expect(slow.asked.length).toBeLessThan(4);
    const all = await polled(account(), first.next);
    expect(new Set([...keysIn(first.signals), ...keysIn(all.signals)]).size).toBe(5);
  });

  it("whose token has lapsed is begun again", async () => {
    recorded(...[1, 2, 3].map((n) => made(n, -0.1 * n)));
    let lapsed = false;
    const of = account(({ NextToken }) => {
      if (NextToken === undefined || lapsed) return undefined;
      lapsed = true;
      return fails("InvalidNextTokenException");
    });
    expect(new Set(keysIn((await polled(of, undefined)).signals)).size).toBe(3);
  });

  it("that is no record is said by its id, and the others are read", async () => {
    recorded(made(1, -0.1));
    const broken = { Events: [{ EventId: "e-9", CloudTrailEvent: "{ CANARY" }] };
    const of = account((_, region) => (region === "eu-west-1" ? broken : undefined));
    const { signals, gaps } = await polled(of, undefined);
    expect(keysIn(signals)).toEqual([keyOf(1)]);
    expect(gaps).toEqual(["In eu-west-1 1 looked up could not be read; CloudTrail has the first as e-9."]);
  });

  it("that is of a shape which nobody planned for is said by its id, and nothing else of it", async () => {
    recorded(made(1, -0.1, { requestParameters: "CANARY" }), made(2, -0.2));
    expect(keysIn((await polled(account(), undefined)).signals)).toEqual([keyOf(2)]);
    expect(lines).toEqual([
      ["warn", "event not understood", { connector: "aws-iam", where: "detail.requestParameters", eventId: "made-1" }],
    ]);
  });
});

/** An answer is read whole or not at all where it comes out of a function: whoever may call anything could end all looking up. */
it("what makes a signal that nobody takes is said by its id, and the others are read", async () => {
  const refused = {
    ...{ eventSource: "secretsmanager.amazonaws.com", eventName: "DeleteSecret", responseElements: null },
    ...{ errorCode: "AccessDenied", requestParameters: { secretId: "CANARY".repeat(340) } },
  };
  const two = { requestParameters: { names: ["/prod/search/token", "CANARY".repeat(340)] }, responseElements: null };
  const deleted = { ...two, eventSource: "ssm.amazonaws.com", eventName: "DeleteParameters" };
  recorded(made(1, -0.1, refused), made(2, -0.2), made(3, -0.3, deleted));
  const { signals } = await polled(account(), undefined);
  expect(keysIn(signals)).toEqual([keyOf(2)]);
  expect(signals.filter(({ kind }) => kind === "credential.deleted")).not.toEqual([]);
  expect(signals.every((one) => Signal.safeParse(one).success)).toBe(true);
  expect(lines).toEqual([
    ["warn", "event not understood", { connector: "aws-secrets", where: "resource", eventId: "made-1" }],
  ]);
});

const STOPPED = () => ({ signals: [], gaps: ["it stopped the others"], cursor: undefined });
describe("where one Region", () => {
  it.each([
    [
      "refuses",
      "AccessDeniedException",
      /^In eu-west-1 what the event bus does not bring is not looked up: cloudtrail:/,
    ],
    ["is off", "OptInRequired", /^In eu-west-1 .* is not looked up/],
    ["is throttled", "ThrottlingException", undefined],
    ["does not answer", "TimeoutError", undefined],
    [
      "answers what nobody planned for",
      "OperationNotPermittedException",
      /^In eu-west-1 .* planned for [(]Opera\w+[)][.]$/,
    ],
  ])("%s, the other is read, and it keeps its place", async (_title, name, gap) => {
    const { cursor } = await polled(account(), undefined);
    const before = placeIn(cursor, REGIONS)["eu-west-1"];
    now = later(START, 0.25);
    recorded(made(1, 0.1), made(2, 0.1, { awsRegion: "eu-west-1" }));
    const one = account((_, region) => (region === "eu-west-1" ? fails(name) : undefined));
    const { signals, gaps, cursor: next } = await polled(one, cursor).catch(STOPPED);
    expect(keysIn(signals)).toEqual([keyOf(1)]);
    expect(gaps).toEqual(gap === undefined ? [] : [expect.stringMatching(gap)]);
    expect(placeIn(next, REGIONS)["eu-west-1"]).toEqual(before);
    expect(keysIn((await polled(account(), next)).signals)).toContain(keyOf(2));
  });

  it("is more than an hour behind, it says as far as where it was looked up", async () => {
    const { cursor } = await polled(account(), undefined);
    now = later(START, 3);
    const busy = account((_, region) => (region === "eu-west-1" ? fails("ThrottlingException") : undefined));
    expect((await polled(busy, cursor)).gaps).toEqual([
      `In eu-west-1 what the event bus did not bring is looked up as far as ${START}.`,
    ]);
  });

  it("is not named in which IAM's calls are recorded, that is said", async () => {
    const { api } = account();
    const of = { ...api, regions: ["eu-west-1"] };
    expect((await poller.since(of, undefined, hear)).gaps).toEqual([expect.stringMatching(/^In us-east-1, .* IAM/)]);
  });

  it("is not configured any more, nothing of it is kept", () => {
    const cursor = cursorOf({ "eu-west-1": { to: START }, "ap-east-1": { to: START } });
    expect(Object.keys(placeIn(cursor, REGIONS))).toEqual(["eu-west-1"]);
  });
});

it.each(["junk", "[]", '{"eu-west-1":{}}', '{"eu-west-1":{"to":"yesterday"}}'])(
  "a cursor that is none is refused: %s",
  async (cursor) => {
    await expect(poller.since(account().api, cursor, hear)).rejects.toMatchObject({ name: "BadInput" });
  },
);

it.each<[string, Looks | undefined]>([
  ["names no account", undefined],
  ["wants none looked up", { ...account0(), looksUp: false }],
])("whose configuration %s asks nothing, keeps its place and says so", async (_title, api) => {
  expect(await poller.since(api, "kept", hear)).toEqual({
    ...{ signals: [], next: "kept", more: false },
    gaps: [expect.stringContaining("name the account")],
  });
});
function account0(): Looks {
  return { account: "111122223333", regions: REGIONS, looksUp: true, clock: () => START, in: () => fails("asked") };
}

describe("a session in which something was done", () => {
  const [FIRST, SECOND] = ["ASIAIOSFODNN7EXAMPLE", "ASIAI44QH8DHBEXAMPLE"];
  const inSession = (key: string, since: number) => ({
    ...{ type: "AssumedRole", accountId: "111122223333", accessKeyId: key },
    arn: "arn:aws:sts::111122223333:assumed-role/deploy/run-7",
    sessionContext: {
      sessionIssuer: { type: "Role", arn: "arn:aws:iam::111122223333:role/deploy", userName: "deploy" },
      attributes: { creationDate: later(START, since), mfaAuthenticated: "false" },
    },
  });
  const opens = (key: string, at: number, by: object, awsRegion: string) =>
    made(Number(at * -100), at, {
      ...{ eventSource: "sts.amazonaws.com", eventName: "AssumeRole", readOnly: true, awsRegion },
      ...{ eventID: `opens-${key}`, userIdentity: by },
      requestParameters: { roleArn: "arn:aws:iam::111122223333:role/deploy", roleSessionName: "run-7" },
      responseElements: { credentials: { accessKeyId: key, sessionToken: "CANARYTOKEN" } },
    });
  const ADA = {
    type: "IAMUser",
    arn: "arn:aws:iam::111122223333:user/ada",
    accountId: "111122223333",
    userName: "ada",
  };
  const opened = (signals: readonly Signal[]) =>
    signals.flatMap((one) => (one.kind === "session.issued" ? [one.session.name] : []));

  it("is followed to whoever opened it, in whatever Region that was, before what was done in it", async () => {
    recorded(opens(FIRST, -0.9, ADA, "eu-west-1"), opens(SECOND, -0.8, inSession(FIRST, -0.9), "us-east-1"));
    recorded(made(1, -0.1, { userIdentity: inSession(SECOND, -0.8) }));
    const { signals } = await polled(account(), undefined);
    expect(opened(signals)).toEqual([FIRST, SECOND]);
    expect(signals.map(({ kind }) => kind)).toEqual(["session.issued", "session.issued", "credential.issued"]);
    expect(JSON.stringify([signals, lines])).not.toContain("CANARY");
  });

  it("is looked up once, and not at all where nobody listens to what was done", async () => {
    recorded(opens(FIRST, -0.9, ADA, "us-east-1"));
    recorded(...[1, 2, 3].map((n) => made(n, -0.1 * n, { userIdentity: inSession(FIRST, -0.9) })));
    recorded(
      made(4, -0.1, {
        eventName: "CreateLogStream",
        eventSource: "logs.amazonaws.com",
        userIdentity: inSession(SECOND, -0.8),
      }),
    );
    const of = account();
    expect(opened((await polled(of, undefined)).signals)).toEqual([FIRST]);
    expect(of.asked.filter(({ LookupAttributes: [by] }) => by.AttributeKey === "EventSource")).toHaveLength(1);
  });

  it("is found among more openings of those seconds than stand on a page", async () => {
    recorded(opens(FIRST, -0.9, ADA, "us-east-1"));
    const others = [1, 2, 3, 4, 5].map((n) => `ASIAOTHER00000EXAMP${n}`);
    recorded(...others.map((key) => opens(key, -0.899, ADA, "us-east-1")));
    recorded(made(1, -0.1, { userIdentity: inSession(FIRST, -0.9) }));
    expect(opened((await polled(account(), undefined)).signals)).toEqual([FIRST]);
  });

  it.each<[string, (n: number) => boolean]>([
    ["there is no time left", () => false],
    ["CloudTrail asks us to wait", (n) => n === 6],
  ])("for which %s is looked up in the next go, and no later page before", async (_title, isBusy) => {
    const keys = Array.from({ length: 40 }, (_, n) => `ASIAIOSFODNN${String(n).padStart(2, "0")}EXAMP`);
    const since = (n: number) => -1.2 - 0.01 * n;
    recorded(...keys.map((key, n) => opens(key, since(n), ADA, "eu-west-1")));
    recorded(...keys.map((key, n) => made(n, -0.01 * (n + 1), { userIdentity: inSession(key, since(n)) })));
    let sessions = 0;
    const of = account(({ LookupAttributes: [by] }) => {
      if (by.AttributeKey !== "EventSource") return undefined;
      sessions += 1;
      return isBusy(sessions) ? fails("ThrottlingException") : undefined;
    });
    expect(new Set(opened((await polled(of, undefined)).signals))).toEqual(new Set(keys));
  });

  it.each(["ThrottlingException", "AccessDenied", "NobodyPlannedForException"])(
    "whose opening cannot be looked up leaves what was done as it is: %s",
    async (name) => {
      recorded(made(1, -0.1, { userIdentity: inSession(FIRST, -0.9) }));
      const of = account(({ LookupAttributes: [by] }) => (by.AttributeKey === "EventSource" ? fails(name) : undefined));
      expect(keysIn((await polled(of, undefined)).signals)).toEqual([keyOf(1)]);
    },
  );
});

/** Everything of a record that anybody reads; whatever else stands in it is a value that may be anybody's. */
describe("a record that is looked up", () => {
  const records = others
    .filter(({ id }) => id.startsWith("aws-") && id !== "aws-cloudtrail")
    .flatMap(({ id }) => fixturesOf(id))
    .filter(({ event }) => /via CloudTrail$/.test((event as { "detail-type"?: string })["detail-type"] ?? ""));

  it.each(records)(
    "says what the event on the bus says, and nothing else of it goes on: $file",
    async ({ event, signals }) => {
      const { detail, account: of } = event as { readonly detail: object; readonly account: string };
      const planted = JSON.stringify({
        ...{ additionalEventData: { value: "CANARY" }, recipientAccountId: of, eventType: "AwsApiCall", ...detail },
        ...{ sessionToken: "CANARY", serviceEventDetailsRaw: "CANARY" },
        ...plantedIn(detail),
      });
      const page = { Events: [{ EventId: "e", CloudTrailEvent: planted }] };
      const api: Looks = {
        ...account0(),
        regions: ["us-east-1"],
        in: () =>
          (async ({ input }: { readonly input: Asked }) =>
            input.LookupAttributes[0].AttributeKey === "ReadOnly" ? page : {}) as unknown as Send,
      };
      const found = await poller.since(api, undefined, hear);
      const plain = (all: readonly Signal[]) => all.map((one) => JSON.parse(JSON.stringify(one)));
      expect(plain(found.signals)).toEqual(plain(signals));
      expect(JSON.stringify([found, lines])).not.toContain("CANARY");
    },
  );

  /** Where AWS writes values: beside what is asked and answered. */
  function plantedIn(detail: object) {
    const { requestParameters: asked, responseElements: answered } = detail as Readonly<Record<string, object | null>>;
    const value = { secretString: "CANARY", password: "CANARY" };
    return {
      ...(asked && { requestParameters: { ...asked, ...value } }),
      ...(answered && { responseElements: { ...answered, ...value } }),
    };
  }
});
