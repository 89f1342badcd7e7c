import { partitionOf, unmasked } from "../../../kit/index.ts";
import { agentArn, aliasArn, baseArn, flowArn, groupName } from "../handles.ts";
import type { Detail } from "./event.ts";

/** What a record is about, as far as it tells: the answer to a deletion names ids alone, and the rest of an ARN is known. */
export interface Named {
  readonly place: { readonly partition: string; readonly region: string; readonly account: string };
  readonly agentId: string | undefined;
  readonly aliasId: string | undefined;
  readonly agent: string | undefined; // ARNs from here on
  readonly alias: string | undefined;
  readonly group: string | undefined;
  readonly base: string | undefined;
  readonly flow: string | undefined;
}

export function namedIn(account: string, detail: Detail): Named | undefined {
  const { responseElements: given, requestParameters: asked, awsRegion, userIdentity } = detail;
  const region = unmasked(awsRegion);
  if (region === undefined) return undefined;
  const place = { partition: partitionOf(userIdentity.arn), region, account };
  const agentId = first(given?.agentAlias?.agentId, given?.agentActionGroup?.agentId, asked?.agentId);
  const aliasId = first(given?.agentAlias?.agentAliasId, asked?.agentAliasId);
  const groupId = first(given?.agentActionGroup?.actionGroupId, asked?.actionGroupId);
  const agent = unmasked(given?.agent?.agentArn) ?? (agentId && agentArn(place, agentId));
  const baseId = unmasked(asked?.knowledgeBaseId);
  const flowId = unmasked(asked?.flowIdentifier);
  return {
    ...{ place, agentId, aliasId, agent },
    alias: unmasked(given?.agentAlias?.agentAliasArn) ?? (agentId && aliasId && aliasArn(place, agentId, aliasId)),
    group: agent && groupId && groupName(agent, groupId),
    base: unmasked(given?.knowledgeBase?.knowledgeBaseArn) ?? (baseId && baseArn(place, baseId)),
    flow: unmasked(given?.arn) ?? (flowId && flowArn(place, flowId)),
  };
}

export const first = (...texts: readonly (string | null | undefined)[]): string | undefined =>
  texts.map(unmasked).find((text) => text !== undefined);
