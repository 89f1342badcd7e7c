import { describe, expect, it } from "vitest";
import { checkGiven } from "../../stacks/tables/given.ts";
import { vendorGrants } from "../../stacks/tables/vendors.ts";
import home, { alone } from "../../test/infra/stages/home.config.ts";

const PLACE = { stage: "prod", account: "111122223333", region: "eu-central-1" };
const settings = { account: "111122223333", source: "host", regions: ["eu-central-1", "us-west-2"] };

async function grantsOf(id: string, mode: string, right: "read" | "act" | "delete") {
  const { linked } = await checkGiven("prod", { ...home, aws: alone, connectors: { [id]: { mode, settings } } });
  return linked.flatMap((one) => vendorGrants(one, right, PLACE));
}

describe("what the functions of Bedrock and AgentCore may, in our own account", () => {
  it("pauses aliases, in the Regions that the settings name and in no other", async () => {
    const grants = await grantsOf("aws-bedrock", "ask", "act");
    const [pause] = grants.filter(({ actions }) => actions.includes("bedrock:UpdateAgentAlias"));
    expect(pause).toEqual({
      actions: ["bedrock:UpdateAgentAlias"],
      resources: ["eu-central-1", "us-west-2"].flatMap((region) =>
        ["agent/*", "agent-alias/*"].map((rest) => `arn:aws:bedrock:${region}:111122223333:${rest}`),
      ),
    });
  });

  it.each(["aws-bedrock", "aws-agentcore"])("%s only looks where it reads, and deletes nothing", async (id) => {
    const reads = (await grantsOf(id, "observe", "read")).flatMap(({ actions }) => actions);
    const looks = reads.filter((verb) => verb.startsWith("bedrock"));
    expect(looks.length).toBeGreaterThan(8);
    expect(looks.filter((verb) => !/:(Get|List)[A-Z]/.test(verb))).toEqual([]);
    const deletes = (await grantsOf(id, "observe", "delete")).flatMap(({ actions }) => actions);
    expect(deletes.filter((verb) => verb.startsWith("bedrock"))).toEqual([]);
  });
});
