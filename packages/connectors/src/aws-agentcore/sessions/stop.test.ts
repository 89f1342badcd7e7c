import type { Receipt, Target } from "@leasehold/core/connector";
import { type Instant, instantOf, later, laterBy } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { MONDAY } from "../../../../../test/support/clock.ts";
import { awsCredential } from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import { lister } from "../inventory/index.ts";
import { empty, type Runtime, type World } from "../simulated-account.ts";
import { called, isAlive, STOPS } from "../simulated-sessions.ts";
import { simulator } from "../simulator.ts";
import { SETTLES } from "./counted.ts";
import { stopSessions } from "./index.ts";
import { LIVE, MOST_STOPPED, NONE } from "./stop.ts";

const ID = "search-aBcDeFgH12";
const arnOf = (id: string, account = empty.account, region = "eu-west-1") =>
  `arn:aws:bedrock-agentcore:${region}:${account}:runtime/${id}`;
const targetOf = (arn: string, account = empty.account): Target => ({
  credential: awsCredential(arn),
  handle: { account, arn },
});
const TARGET = targetOf(arnOf(ID));
const SECRET = "ada.example.com-asked-about-her-salary-1779648663317";
const session = (nth: number) => `session-${String(nth).padStart(4, "0")}-of-somebody-who-is-nobody`;

const runtime = (over: Partial<Runtime> = {}): Runtime => ({
  ...{ region: "eu-west-1", id: ID, createdAt: "2026-01-05T08:00:00.000Z", tags: {} },
  ...over,
});

/** An account with these runtimes, whose time a test moves. */
function account(runtimes: readonly Runtime[], over: Partial<World> = {}) {
  let [world, at]: [World, Instant] = [{ ...empty, contain: true, runtimes: [...runtimes], ...over }, MONDAY];
  const memory = {
    get: () => world,
    set: (next: World) => {
      world = next;
    },
  };
  const live = simulator.live(
    memory,
    () => at,
    () => {},
  );
  const api = live.api as Api;
  return {
    ...{ api, live, calls: live.calls ?? [] },
    now: () => at,
    pass: (hours: number) => {
      at = later(at, hours);
    },
    settle: () => {
      at = laterBy(at, SETTLES);
    },
    change: (to: (one: Runtime) => Runtime) => {
      world = { ...world, runtimes: world.runtimes.map(to) };
    },
    alive: () =>
      world.runtimes.flatMap(({ id, sessions = [] }) =>
        sessions.filter((one) => isAlive(one, at)).map((one) => `${id} ${one.endpoint} ${one.id}`),
      ),
  };
}
type Account = ReturnType<typeof account>;
const planned = ({ api }: Account, target = TARGET) => stopSessions.plan(api, target);
const stopped = async (one: Account) => stopSessions.apply(one.api, await planned(one));

function isBack({ api }: Account, receipt: Receipt): Promise<boolean> {
  if (stopSessions.reversibility !== "R2") throw new Error("somebody must open new ones");
  return stopSessions.isBack(api, receipt);
}

