import { readConfig } from "@leasehold/app/config";
import { connectors } from "@leasehold/connectors";
import { ROUTES, type Route } from "@leasehold/core/connector";
import { Fault, unavailable } from "@leasehold/core/kernel";
import { matches } from "@leasehold/local/pattern";
import { routes } from "@leasehold/workflows";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fixturesOf } from "../../../../test/support/connectors.ts";
import { memoryWorld } from "../../../../test/support/memory-world.ts";
import { task } from "../kit/index.ts";
import { redrive } from "../redrive/index.ts";
import type { Batch } from "../world/index.ts";
import {
  agentDeployed,
  credentialIssued,
  exposure,
  grantCreated,
  identityLifecycle,
  type Listeners,
  listeners,
  listening,
  receiverStep,
  usage,
} from "./index.ts";

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  vi.spyOn(process.stdout, "write").mockImplementation((text) => Boolean(lines.push(String(text))));
});
afterEach(() => void vi.restoreAllMocks());

const configured = (...ids: readonly string[]) =>
  readConfig({
    fallback: { email: "last@example.com" },
    connectors: Object.fromEntries(ids.map((id) => [id, {}])),
  });

/** What the bundle of each route has. */
const ears: Readonly<Record<Route, Listeners>> = {
  "identity-lifecycle": identityLifecycle,
  "credential-issued": credentialIssued,
  "grant-created": grantCreated,
  "agent-deployed": agentDeployed,
  exposure,
  usage,
};

function here(...ids: readonly string[]) {
  const world = Object.assign(memoryWorld(), { config: configured(...ids) });
  const said: string[] = [];
  Object.assign(world, { log: (...line: readonly unknown[]) => void said.push(JSON.stringify(line)) });
  const sent: Batch[] = [];
  const line = { signals: async (batch: Batch) => void sent.push(batch) };
  return { world, said, sent, line, step: receiverStep(listeners, line) };
}

const [fixture] = fixturesOf("aws-iam").filter(({ signals }) => signals.length > 0);
const event = fixture!.event;

it("hears what every connector hears, of those that are configured", async () => {
  const all = Object.entries(connectors);
  const hear = await Promise.all(all.map(async ([id, load]) => ((await load()).listens ? [id] : [])));
  expect(Object.keys(listeners)).toEqual(hear.flat());
  for (const id of Object.keys(listeners))
    expect(listeners[id]).toBe((await connectors[id as keyof typeof connectors]()).listens);
  expect(
    listening(listeners, configured("okta", "slack"))
      .providers()
      .map(({ id }) => id),
  ).toEqual(["okta"]);
});

const ids = Object.keys(listeners);
const patternsOf = (id: string, route: Route) => listeners[id]?.patterns[route] ?? [];
const heardOn = (route: Route) => ids.filter((id) => patternsOf(id, route).length > 0);

describe.each(ROUTES)("the function of the route %s", (route) => {
  const heard = heardOn(route);

  it("hears whoever has patterns for it", () => {
    expect(heard).not.toEqual([]);
    expect(ears[route]).toEqual(Object.fromEntries(heard.map((id) => [id, listeners[id]])));
  });

  it.each(ids.filter((id) => !heard.includes(id)))("refuses what comes of %s all the same, by its name", async (id) => {
    const { world, line, said } = here(...ids);
    const strange = { connector: id, event: { ...fixturesOf(id)[0]?.event, CANARY: "CANARY" } };
    const refused = receiverStep(ears[route], line).run(world, strange);
    await expect(refused).rejects.toMatchObject({ name: "BadInput", facts: { connector: id } });
    expect((await world.archive.read()).items).toEqual([]);
    expect(said.join() + lines.join()).not.toContain("CANARY");
  });
});

it.each(ROUTES.filter((route) => routes[route] === "receive"))("reads what the rules of %s bring", async (route) => {
  for (const id of heardOn(route)) {
    const { world, line } = here(...ids);
    const step = receiverStep(ears[route], line);
    const brought = fixturesOf(id).filter(({ event }) => patternsOf(id, route).some((one) => matches(one, event)));
    expect.soft([id, brought.length]).not.toEqual([id, 0]);
    for (const { file, event, signals } of brought)
      expect
        .soft([file, await step.run(world, { connector: id, event })])
        .toEqual([file, { understood: true, signals: signals.length }]);
  }
});

