import { type FlowSummary, GetFlowCommand, ListFlowsCommand } from "@aws-sdk/client-bedrock-agent";
import type { Signal } from "@leasehold/core/signal";
import { askAws, fewAtOnce, lookAt, type RegionalList } from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import { type Look, newLook, ofAccount, seenIdentity, tagsOf } from "./look.ts";

const FLOWS_A_PAGE = 100;

export const flows: RegionalList<Api> = {
  name: "flows",
  page: async (api, region, nextToken, now) => {
    const look = newLook(api, region, now);
    const listed = await askAws("bedrock:ListFlows", () =>
      look.send(new ListFlowsCommand({ maxResults: FLOWS_A_PAGE, ...(nextToken && { nextToken }) })),
    );
    const found = await fewAtOnce(listed.flowSummaries ?? [], (flow) => seenFlow(look, flow));
    return { signals: found.flat(), next: listed.nextToken, whole: look.whole };
  },
};

/** Of its definition nothing is read: we take its ARN, its role and its dates. */
async function seenFlow(look: Look, { id: flowIdentifier }: FlowSummary): Promise<readonly Signal[]> {
  const found = await lookAt(look, "bedrock:GetFlow", () => look.send(new GetFlowCommand({ flowIdentifier })));
  if (found?.arn === undefined) return [];
  const arn = ofAccount(look.api, found.arn);
  const { owner } = await tagsOf(look, arn);
  const { executionRoleArn: role, createdAt } = found;
  return [seenIdentity(look, { arn, type: "flow", ...(role && { role }), ...(owner && { owner }), createdAt })];
}
