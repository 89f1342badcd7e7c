import type { Handle } from "@leasehold/core/connector";

/** A name by which callers reach an agent. It lets them in, so it is taken down like a credential. */
export const ALIAS = "agent alias";

/** The alias that AWS keeps for trying out a draft. */
export const TEST_ALIAS = "TSTALIASID";

interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

const inBedrock = ({ partition, region, account }: Place, rest: string) =>
  `arn:${partition}:bedrock:${region}:${account}:${rest}`;

export const agentArn = (place: Place, agentId: string): string => inBedrock(place, `agent/${agentId}`);
export const aliasArn = (place: Place, agentId: string, aliasId: string): string =>
  inBedrock(place, `agent-alias/${agentId}/${aliasId}`);
export const baseArn = (place: Place, id: string): string => inBedrock(place, `knowledge-base/${id}`);
export const flowArn = (place: Place, id: string): string =>
  id.startsWith("arn:") ? id : inBedrock(place, `flow/${id}`);

/** AWS gives an action group no ARN: this is the agent's, and its own id. */
export const groupName = (agent: string, groupId: string): string => `${agent}/action-group/${groupId}`;

export const aliasHandle = ({ account, region }: Place, agentId: string, agentAliasId: string): Handle => ({
  ...{ account, region, agentId, agentAliasId },
});
