import { GetAgentAliasCommand, ListAgentsCommand } from "@aws-sdk/client-bedrock-agent";
import { back, type Target } from "@leasehold/core/connector";
import { type Instant, instantOf } from "@leasehold/core/kernel";
import { beforeEach, describe, expect, it } from "vitest";
import type { Live } from "../../kit/index.ts";
import type { Api } from "./api.ts";
import { aliasHandle, TEST_ALIAS } from "./handles.ts";
import { awsBedrock, listener } from "./index.ts";
import { pause } from "./pause.ts";
import { anAgent, anAlias, empty, type World } from "./simulated-account.ts";
import { simulator } from "./simulator.ts";

const NOW: Instant = instantOf(Date.parse("2026-11-02T09:00:00Z"));
const PLACE = { partition: "aws", region: "eu-west-1", account: "111122223333" };
const target = (id = "ALIAS1EXAM", over: object = {}): Target => ({
  credential: "crd_1",
  handle: { ...aliasHandle(PLACE, "AGENT1EXAM", id), ...over },
});

let world: World;
let live: Live<Api>;
let said: unknown[];
beforeEach(() => {
  world = {
    ...structuredClone(empty),
    agents: [anAgent("eu-west-1", "AGENT1EXAM", { aliases: [anAlias("ALIAS1EXAM"), anAlias(TEST_ALIAS)] })],
  };
  world.agents[0]!.aliases[0]!.version = "7";
  said = [];
  const memory = { get: () => world, set: (next: World) => Object.assign(world, next) };
  live = simulator.live(
    memory,
    () => NOW,
    (event) => said.push(event),
  );
});

describe("a pause", () => {
  it("leads the alias to no other version, there and back, and is heard as what it is", async () => {
    const receipt = await pause.apply(live.api, await pause.plan(live.api, target()));
    expect(world.agents[0]?.aliases[0]).toMatchObject({ version: "7", name: "live", state: "REJECT_INVOCATIONS" });
    await pause.apply(live.api, back(receipt));
    expect(world.agents[0]?.aliases[0]).toMatchObject({ version: "7", name: "live", state: "ACCEPT_INVOCATIONS" });
    const heard = said.flatMap((event) => listener.normalise(listener.event.parse(event) as never));
    expect(heard.map(({ kind }) => kind)).toEqual(["credential.disabled", "credential.restored"]);
  });

  it.each<[string, (agent: World["agents"][number]) => void]>([
    ["its agent", (agent) => Object.assign(agent.tags, { "Leasehold:Never-Touch": "" })],
    ["it", (agent) => Object.assign(agent.aliases[0]!.tags, { "leasehold:never-touch": "yes" })],
  ])("is refused where %s is tagged so, also between plan and act; the way back is not", async (_title, tag) => {
    const plan = await pause.plan(live.api, target());
    const agent = world.agents[0]!;
    tag(agent);
    expect((await pause.plan(live.api, target())).refusals).toEqual([expect.stringMatching(/^never touched/)]);
    await expect(pause.apply(live.api, plan)).rejects.toMatchObject({ name: "StalePlan" });
    expect(agent.aliases[0]?.state).toBe("ACCEPT_INVOCATIONS");

    agent.aliases[0]!.state = "REJECT_INVOCATIONS";
    await pause.apply(live.api, back({ ...plan, after: plan.wanted, changed: true, adopted: false }));
    expect(world.agents[0]?.aliases[0]?.state).toBe("ACCEPT_INVOCATIONS");
  });

  /** The alias as it is, and as somebody else has made it meanwhile. */
  const shown = (over: object): Api => {
    const send = live.api.in("eu-west-1") as unknown as (command: object) => Promise<{ agentAlias?: object }>;
    const answering = async (command: object) => {
      const said = await send(command);
      return command instanceof GetAgentAliasCommand ? { agentAlias: { ...said.agentAlias, ...over } } : said;
    };
    return { account: live.api.account, regions: live.api.regions, in: () => answering as never };
  };

  it.each([[], undefined])(
    "is refused where the alias leads to %j: a new version would be made",
    async (routingConfiguration) => {
      const plan = await pause.plan(live.api, target());
      const nowhere = shown({ routingConfiguration });
      expect((await pause.plan(nowhere, target())).refusals).toEqual([expect.stringMatching(/leads to no version/)]);
      await expect(pause.apply(nowhere, plan)).rejects.toMatchObject({ name: "StalePlan" });
      expect(world.agents[0]?.aliases[0]).toMatchObject({ version: "7", state: "ACCEPT_INVOCATIONS" });
    },
  );

  it.each(["CREATING", "UPDATING", "DELETING"])(
    "waits, both ways, while somebody else's change is %s",
    async (status) => {
      const plan = await pause.plan(live.api, target());
      const moving = shown({ agentAliasStatus: status });
      await expect(pause.apply(moving, plan)).rejects.toMatchObject({ name: "Unavailable" });
      const receipt = await pause.apply(live.api, plan);
      await expect(pause.apply(moving, back(receipt))).rejects.toMatchObject({ name: "Unavailable" });
      expect(world.agents[0]?.aliases[0]).toMatchObject({ version: "7", state: "REJECT_INVOCATIONS" });
    },
  );

  it("is refused for the alias that tries out a draft", async () => {
    const { refusals } = await pause.plan(live.api, target(TEST_ALIAS));
    expect(refusals).toEqual([expect.stringMatching(/nobody says that it can be paused/)]);
  });

  it.each([
    ["another account", { account: "444455556666" }, "handle.account"],
    ["a Region that is not configured", { region: "us-east-1" }, "handle.region"],
  ])("asks nothing for an alias of %s", async (_title, over, where) => {
    const look = pause.plan(live.api, target("ALIAS1EXAM", over));
    await expect(look).rejects.toMatchObject({ name: "BadInput", facts: { where } });
    expect(live.calls).toEqual([]);
  });

  it("takes an alias that says nothing of it for one that accepts", async () => {
    const send = async () => ({
      agentAlias: { agentAliasArn: "arn:aws:bedrock:eu-west-1:111122223333:agent-alias/A/B" },
    });
    const api = { account: "111122223333", regions: ["eu-west-1"], in: () => send as never };
    expect(await pause.see(api, target())).toEqual({ invocations: "ACCEPT_INVOCATIONS" });
  });
});

