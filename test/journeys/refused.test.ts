import { PEOPLE } from "@leasehold/local/demo";
import { describe, expect, it } from "vitest";
import { journey } from "../support/journey.ts";

const CLUSTER = "arn:aws:rds:eu-west-1:111122223333:cluster:pii";
const ROLE = "arn:aws:sts::111122223333:assumed-role/AmazonBedrockExecutionRoleForAgents_SUPPORT";
const SESSION = "ASIASUPPORTR1EXAMPLE";

/** The agent of A1, whose maker is Ada; then three calls of its role, each in a session of its own, within ten minutes. */
async function strayed() {
  const story = await journey();
  await story.deliver("a1-support-agent-deployed.json");
  const before = story.slack(PEOPLE.ada.email).length;
  await story.deliver("a4-agent-refused.json");
  const told = () => story.slack(PEOPLE.ada.email).slice(before);
  return { story, told };
}

describe("an agent of Bedrock's strays outside its scope (A4)", () => {
  it("its owner gets one notice for all three: what, to what, by which policy, and where the log is; nothing is revoked", async () => {
    const { story, told } = await strayed();
    expect(told()).toEqual([]);
    await story.advance(1);
    expect(told()).toHaveLength(1);
    const said = JSON.stringify(told());
    expect(said).toContain("3 refused calls");
    for (const part of [CLUSTER, "rdsdata:ExecuteStatement", "no identity-based policy allows it", "a4a4a403-1a2b"])
      expect(said).toContain(part);
    expect(said).toContain("3 refused calls of SUPPORTA1X");
    expect(said).toContain(`With the credentials of ${ROLE}.`);
    expect(said).toContain("account 111122223333, eu-west-1");
    expect(said).not.toMatch(/nobody.may.keep/);
    expect(await story.cases()).toEqual([]);
    expect(await story.findings()).toContainEqual(
      expect.objectContaining({
        kind: "calls were refused",
        facts: expect.objectContaining({ calls: 3, resources: CLUSTER, told: "its owner" }),
      }),
    );
  });

  it("the same again on the same day says nothing more, and is a finding for a week", async () => {
    const { story, told } = await strayed();
    await story.advance(1);
    await story.deliver("a4-agent-refused.json");
    await story.advance(6);
    expect(told()).toHaveLength(1);
    await story.advance(9 * 24);
    expect((await story.findings()).filter(({ kind }) => kind === "calls were refused")).toEqual([]);
  });

  it("the refused call is among what was done in its session (A1)", async () => {
    const { story } = await strayed();
    const { refused, uses } = await story.used(SESSION);
    expect(refused).toBe(1);
    expect(uses).toMatchObject([{ refusals: [{ resource: CLUSTER, policy: "no identity-based policy allows it" }] }]);
  });

  it("read as history nobody is told of it", async () => {
    const story = await journey();
    await story.deliver("a1-support-agent-deployed.json");
    const before = story.slack(PEOPLE.ada.email).length;
    await story.replay("a4-agent-refused.json");
    await story.advance(2);
    expect(story.slack(PEOPLE.ada.email)).toHaveLength(before);
  });
});
