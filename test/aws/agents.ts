import { BedrockAgentClient, CreateAgentCommand, CreateKnowledgeBaseCommand } from "@aws-sdk/client-bedrock-agent";
import {
  BedrockAgentCoreControlClient,
  CreateAgentRuntimeCommand,
  CreateGatewayCommand,
  CreateGatewayTargetCommand,
} from "@aws-sdk/client-bedrock-agentcore-control";
import { connectors } from "@leasehold/connectors";
import type { Lister } from "@leasehold/core/connector";
import { describe, expect, it } from "vitest";
import type { World as Core } from "../../packages/connectors/src/aws-agentcore/simulator.ts";
import type { World as Bedrock } from "../../packages/connectors/src/aws-bedrock/simulator.ts";
import { simulatorOf, startedFrom } from "../support/connectors.ts";
import { signalsApart } from "./compare.ts";
import { unknown } from "./differences.ts";
import { everything, nothingForUnanswered } from "./listed.ts";
import { ACCOUNT, connected, own, reset } from "./moto.ts";
import { recording } from "./recorder.ts";

interface Api {
  readonly account: string;
  readonly regions: readonly string[];
  in(region: string): (command: never) => Promise<unknown>;
}

const region = "eu-west-1";
const role = `arn:aws:iam::${ACCOUNT}:role/agents`;
const createdAt = "2026-01-05T08:00:00.000Z";
const tags = { owner: "ada@example.com" };

export function agents(): void {
  describe("agents", () => {
    it.each([
      { id: "aws-bedrock" as const, service: "bedrock", made: madeBedrock },
      { id: "aws-agentcore" as const, service: "bedrock-agentcore", made: madeCore },
    ])(
      "$id lists of moto's account what it lists of the simulator's, as far as moto goes",
      async ({ id, service, made }) => {
        await reset();
        const world = await made();
        const lister = (await connectors[id]()).lists as Lister<Api>;
        const simulated = startedFrom(await simulatorOf(id), world).live.api as Api;
        const real = await connected<Api>(id, { regions: [region] });
        const send = nothingForUnanswered(service, recording(real.in(region), [], service));
        const there = await everything(lister, { ...real, in: () => send });
        expect(there.flatMap(({ signals }) => signals)).not.toEqual([]);
        expect(there.every(({ whole }) => whole)).toBe(true);
        unknown(signalsApart(await everything(lister, simulated), there));
      },
    );
  });
}

async function madeBedrock(): Promise<Bedrock> {
  const client = new BedrockAgentClient({ ...own, region });
  const { agent } = await client.send(
    new CreateAgentCommand({ agentName: "search", agentResourceRoleArn: role, tags }),
  );
  const { knowledgeBase } = await client.send(
    new CreateKnowledgeBaseCommand({
      ...{ name: "notes", roleArn: role, tags },
      knowledgeBaseConfiguration: { type: "VECTOR" },
      storageConfiguration: { type: "OPENSEARCH_SERVERLESS" },
    }),
  );
  const of = { region, createdAt, role, tags };
  return {
    ...{ account: ACCOUNT, regions: [region], flows: [], events: 0 },
    agents: [{ ...of, id: agent?.agentId ?? "", aliases: [], groups: [], bases: [] }],
    bases: [{ ...of, id: knowledgeBase?.knowledgeBaseId ?? "" }],
  };
}

async function madeCore(): Promise<Core> {
  const client = new BedrockAgentCoreControlClient({ ...own, region });
  const runtime = await client.send(
    new CreateAgentRuntimeCommand({
      ...{ agentRuntimeName: "search", roleArn: role, networkConfiguration: { networkMode: "PUBLIC" }, tags },
      agentRuntimeArtifact: {
        containerConfiguration: { containerUri: `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/search:1` },
      },
    }),
  );
  const gateways: Core["gateways"] = [];
  for (const authorizer of ["NONE", "AWS_IAM"] as const) {
    const { gatewayId: id = "" } = await client.send(
      new CreateGatewayCommand({
        ...{ name: authorizer.toLowerCase().replace("_", "-"), roleArn: role, protocolType: "MCP", tags },
        authorizerType: authorizer,
      }),
    );
    gateways.push({ region, id, createdAt, tags, role, authorizer, targets: [] });
  }
  const lambda = `arn:aws:lambda:${region}:${ACCOUNT}:function:search`;
  const target = await client.send(
    new CreateGatewayTargetCommand({
      ...{ gatewayIdentifier: gateways[1]?.id, name: "search" },
      targetConfiguration: { mcp: { lambda: { lambdaArn: lambda, toolSchema: { inlinePayload: [] } } } },
      credentialProviderConfigurations: [{ credentialProviderType: "GATEWAY_IAM_ROLE" }],
    }),
  );
  gateways[1]?.targets.push({ id: target.targetId ?? "", lambda, providers: [], createdAt });
  return {
    ...{ account: ACCOUNT, regions: [region], workloads: [], oauth2: [], apiKeys: [], gateways },
    runtimes: [{ region, id: runtime.agentRuntimeId ?? "", createdAt, tags }],
  };
}
