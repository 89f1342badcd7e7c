import { type Instant, instantOf } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import { expect, it } from "vitest";
import { awsCredential, awsIdentity } from "../../kit/index.ts";
import type { Api } from "./api.ts";
import { awsAgentcore } from "./index.ts";
import { sample, type World } from "./simulated-account.ts";
import { simulator } from "./simulator.ts";

const NOW: Instant = instantOf(Date.parse("2026-11-02T09:00:00Z"));
const CORE = "arn:aws:bedrock-agentcore:eu-west-1:111122223333";
const GATEWAY = `${CORE}:gateway/search-aBcDeFgH34`;

function over(world: World) {
  const memory = { get: () => world, set: () => {} };
  return simulator.live(
    memory,
    () => NOW,
    () => {},
  );
}

async function listed(world: World = structuredClone(sample)): Promise<readonly Signal[]> {
  const signals: Signal[] = [];
  let cursor: string | undefined;
  do {
    const page = await awsAgentcore.lists!.page(over(world).api, cursor, NOW);
    signals.push(...page.signals);
    cursor = page.next;
  } while (cursor !== undefined);
  return signals;
}
const named = (signals: readonly Signal[], name: string) =>
  signals.find((one) => one.kind === "identity.seen" && one.identity.name === name);

it("says which gateway asks nobody, and whose tags name", async () => {
  const naked = named(await listed(), `${CORE}:gateway/naked-aBcDeFgH12`);
  expect(naked).toMatchObject({ type: "gateway", authorizer: "NONE", owner: expect.stringMatching(/^acc_/) });
});

it("leads from a gateway to its targets, and from these to functions and to whatever they show to others", async () => {
  const signals = await listed();
  const used = (n: number) => named(signals, `${GATEWAY}/target/TARGET${n}EXA`);
  const usedBy = awsIdentity(GATEWAY).id;
  const vault = `${CORE}:token-vault/default`;
  const lambda = awsIdentity("arn:aws:lambda:eu-west-1:111122223333:function:search").id;
  expect(used(1)).toMatchObject({ usedBy, uses: [lambda] });
  expect(used(2)).toMatchObject({ usedBy, uses: [awsCredential(`${vault}/oauth2credentialprovider/tickets`)] });
  expect(used(3)).toMatchObject({ usedBy, uses: [awsCredential(`${vault}/apikeycredentialprovider/maps`)] });
  const providers = signals.flatMap((one) => (one.kind === "credential.seen" ? [one.credential] : []));
  expect(providers).toContain(awsCredential(`${vault}/oauth2credentialprovider/tickets`)); // the very same one
});

it("never asks for what is answered with a value", async () => {
  const live = over(structuredClone(sample));
  let cursor: string | undefined;
  do cursor = (await awsAgentcore.lists!.page(live.api, cursor, NOW)).next;
  while (cursor !== undefined);
  expect(live.calls?.filter((call) => /GetAgentRuntime|GetResource|Token/.test(call))).toEqual([]);
});

it("refuses a role of another account", async () => {
  const { api } = over(structuredClone(sample));
  const other = { account: "444455556666", regions: ["eu-west-1"], in: (api as Api).in };
  await expect(awsAgentcore.lists!.page(other, undefined, NOW)).rejects.toMatchObject({ facts: { where: "account" } });
});

it("says what is missing, right by right", async () => {
  const live = over(structuredClone(sample));
  expect(await awsAgentcore.check!(live.api)).toEqual([]);
  live.mood = "refusing";
  const missing = await awsAgentcore.check!(live.api);
  expect(missing).toContain(
    "Allow bedrock-agentcore:GetGateway in us-west-2 to the role that Leasehold uses in account 111122223333.",
  );
});
