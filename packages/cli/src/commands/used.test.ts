import { KEYS } from "@leasehold/local/demo";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { corp, type Trial } from "../trial/index.ts";

const KEY = KEYS.support.accessKeyId;

const TASK = "arn:aws:ecs:eu-central-1:111122223333:task/agents/1";

/** As CloudTrail writes it; `deliver` moves it to now. */
const call = (n: number, more: object = {}) => ({
  ...{ version: "0", id: `${n}77cc004-0000-4c97-8b43-5cee860de657`, "detail-type": "AWS API Call via CloudTrail" },
  ...{
    source: "aws.ecs",
    account: "111122223333",
    time: "2026-11-02T09:05:00Z",
    region: "eu-central-1",
    resources: [],
  },
  detail: {
    ...{ eventVersion: "1.11", eventTime: "2026-11-02T09:05:00Z", eventSource: "ecs.amazonaws.com" },
    ...{ eventName: "RunTask", awsRegion: "eu-central-1", sourceIPAddress: "192.0.2.10", eventType: "AwsApiCall" },
    userIdentity: {
      ...{ type: "IAMUser", principalId: "AIDACKCEVSQ6C2EXAMPLE", arn: "arn:aws:iam::111122223333:user/support-agent" },
      ...{ accountId: "111122223333", accessKeyId: KEY, userName: "support-agent" },
    },
    requestParameters: { secret: "CANARY" },
    ...{ eventID: `${n}77cc004-9141-4c97-8b43-5cee860de657`, ...more },
  },
});

let here: Trial;
beforeAll(async () => {
  here = await corp();
  const errorMessage = `User: x is not authorized to perform: ecs:StopTask on resource: ${TASK} with an explicit deny in a session policy`;
  const refused = { errorCode: "AccessDenied", eventName: "StopTask", errorMessage };
  here.write("calls.json", [call(1), call(2), call(3, refused)].map((one) => JSON.stringify(one)).join("\n"));
  await here.run("deliver", "calls.json", "--event-only");
  await here.run("deliver", "calls.json", "--event-only"); // the same events again are the same calls
});
afterAll(() => here.close());

interface Told {
  readonly calls: number;
  readonly uses: readonly object[];
  readonly notVisible: readonly string[];
}

describe("used", () => {
  it("says by caller, service and action how often, how often refused, and when last, with an event to look up", async () => {
    const { exit, out } = await here.run("used", KEY, "--since", "24h");
    expect(exit).toBe(0);
    expect(out).toContain("owner: Sue Park <sue@example.com>");
    expect(out).toContain("3 calls, 1 refused");
    expect(out).toMatch(/user\/support-agent .*ecs +RunTask +~2 +0 +20\d\d-\d\d-\d\d \d\d:\d\d +[0-9a-f-]{36}/);
    expect(out).toMatch(/ecs +StopTask +~1 +1 /);
    expect(out).toContain(`ecs StopTask to ${TASK}: explicit deny in a session policy (event 377cc004-`);
    expect(out).toContain("What could not be seen:\n");
    expect(out).not.toContain("CANARY");
  });

  it("is a document", async () => {
    const told = await here.json<Told>("used", KEY);
    expect(told).toMatchObject({ credential: KEYS.support.credential, calls: 3, refused: 1 });
    expect(told.uses).toHaveLength(2);
    expect(told.uses).toContainEqual(expect.objectContaining({ action: "RunTask", count: 2, approximate: true }));
    expect(told.notVisible.join()).toContain("approximate");
  });

  it("says no where no call is known, and that this is not the same as never", async () => {
    const { exit, out } = await here.run("used", KEYS.legacy.accessKeyId);
    expect(exit).toBe(1);
    expect(out).toContain("0 calls");
    expect(out).toContain("No call with this credential was counted");
  });

  it.each([
    [["AKIANOBODYXXXEXAMPLE"], "no credential is known by this name"],
    [["sue@example.com"], "only a credential or a session is used"],
    [[KEY, "--since", "soon"], "this is not a span of time"],
    [[KEY, "--since", "1000d"], "usage is kept for 92 days"],
    [[KEY, "--since", "0m"], "this span is empty"],
  ])("refuses %j", async (argv, says) => {
    expect(await here.run("used", ...argv)).toMatchObject({ exit: 2, out: "", err: expect.stringContaining(says) });
  });
});
