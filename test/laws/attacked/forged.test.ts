import { hear } from "@leasehold/app/steps";
import type { World } from "@leasehold/app/world";
import type { Heard } from "@leasehold/core/connector";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { queue } from "../../../packages/functions/src/kit/index.ts";
import { story } from "../../support/story.ts";

const CONTEXT = {
  ...{ functionName: "leasehold-prod-hear", invokedFunctionArn: "arn", awsRequestId: "1" },
  getRemainingTimeInMillis: () => 60_000,
};

/** ADR 0008: "a stolen Slack function cannot touch a key". So the public function of Jira cannot speak in Slack's name. */
beforeAll(() => void vi.stubEnv("LEASEHOLD_STAGE", "prod"));
afterAll(() => void vi.unstubAllEnvs());

it("a click of Slack's that Jira's own way in put in line is nobody's click", async () => {
  const one = await story();
  await one.leaves();
  await one.settle();
  const { estate } = one.world;
  const slack = estate.provider("slack")!;
  const confirm = async (heard: Heard): Promise<Heard> => ({
    ...heard,
    by: { ...heard.by, email: `${heard.by.user}@example.com` },
  }); // users.info: an active member
  const world: World = {
    ...one.world,
    estate: {
      ...estate,
      provider: (id) => (id === "slack" ? { ...slack, desk: { ...slack.desk!, confirm } } : estate.provider(id)),
    },
  };
  const { windDown } = await one.windDown();
  const heard = {
    ...{ decision: windDown.question!.decision, item: windDown.id, choice: "retire", id: "T1/1/1/grace/forged" },
    ...{ by: { desk: "slack", user: "grace" }, ticket: { desk: "slack", ref: {} } },
  };
  // SQS writes who sent: the role's id and the session's name, which for Lambda is the function's
  const attributes = { SenderId: "AROAEXAMPLEEXAMPLE:leasehold-prod-jira-in" };
  await queue(hear, () => world)(
    { Records: [{ messageId: "m1", body: JSON.stringify({ heard }), attributes }] },
    CONTEXT as never,
  );
  await one.settle();
  expect(one.estate.diary).toEqual([]);
});
