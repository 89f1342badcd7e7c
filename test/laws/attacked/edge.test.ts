import { readFileSync } from "node:fs";
import { edge } from "@leasehold/api/edge";
import { readConfig } from "@leasehold/app/config";
import { connectors } from "@leasehold/connectors";
import { Fault } from "@leasehold/core/kernel";
import { expect, it } from "vitest";
import { simulator } from "../../../packages/connectors/src/okta/simulator.ts";
import { envOf } from "../../../packages/functions/src/env/index.ts";
import { listeners, receiverStep } from "../../../packages/functions/src/listeners/index.ts";
import { type Batch, type Host, queuesOf, readDeployed, world } from "../../../packages/functions/src/world/index.ts";
import { MONDAY } from "../../support/clock.ts";
import { fixturesOf } from "../../support/connectors.ts";
import { memoryWorld } from "../../support/memory-world.ts";

const fixture = JSON.parse(
  readFileSync(new URL("../../../packages/connectors/src/okta/fixtures/deactivate-user.json", import.meta.url), "utf8"),
).event;

it("a departure in a hook that cannot be read is not answered 200 without a word to anybody", async () => {
  const okta = await connectors.okta();
  const sent: unknown[] = [];
  const lines: string[] = [];
  const app = edge({
    ...{
      connector: okta,
      settings: okta.settings.parse({ ...(simulator.hooked!.settings as object), signingName: "okta.hook" }),
      clock: () => MONDAY,
    },
    signing: async () => simulator.signing ?? [],
    signals: async (batch) => void sent.push(batch),
    heard: async () => {},
    log: (level, message, keys) => void lines.push(JSON.stringify([level, message, keys])),
  });
  const odd = { ...fixture, detail: { ...fixture.detail, published: 1_762_074_000_000 } }; // one field in another shape
  const request = simulator.hooked!.send([odd], MONDAY);
  const response = await app.request("/in/okta", {
    method: "POST",
    headers: request.headers as never,
    body: request.body,
  });
  expect([response.status, sent]).toEqual([200, []]); // Okta never sends it again, and nothing was put in line
  expect(lines.filter((line) => line.includes("not understood"))).toHaveLength(1); // so somebody must be told
});

const [iam] = fixturesOf("aws-iam").filter(({ signals }) => signals.length > 0);

it.each(["PermissionMissing", "Unexpected"] as const)(
  "signals that cannot be written (%s) go into the line: their function has no place for what it throws",
  async (name) => {
    const here = Object.assign(memoryWorld(), {
      config: readConfig({ fallback: { email: "last@example.com" }, connectors: { "aws-iam": {} } }),
    });
    here.hook = (call) => {
      if (call === "archive.append")
        throw new Fault(name, "the table or the stream says no", { permission: "firehose:PutRecordBatch" });
    };
    const sent: Batch[] = [];
    const step = receiverStep(listeners, { signals: async (batch) => void sent.push(batch) });
    for (let attempt = 0; attempt < 3; attempt += 1)
      await step.run(here, { connector: "aws-iam", event: iam!.event }).catch(() => {}); // once, and Lambda's two retries
    expect(sent.length).toBeGreaterThan(0);
  },
);

it("a function does not run with the configuration of another stage", () => {
  const config = { fallback: { email: "last@example.com" }, connectors: { "aws-iam": { mode: "act" } } };
  const host = {
    env: envOf({ LEASEHOLD_STAGE: "prod", LEASEHOLD_TABLE: "leasehold-prod" }),
    deployed: () => readDeployed(JSON.stringify({ stage: "dev", config, declared: [] })),
    ...{ clock: () => MONDAY, log: () => {} },
  } as unknown as Host;
  expect(() => world("wind-down-stuck", {}, host)().config.connectors["aws-iam"]?.mode).toThrow();
});

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html: what a message may hold. */
const SQS_TAKES = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;

it("a name with a noncharacter in it does not keep its signal out of the line for good", async () => {
  const bodies: string[] = [];
  const line = queuesOf(
    async ({ input }) => {
      const { MessageBody } = input as { MessageBody: string };
      if (!SQS_TAKES.test(MessageBody)) throw new Fault("Unexpected", "InvalidMessageContents");
      bodies.push(MessageBody);
      return { MessageId: "m" } as never;
    },
    () => "https://sqs.example.com/q",
  );
  const [left] = fixturesOf("okta").filter(({ signals }) => signals.some(({ kind }) => kind === "person.left"));
  const listens = (await connectors.okta()).listens!;
  const event = structuredClone(left!.event) as { detail: { actor: { alternateId: string } } };
  event.detail.actor.alternateId = "mallory\uffff@example.com";
  const signals = listens.normalise(listens.event.parse(event) as never);
  expect(signals.length).toBeGreaterThan(0);
  await line.signals({ signals, live: true, recordedAt: MONDAY, delivery: "okta/1" });
  expect(bodies).toHaveLength(1);
});