describe("the list", () => {
  const all = async () => {
    const signals: object[] = [];
    let cursor: string | undefined;
    do {
      const page = await awsBedrock.lists!.page(live.api, cursor, NOW);
      signals.push(...page.signals);
      cursor = page.next;
    } while (cursor !== undefined);
    return signals;
  };

  it("says which alias is paused, and never what an agent is told to do", async () => {
    Object.assign(world, structuredClone(simulator.sample?.world));
    const signals = await all();
    const states = signals.flatMap((one) => ("state" in one ? [one.state] : []));
    expect(states).toEqual(["on", "off", "on", "on"]);
    expect(JSON.stringify(signals)).not.toMatch(/nobody.may.keep/);
    expect(signals.filter((one) => "role" in one && "uses" in one)).toHaveLength(4);
  });

  it("refuses a role of another account, and a cursor of another configuration", async () => {
    const place = { ...live.api, account: "444455556666", regions: ["eu-west-1"], in: live.api.in };
    await expect(awsBedrock.lists!.page(place, undefined, NOW)).rejects.toMatchObject({
      name: "BadInput",
      facts: { where: "account" },
    });
    await expect(awsBedrock.lists!.page(live.api, "us-east-1/agents 2", NOW)).rejects.toMatchObject({
      name: "BadInput",
      facts: { where: "cursor" },
    });
  });
});

describe("the check", () => {
  it("has nothing to say where all may be read, and names each right and Region where not", async () => {
    expect(await awsBedrock.check!(live.api)).toEqual([]);
    live.mood = "refusing";
    const missing = await awsBedrock.check!(live.api);
    expect(missing).toHaveLength(11);
    expect(missing[0]).toBe(
      "Allow bedrock:ListAgents in eu-west-1 to the role that Leasehold uses in account 111122223333.",
    );
  });
});

it("says only changes apart, so that a lost answer to one is never sent again", async () => {
  const { isChange } = await import("./actions.ts");
  const { UpdateAgentAliasCommand } = await import("@aws-sdk/client-bedrock-agent");
  const input = { agentId: "A", agentAliasId: "B" };
  expect(isChange(new UpdateAgentAliasCommand({ ...input, agentAliasName: "live" }))).toBe(true);
  expect([new GetAgentAliasCommand(input), new ListAgentsCommand({})].map(isChange)).toEqual([false, false]);
});