describe("sessions of a runtime", () => {
  it.each<[title: string, hours: number | undefined, state: object]>([
    ["was never called", undefined, NONE as object],
    ["was called a minute ago", 1 / 60, LIVE as object],
    ["was called eight hours ago", 8, LIVE as object],
    ["was called nine hours ago", 9, NONE as object],
  ])("of one that %s stand so", async (_title, hours, state) => {
    const one = account([
      hours === undefined ? runtime() : called(runtime(), later(MONDAY, -hours), { logged: false }),
    ]);
    expect(await stopSessions.see(one.api, TARGET)).toEqual(state);
  });

  it.each(["InvokeAgentRuntimeCommand", "InvokeAgentRuntimeWithWebSocketStream", "any that AWS adds"])(
    "live by whatever way it was called: %s, at whatever endpoint",
    async (operation) => {
      const one = account([called(runtime(), MONDAY, { operation, endpoint: "prod" })]);
      expect(await stopSessions.see(one.api, TARGET)).toEqual(LIVE);
    },
  );

  it("are not those of another runtime, of another Region or of another name", async () => {
    const others = [
      called(runtime({ id: "other-aBcDeFgH34" }), MONDAY, { id: session(1) }),
      called(runtime({ id: `${ID}x` }), MONDAY, { id: session(2) }),
      called(runtime({ region: "us-west-2" }), MONDAY, { id: session(3) }),
      called(runtime({ id: `${ID}-other-aBcDeFgH56` }), MONDAY, { id: session(5) }),
    ];
    const one = account([called(runtime(), MONDAY, { id: session(4) }), ...others], {
      regions: ["eu-west-1", "us-west-2"],
    });
    await stopped(one);
    expect(one.alive()).toEqual([
      `other-aBcDeFgH34 DEFAULT ${session(1)}`,
      `${ID}x DEFAULT ${session(2)}`,
      `${ID} DEFAULT ${session(3)}`,
      `${ID}-other-aBcDeFgH56 DEFAULT ${session(5)}`,
    ]);
    expect(one.calls.filter((call) => call === STOPS)).toHaveLength(1); // nor is it tried
  });

  it("that must have ended long ago are not stopped", async () => {
    const old = called(runtime(), "2026-11-01T21:00:00.000Z", { id: session(1) });
    const one = account([called(old, MONDAY)]);
    await stopped(one);
    expect(one.calls.filter((call) => call === STOPS)).toHaveLength(1);
  });

  it("are stopped at each endpoint, each once, and what is over already is no fault", async () => {
    const opened = [
      { id: session(1) },
      { id: session(2), endpoint: "prod" },
      { id: session(3), endpoint: "prod" },
      { id: session(1), endpoint: "prod" },
    ];
    const begun = opened.reduce((one, of) => called(one, later(MONDAY, -1), of), runtime());
    const twice = called(called(begun, later(MONDAY, -2), { id: session(3), endpoint: "prod" }), MONDAY, {
      logged: false,
    });
    const one = account([
      { ...twice, sessions: (twice.sessions ?? []).map((of, n) => (n === 4 ? { ...of, endedAt: MONDAY } : of)) },
    ]);
    const receipt = await stopped(one);
    expect(receipt).toMatchObject({ before: LIVE, after: NONE, changed: true, adopted: false });
    expect(one.calls.filter((call) => call === STOPS)).toHaveLength(4);
    expect(one.alive()).toEqual([`${ID} DEFAULT 5f0c3f0e-7a11-4d53-9f0e-0d9b3c1a2b4d`]); // its role may write no logs
  });

  it("that were opened yesterday evening are stopped too", async () => {
    const one = account([called(runtime(), "2026-11-02T00:30:00.000Z")]);
    one.change((of) => called(of, "2026-11-01T23:30:00.000Z", { id: session(1) }));
    one.pass(-2);
    await stopped(one);
    expect(one.alive()).toEqual([]);
  });

  it(`are stopped ${MOST_STOPPED} at a time, those that were opened last`, async () => {
    const many = Array.from({ length: MOST_STOPPED + 3 }, (_, nth) => nth);
    const opened = many.reduce((one, nth) => called(one, laterBy(MONDAY, -60 * nth), { id: session(nth) }), runtime());
    const one = account([opened], {});
    const wide = { ...one, api: paged(one.api) };
    await stopped(wide);
    expect(one.alive()).toEqual(many.slice(-3).map((nth) => `${ID} DEFAULT ${session(nth)}`));
  });
});

