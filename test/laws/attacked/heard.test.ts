import { hear } from "@leasehold/app/steps";
import type { World } from "@leasehold/app/world";
import type { Heard } from "@leasehold/core/connector";
import { unavailable } from "@leasehold/core/kernel";
import { expect, it } from "vitest";
import { queue } from "../../../packages/functions/src/kit/index.ts";
import { type Story, story } from "../../support/story.ts";

/** Of the queue `heard`, as stacks/queues.ts makes it and test/infra holds it: seconds hidden after a failure, and how often it comes. */
const LINE = { visible: 360, receives: 480 };

/** Slack's part: it reads again who clicked, as the connector does, and may be down. */
function withSlack(one: Story, slack: { down: boolean; hang?: (heard: Heard) => Promise<never> | undefined }): World {
  const { estate } = one.world;
  const provider = (id: string) => {
    const found = estate.provider(id);
    if (id !== "slack" || found?.desk === undefined) return found;
    const confirm = async (heard: Heard): Promise<Heard> => {
      await slack.hang?.(heard);
      if (slack.down) throw unavailable("slack");
      return { ...heard, by: { ...heard.by, email: `${heard.by.user}@example.com` } };
    };
    return { ...found, desk: { ...found.desk, confirm } };
  };
  return { ...one.world, estate: { ...estate, provider } };
}

const CONTEXT = {
  ...{ functionName: "leasehold-prod-hear", invokedFunctionArn: "arn", awsRequestId: "1" },
  getRemainingTimeInMillis: () => 60_000,
};
const clickOf = async (one: Story, choice: Heard["choice"], id: string) => {
  const { windDown } = await one.windDown();
  return {
    heard: {
      ...{ decision: windDown.question!.decision, item: windDown.id, choice, id },
      ...{
        by: { desk: "slack", user: "grace" },
        ticket: { desk: "slack", ref: {} },
      },
    },
  };
};

it("a keep that Slack's button took is not lost, and silence does not act over it, because Slack was down for an hour", async () => {
  const { visible, receives } = LINE;
  const one = await story();
  await one.leaves();
  await one.settle();
  await one.live(70); // Grace has until 72
  const slack = { down: true };
  const handler = queue(hear, () => withSlack(one, slack));
  const body = JSON.stringify(await clickOf(one, "keep", "T1/1/1/grace")); // the edge has answered 200, and Grace goes home
  let waiting = true;
  for (let time = 0; time < receives && waiting; time += 1) {
    slack.down = time * visible < 3_600; // an hour's outage
    const { batchItemFailures } = (await handler({ Records: [{ messageId: "m1", body }] }, CONTEXT as never)) as {
      batchItemFailures: unknown[];
    };
    waiting = batchItemFailures.length > 0;
    await one.live(visible / 3_600);
  }
  await one.live(24);
  expect(one.estate.diary).toEqual([]); // she said to keep it
  expect(waiting).toBe(false);
});

it("one message that hangs does not take nine good ones with it when Lambda ends the function", async () => {
  const one = await story();
  await one.leaves();
  await one.settle();
  const hang = ({ id }: Heard) => (id === "hangs" ? new Promise<never>(() => {}) : undefined);
  const handler = queue(hear, () => withSlack(one, { down: false, hang }));
  const bodies = [await clickOf(one, "snooze", "hangs"), await clickOf(one, "keep", "good")];
  const Records = bodies.map((body, n) => ({ messageId: `m${n}`, body: JSON.stringify(body) }));
  const end = Date.now() + 2_000;
  const context = { ...CONTEXT, getRemainingTimeInMillis: () => Math.max(0, end - Date.now()) };
  const killed = new Promise((done) => setTimeout(done, 2_000, "Task timed out"));
  const said = await Promise.race([handler({ Records }, context as never), killed]);
  expect(said).toEqual({ batchItemFailures: [{ itemIdentifier: "m0" }] }); // after five times all ten would be in the dead-letter queue
  expect((await one.windDown()).windDown.answer?.kind).toBe("keep");
}, 10_000);
