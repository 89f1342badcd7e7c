import {
  type AgentAlias,
  type AliasInvocationState,
  GetAgentAliasCommand,
  ListTagsForResourceCommand,
  UpdateAgentAliasCommand,
} from "@aws-sdk/client-bedrock-agent";
import {
  type Action,
  draw,
  type Plan,
  type Receipt,
  readBack,
  type State,
  same,
  type Target,
} from "@leasehold/core/connector";
import { badInput, Fault } from "@leasehold/core/kernel";
import { NEVER_TOUCH } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { askAws, isMissing, partitionOf } from "../../kit/index.ts";
import { type Api, sendTo } from "./api.ts";
import { ALIAS, agentArn, TEST_ALIAS } from "./handles.ts";

const Handle = z.object({ account: z.string(), region: z.string(), agentId: z.string(), agentAliasId: z.string() });

const ON: State = { invocations: "ACCEPT_INVOCATIONS" };
const OFF: State = { invocations: "REJECT_INVOCATIONS" };

const READS = "bedrock:GetAgentAlias";
const READS_TAGS = "bedrock:ListTagsForResource";

/** Bedrock's own pause: the alias refuses whoever calls, and nothing else of the agent is touched. */
export const pause: Action<Api> = {
  ...{ verb: "disable", credential: ALIAS, blast: "credential", reversibility: "R1", settlesAfter: 30 },
  permissions: [READS, READS_TAGS, "bedrock:UpdateAgentAlias"],
  see: async (api, target) => stateOf(await read(api, target)),
  plan,
  apply,
  verify: async (api, { target, after }) => readBack(stateOf(await read(api, target)), after),
};

async function plan(api: Api, target: Target): Promise<Plan> {
  const alias = await read(api, target);
  const seen = stateOf(alias);
  const never = alias && (await untouchable(api, target, alias));
  const refusals = [...(never === undefined ? [] : [never]), ...refusalsOf(target, seen, alias)];
  return draw({ verb: "disable", target, before: seen ?? {}, wanted: OFF, alsoAffects: [], refusals });
}

function refusalsOf({ handle }: Target, seen: State, alias: AgentAlias | undefined): readonly string[] {
  if (seen === undefined) return ["the alias no longer exists"];
  if (handle["agentAliasId"] === TEST_ALIAS)
    return [
      "it is AWS's own alias for trying out a draft, and nobody says that it can be paused: quarantine the agent's role",
    ];
  if (!same(seen, ON) && !same(seen, OFF)) return ["the alias neither accepts nor rejects invocations"];
  return leadsNowhere(alias) ? [NOWHERE] : [];
}

/** Bedrock makes a new version, and leads the alias there, where it is told of none: nothing takes that back. */
const leadsNowhere = (alias: AgentAlias | undefined): boolean => (alias?.routingConfiguration ?? []).length === 0;
const NOWHERE =
  "the alias leads to no version of its agent, and a change of it would make one: quarantine the agent's role";

/** What is being changed may not be shown yet, and would be sent back as it was before. */
const MOVING: readonly (string | undefined)[] = ["CREATING", "UPDATING", "DELETING"];

/** Looks again, compares, changes only what differs. */
async function apply(api: Api, { verb, target, before, wanted }: Plan): Promise<Receipt> {
  const alias = await read(api, target);
  const now = stateOf(alias);
  const receipt = { verb, target, before, after: wanted, changed: !same(before, wanted) };
  if (same(now, wanted)) return { ...receipt, adopted: receipt.changed };
  if (alias === undefined || !same(now, before))
    throw new Fault("StalePlan", "the alias changed since it was looked at");
  const never = same(wanted, ON) ? undefined : await untouchable(api, target, alias); // what we took down may always be taken back
  if (never !== undefined) throw new Fault("StalePlan", never);
  if (MOVING.includes(alias.agentAliasStatus))
    throw new Fault("Unavailable", "the alias is being changed right now", { provider: "aws" });
  if (leadsNowhere(alias)) throw new Fault("StalePlan", NOWHERE);
  await put(api, target, alias, wanted);
  return { ...receipt, adopted: false };
}

/** All else of the alias is sent back as it was read: what is left out would be set anew. */
async function put(api: Api, target: Target, alias: AgentAlias, to: State): Promise<void> {
  if (!same(to, ON) && !same(to, OFF))
    throw badInput("an alias can be set to ACCEPT_INVOCATIONS or REJECT_INVOCATIONS only", { where: "wanted" });
  const { agentId, agentAliasId, region } = handleOf(api, target);
  const { agentAliasName, description, routingConfiguration } = alias;
  await askAws("bedrock:UpdateAgentAlias", () =>
    sendTo(
      api,
      region,
    )(
      new UpdateAgentAliasCommand({
        ...{ agentId, agentAliasId, agentAliasName, routingConfiguration },
        ...(description !== undefined && { description }),
        aliasInvocationState: to?.["invocations"] as AliasInvocationState,
      }),
    ),
  );
}

async function read(api: Api, target: Target): Promise<AgentAlias | undefined> {
  const { agentId, agentAliasId, region } = handleOf(api, target);
  const send = sendTo(api, region);
  const found = await askAws(READS, () => send(new GetAgentAliasCommand({ agentId, agentAliasId }))).catch(isMissing);
  return found?.agentAlias;
}

/** One that was made before there was a pause says nothing of it, and accepts. */
const stateOf = (alias: AgentAlias | undefined): State =>
  alias && { invocations: alias.aliasInvocationState ?? "ACCEPT_INVOCATIONS" };

/** Why it is never touched, read live where it would be done: whatever was decided elsewhere. */
async function untouchable(api: Api, target: Target, { agentAliasArn = "" }: AgentAlias): Promise<string | undefined> {
  const { agentId, region, account } = handleOf(api, target);
  const agent = agentArn({ partition: partitionOf(agentAliasArn), region, account }, agentId);
  for (const resourceArn of [agent, agentAliasArn]) {
    const send = sendTo(api, region);
    const found = await askAws(READS_TAGS, () => send(new ListTagsForResourceCommand({ resourceArn }))).catch(
      isMissing,
    );
    const tags = Object.keys(found?.tags ?? {});
    if (tags.some((tag) => tag.toLowerCase() === NEVER_TOUCH))
      return `never touched: it or its agent is tagged ${NEVER_TOUCH}`;
  }
  return undefined;
}

function handleOf(api: Api, { handle }: Target): z.infer<typeof Handle> {
  const { success, data } = Handle.safeParse(handle);
  if (!success) throw badInput("this is no handle of an agent's alias", { where: "handle" });
  if (data.account !== api.account)
    throw badInput(
      "the alias is of another account than the configuration names: name that one, too, in aws.accounts",
      { where: "handle.account" },
    );
  return data;
}