/** Fifty a page, as AWS has it. */
const paged = (api: Api): Api => ({
  ...{ account: api.account, regions: api.regions, contain: true, now: api.now, in: api.in },
  ask: async (region, permission, input) => {
    const pages: unknown[] = [];
    let nextToken: string | undefined;
    do {
      const page = (await api.ask(region, permission, { ...input, ...(nextToken && { nextToken }) })) as {
        nextToken?: string;
      };
      pages.push(page);
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    if (permission !== "logs:DescribeLogStreams") return pages[0];
    return { logStreams: pages.flatMap((page) => (page as { logStreams: unknown[] }).logStreams) };
  },
});

describe("the proof", () => {
  it("is given when nothing was called since, and not an hour before", async () => {
    const one = account([called(runtime(), MONDAY)]);
    const receipt = await stopped(one);
    one.pass(7);
    expect(await stopSessions.verify(one.api, receipt)).toMatchObject({ verdict: "still alive", seen: LIVE });
    one.pass(-7);
    one.settle();
    expect(await stopSessions.verify(one.api, receipt)).toEqual({ verdict: "confirmed", seen: NONE });
    expect(await isBack(one, receipt)).toBe(false);
  });

  it("waits past a call that began before the act and is counted an hour after it", async () => {
    const one = account([called(runtime(), MONDAY)]);
    const receipt = await stopped(one);
    one.change((of) => ({
      ...of,
      calls: [...(of.calls ?? []), { at: later(MONDAY, 1), endpoint: "DEFAULT", operation: "InvokeAgentRuntime" }],
    }));
    one.settle();
    expect(await stopSessions.verify(one.api, receipt)).toMatchObject({ verdict: "confirmed" });
  });

  it.each([2, 5, 9.5])("is not given where somebody called it %d hours later", async (hours) => {
    const one = account([called(runtime(), MONDAY)]);
    const receipt = await stopped(one);
    one.change((of) => called(of, later(MONDAY, hours), { id: session(1) }));
    one.settle();
    expect(await stopSessions.verify(one.api, receipt)).toEqual({ verdict: "still alive", seen: LIVE });
    expect(await isBack(one, receipt)).toBe(true);
  });

  it("is not given where its logs tell of sessions that nobody counted", async () => {
    const one = account([called(runtime(), MONDAY)]);
    const receipt = await stopped(one);
    one.change((of) => ({ ...called(of, later(MONDAY, 5), { id: session(1) }), calls: [] }));
    one.settle();
    expect(await stopSessions.verify(one.api, receipt)).toEqual({ verdict: "unconfirmed", seen: NONE });
    expect((await planned(one)).refusals).toEqual([expect.stringContaining("AWS counts no call of it")]);
  });

  it("is given though one that was opened before the act, and not stopped, logged on until it ended", async () => {
    const one = account([called(runtime(), MONDAY)]);
    const receipt = await stopped(one);
    one.settle();
    const old = { creationTime: Date.parse(MONDAY), lastEventTimestamp: Date.parse(later(MONDAY, 7)) };
    const logStreamName = `2026/11/02/[runtime-logs-${session(1)}]53c843b1-0000-4000-8000-000000000000`;
    const ask: Api["ask"] = async (region, permission, input) =>
      permission === "logs:DescribeLogStreams"
        ? { logStreams: [{ logStreamName, ...old }] }
        : one.api.ask(region, permission, input);
    expect(await stopSessions.verify({ ...paged(one.api), ask }, receipt)).toMatchObject({ verdict: "confirmed" });
  });

  it.each<[title: string, answer: object, name: string]>([
    ["counts in part", { MetricDataResults: [{ Values: [], StatusCode: "PartialData" }] }, "Unavailable"],
    ["may not be asked", { MetricDataResults: [{ Values: [], StatusCode: "Forbidden" }] }, "PermissionMissing"],
    ["has another shape", { MetricDataResults: "none" }, "Unavailable"],
    ["never ends", { MetricDataResults: [], NextToken: "more" }, "Unavailable"],
  ])("is not given where CloudWatch %s: no answer is no zero", async (_title, answer, name) => {
    const one = account([called(runtime(), MONDAY)]);
    const receipt = await stopped(one);
    one.settle();
    const ask: Api["ask"] = async (region, permission, input) =>
      permission === "cloudwatch:GetMetricData" ? answer : one.api.ask(region, permission, input);
    const odd: Api = { ...paged(one.api), ask };
    await expect(stopSessions.verify(odd, receipt)).rejects.toMatchObject({ name });
  });
});

describe("stopping is refused", () => {
  const tagged = { "Leasehold:Never-Touch": "" };
  it.each<[title: string, runtimes: readonly Runtime[], over: Partial<World>, because: RegExp]>([
    ["of a runtime that is tagged", [called(runtime({ tags: tagged }), MONDAY)], {}, /^never touched: it is tagged/],
    ["of one that is not there", [], {}, /^the runtime no longer exists/],
    ["without the right", [called(runtime(), MONDAY)], { contain: undefined as never }, /^unsupported: .*\*contain\*/],
  ])("%s, and nothing is stopped", async (_title, runtimes, over, because) => {
    const one = account(runtimes, over);
    const plan = await planned(one);
    expect(plan.refusals).toEqual([expect.stringMatching(because)]);
    await expect(stopSessions.apply(one.api, { ...plan, before: LIVE ?? {} })).rejects.toMatchObject({
      name: "StalePlan",
    });
    expect(one.calls).not.toContain(STOPS);
  });

  it("where it was tagged since it was looked at", async () => {
    const one = account([called(runtime(), MONDAY)]);
    const plan = await planned(one);
    one.change((of) => ({ ...of, tags: tagged }));
    await expect(stopSessions.apply(one.api, plan)).rejects.toMatchObject({ name: "StalePlan" });
    expect(one.calls).not.toContain(STOPS);
  });

  it.each<[title: string, target: Target, where: string]>([
    ["of another account", targetOf(arnOf(ID, "444455556666"), "444455556666"), "handle.account"],
    ["of another account than its handle says", targetOf(arnOf(ID, "444455556666")), "handle.account"],
    ["of a Region that nobody named", targetOf(arnOf(ID, empty.account, "us-west-2")), "handle.arn"],
    ["of an endpoint and no runtime", targetOf(`${arnOf(ID)}/runtime-endpoint/DEFAULT`), "handle"],
    ["whose name ends an expression", targetOf(arnOf(`x" OR Resource="-aBcDeFgH12`)), "handle"],
    ["of a name that begins others", targetOf(arnOf("search")), "handle"],
  ])("%s, and nobody is asked", async (_title, target, where) => {
    const one = account([called(runtime(), MONDAY)]);
    await expect(planned(one, target)).rejects.toMatchObject({ name: "BadInput", facts: { where } });
    expect(one.calls).toEqual([]);
  });
});

describe("what goes wrong while sessions are stopped", () => {
  const three = [1, 2, 3].reduce((one, nth) => called(one, laterBy(MONDAY, -nth), { id: session(nth) }), runtime());
  const failing = (one: Account, nth: number, error: object): Api => {
    let count = 0;
    const ask: Api["ask"] = async (region, permission, input) => {
      if (permission === STOPS && ++count === nth) throw Object.assign(new Error(SECRET), error);
      return one.api.ask(region, permission, input);
    };
    return { ...paged(one.api), ask };
  };

  it.each<[error: object, fault: string, left: number]>([
    [{ name: "ThrottlingException" }, "Throttled", 2],
    [{ name: "AccessDeniedException" }, "PermissionMissing", 2],
    [{ name: "ConflictException", $metadata: { httpStatusCode: 409 } }, "Unexpected", 1],
  ])("%j is %s, says no session's id, and may be tried again", async (error, name, left) => {
    const one = account([three]);
    const plan = await planned(one);
    const fault = await stopSessions.apply(failing(one, 2, error), plan).catch((thrown: unknown) => thrown);
    expect(fault).toMatchObject({ name });
    const { message, facts } = fault as { message: string; facts: object };
    expect(JSON.stringify([message, facts])).not.toMatch(/session-\d|salary/);
    expect(one.alive()).toHaveLength(left);
    await stopSessions.apply(one.api, plan);
    expect(one.alive()).toEqual([]);
  });

  it("a list of streams without an end is left, and what is known of it is stopped", async () => {
    const one = account([three]);
    let asked = 0;
    const ask: Api["ask"] = async (region, permission, input) => {
      const answer = (await one.api.ask(region, permission, { ...input, nextToken: undefined })) as object;
      if (permission === "logs:DescribeLogStreams") asked += 1;
      return permission === "logs:DescribeLogStreams" ? { ...answer, nextToken: "0" } : answer;
    };
    await stopSessions.apply({ ...paged(one.api), ask }, await planned(one));
    expect(asked).toBeLessThanOrEqual(10);
    expect(one.alive()).toHaveLength(1); // two were on the first page
  });

  it("of what an act has no time for the rest is left to end by itself", async () => {
    const one = account([three]);
    const plan = await planned(one);
    const slow: Api["ask"] = async (region, permission, input) => {
      if (permission === STOPS) one.pass(7 / 3_600);
      return one.api.ask(region, permission, input);
    };
    await stopSessions.apply({ ...paged(one.api), ask: slow }, plan);
    expect(one.alive()).toHaveLength(1);
  });
});

it("nothing that is planned, received or listed has a session's id in it", async () => {
  const one = account([called(runtime(), MONDAY, { id: SECRET })]);
  const plan = await planned(one);
  const receipt = await stopSessions.apply(one.api, plan);
  one.settle();
  const verification = await stopSessions.verify(one.api, receipt);
  const page = await lister.page(one.api, undefined, instantOf(Date.parse(MONDAY)));
  expect(JSON.stringify([plan, receipt, verification, page])).not.toContain("salary");
});

it("is an item of its own only where the settings opt in, by the ARN of its runtime and with its owner", async () => {
  const owned = runtime({ tags: { owner: "ada@example.com", "leasehold:never-touch": "" } });
  const seen = async (contain: boolean) => {
    const one = account([owned], contain ? {} : { contain: undefined as never });
    const { signals } = await lister.page(one.api, undefined, MONDAY);
    return signals.filter(({ kind }) => kind === "credential.seen");
  };
  expect(await seen(false)).toEqual([]);
  expect(await seen(true)).toMatchObject([
    {
      type: "runtime sessions",
      ...TARGET,
      state: "on",
      owner: expect.stringMatching(/^acc_/),
      tags: [expect.any(String), expect.any(String)],
    },
  ]);
});