describe("an event", () => {
  it("is joined, and nothing waits in line", async () => {
    const { world, sent, step } = here("aws-iam");
    const done = await step.run(world, { connector: "aws-iam", event });
    expect(done).toEqual({ understood: true, signals: fixture!.signals.length });
    expect((await world.archive.read()).items.map(({ signal }) => signal)).toEqual(fixture!.signals);
    expect(sent).toEqual([]);
  });

  it("leaves one short line in the log, and no number where all went well", async () => {
    const { world, step } = here("aws-iam");
    const context = { awsRequestId: "0f8a7c1e-5b1d-4f0a-9c3e-2d6b7a8c9e0f" } as never;
    await task(step, () => world)({ connector: "aws-iam", event }, context);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      ...{ message: "function done", connector: "aws-iam", signals: fixture!.signals.length },
    });
    expect(Buffer.byteLength(lines[0]!)).toBeLessThanOrEqual(200);
  });

  it.each(["Throttled", "Unavailable", "Conflict"] as const)(
    "that cannot be written now (%s) waits in line as signals",
    async (name) => {
      const { world, sent, step } = here("aws-iam");
      world.hook = (call) => {
        if (call === "archive.append") throw new Fault(name, "not now");
      };
      expect(await step.run(world, { connector: "aws-iam", event })).toMatchObject({ understood: true, putOff: true });
      expect(sent).toEqual([{ signals: fixture!.signals, live: true, recordedAt: world.now }]);
      expect(lines.map((line) => JSON.parse(line)["SignalsQueued"])).toEqual([1]);
    },
  );

  it("that can be put nowhere is thrown, so that AWS brings it again", async () => {
    const { world, line } = here("aws-iam");
    world.hook = (call) => {
      if (call === "archive.append") throw unavailable("dynamodb");
    };
    const broken = receiverStep(listeners, { ...line, signals: () => Promise.reject(unavailable("sqs")) });
    await expect(broken.run(world, { connector: "aws-iam", event })).rejects.toMatchObject({
      facts: { provider: "sqs" },
    });
  });

  it("that met a bug of ours waits in line as well: as signals, behind which a dead letter is nothing raw", async () => {
    const { world, sent, step } = here("aws-iam");
    const throttledBug = Object.assign(new TypeError("CANARY"), { name: "Throttled" }); // no fault of ours, whatever it is called
    for (const error of [new TypeError("CANARY"), throttledBug, new Fault("BadInput", "a bug of ours")]) {
      world.hook = () => {
        throw error;
      };
      expect(await step.run(world, { connector: "aws-iam", event })).toMatchObject({ putOff: true });
    }
    expect(sent).toHaveLength(3);
  });

  it("that cannot be read is counted by its id and where it is wrong, and says nothing of itself", async () => {
    const { world, said, step } = here("okta");
    const bad = { id: "5d4f2d6e-0000", source: "aws.partner/okta.com/x/y", detail: { eventType: { CANARY: 1 } } };
    expect(await step.run(world, { connector: "okta", event: bad })).toEqual({ understood: false });
    expect(said.join()).toContain("5d4f2d6e-0000");
    expect(said.join()).toContain("detail.");
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ connector: "okta", EventsNotUnderstood: 1 }]);
    const worse = { ...bad, id: "CANARY secret" };
    await step.run(world, { connector: "okta", event: worse });
    expect(said.join() + lines.join()).not.toContain("CANARY");
  });

  it("of a connector that is not configured is refused by its name", async () => {
    const { world, step } = here("aws-iam");
    await expect(step.run(world, { connector: "okta", event })).rejects.toMatchObject({ facts: { connector: "okta" } });
  });
});

describe("what a rule could not deliver", () => {
  function redriving(bodies: readonly string[], fails = false, ids: readonly string[] = ["aws-iam", "okta"]) {
    const it = here(...ids);
    const left = new Map(bodies.map((body, n) => [`m${n}`, body]));
    const order: string[] = [];
    const queue = {
      take: async () => [...left].map(([id, body]) => ({ id, body })),
      drop: async (id: string) => {
        order.push(`drop ${id}`);
        left.delete(id);
      },
    };
    const signals = async (batch: Batch) => {
      if (fails) throw unavailable("sqs");
      order.push("send");
      it.sent.push(batch);
    };
    const estate = listening(listeners, it.world.config);
    const run = () => redrive({ queues: [queue], estate, line: { signals }, clock: it.world.clock, log: it.world.log });
    return { ...it, left, order, run };
  }

  it("is read in our envelope and bare, sent on as signals, and only then dropped", async () => {
    const one = redriving([JSON.stringify({ connector: "aws-iam", event }), JSON.stringify(event)]);
    expect(await one.run()).toEqual({ redriven: 2, notUnderstood: 0 });
    expect(one.order).toEqual(["send", "drop m0", "send", "drop m1"]);
    expect(one.sent.map(({ signals, live }) => [signals, live])).toEqual([
      [fixture!.signals, true],
      [fixture!.signals, true],
    ]);
  });

  it("stays where it is fenced if it cannot be read, and is counted", async () => {
    const one = redriving(["CANARY{", '"CANARY"', '{"connector":"nobody","event":{"CANARY":1}}', "null"]);
    expect(await one.run()).toEqual({ redriven: 0, notUnderstood: 4 });
    expect([one.left.size, one.sent]).toEqual([4, []]);
    expect(one.said.join()).not.toContain("CANARY");
  });

  it("stays where its own connector cannot read it, whoever only counts could", async () => {
    const it = redriving([JSON.stringify({ ...event, account: 7 })], false, ["aws-iam", "aws-cloudtrail"]);
    expect(await it.run()).toEqual({ redriven: 0, notUnderstood: 1 });
    expect(it.left.size).toBe(1);
  });

  it("stays if it could not be sent on", async () => {
    const one = redriving([JSON.stringify(event)], true);
    await expect(one.run()).rejects.toMatchObject({ name: "Unavailable" });
    expect(one.left.size).toBe(1);
  });
});
