import { derivedId } from "@leasehold/core/kernel";
import { PEOPLE } from "@leasehold/local/demo";
import { describe, expect, it } from "vitest";
import { journey } from "../support/journey.ts";

const CORE = "arn:aws:bedrock-agentcore:eu-west-1:111122223333";
const [OPEN, ASKS] = [`${CORE}:gateway/open-aBcDeFgH12`, `${CORE}:gateway/asks-aBcDeFgH34`];
const nakedOf = async (story: Awaited<ReturnType<typeof journey>>) =>
  (await story.findings()).filter(({ kind }) => kind === "naked MCP server");

const VAULT = `${CORE}:token-vault/default/oauth2credentialprovider/tickets`;
const listedSince = (createdAt: string) => ({
  ...{ account: "111122223333", regions: ["eu-west-1"], runtimes: [], workloads: [], apiKeys: [] },
  oauth2: [{ region: "eu-west-1", id: "tickets", createdAt, tags: {} }],
  gateways: [
    {
      ...{ region: "eu-west-1", id: "asks-aBcDeFgH34", authorizer: "CUSTOM_JWT", createdAt, tags: {} },
      role: "arn:aws:iam::111122223333:role/search-gateway",
      targets: [{ id: "TARGET1EXA", lambda: null, providers: [VAULT], createdAt }],
    },
  ],
});

describe("an MCP server in production, behind a gateway of AgentCore's (A3)", () => {
  it("that asks nobody who calls it is a critical finding at once, which names who deployed it and what to do", async () => {
    const story = await journey();
    await story.deliver("a3-gateway-naked.json");
    const { owner } = await story.who(OPEN);
    expect(owner).toMatchObject({ email: PEOPLE.ada.email });
    expect(await nakedOf(story)).toMatchObject([
      {
        ...{ severity: "critical", about: derivedId("idn", "aws", OPEN) },
        remedy: expect.stringContaining("CUSTOM_JWT or AWS_IAM"),
        facts: { server: OPEN, owner: derivedId("acc", "email", PEOPLE.ada.email) },
      },
    ]);
    expect(await story.cases()).toEqual([]);
  });

  it("whoever deployed it is told, once and with what to do; of one that asks for a token nobody is told", async () => {
    const story = await journey();
    const before = story.messages().length;
    await story.deliver("a3-gateway-naked.json");
    await story.deliver("a3-gateway-asks.json");
    await story.advance(1);
    const told = story.slack(PEOPLE.ada.email);
    expect(story.messages().slice(before)).toEqual(told.slice(-1));
    const said = JSON.stringify(told.at(-1));
    for (const part of [OPEN, "CUSTOM_JWT or AWS_IAM", "because you answer for it", "Nothing was switched off"])
      expect(said).toContain(part);
    expect(said).not.toContain(ASKS);
    expect(said).not.toContain("nobody/may/keep");
    expect(story.jira().filter((issue) => JSON.stringify(issue).includes(OPEN))).toHaveLength(1);
    await story.sweep();
    await story.advance(30);
    expect(story.messages()).toHaveLength(before + 1);
    expect(await story.cases()).toEqual([]);
  });

  it("of one that asks, who called it is counted as the token's issuer has it, and found by its ARN", async () => {
    const story = await journey();
    await story.deliver("a3-gateway-asks.json");
    await story.deliver("a3-gateway-called.json");
    const answer = await story.used(ASKS);
    expect(answer).toMatchObject({
      calls: 1,
      uses: [{ caller: { name: expect.stringMatching(/^4example5client6id7 of https:/) }, action: "InvokeGateway" }],
    });
    expect(JSON.stringify(answer)).not.toContain("nobody/may/keep");
  });

  it("read as history nobody is told of it, as long as no list has shown it", async () => {
    const story = await journey();
    const before = story.messages().length;
    await story.replay("a3-gateway-naked.json");
    await story.advance(2);
    expect(story.messages()).toHaveLength(before);
  });

  it("is no finding any more once it asks, and none again for what is heard late", async () => {
    const story = await journey();
    await story.deliver("a3-gateway-naked.json");
    await story.deliver("a3-gateway-asks-now.json");
    expect(await nakedOf(story)).toEqual([]);
    await story.deliver("a3-gateway-naked.json");
    expect(await nakedOf(story)).toEqual([]);
  });

  it("that asks for a token is none; from it one comes to its tool, and from that to the credential it calls with", async () => {
    const story = await journey();
    await story.deliver("a3-gateway-asks.json");
    const [evidence] = (await story.who(ASKS)).candidates[0]?.evidence ?? [];
    story.provider("aws-agentcore", () => listedSince(evidence?.at ?? ""));
    await story.sweep(); // by which credential a tool calls only the list tells
    expect(await nakedOf(story)).toEqual([]);
    const { subject, owner } = await story.who(ASKS);
    expect(subject.facts).toMatchObject({ type: "gateway", authorizer: "CUSTOM_JWT" });
    expect(owner).toMatchObject({ email: PEOPLE.ada.email });
    const tool = derivedId("idn", "aws", `${ASKS}/target/TARGET1EXA`);
    expect(await story.uses(derivedId("idn", "aws", ASKS))).toContain(tool);
    const provider = derivedId("crd", "aws", VAULT);
    expect(await story.uses(tool)).toEqual([provider]);
    expect((await story.who(provider)).subject.facts["type"]).toBe("OAuth2 credential provider");
    expect(JSON.stringify([await story.who(ASKS), await story.who(provider)])).not.toContain("nobody/may/keep");
  });
});
