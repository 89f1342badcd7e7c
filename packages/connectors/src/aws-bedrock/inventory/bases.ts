import {
  GetKnowledgeBaseCommand,
  type KnowledgeBaseSummary,
  ListKnowledgeBasesCommand,
} from "@aws-sdk/client-bedrock-agent";
import type { Signal } from "@leasehold/core/signal";
import { askAws, fewAtOnce, lookAt, type RegionalList } from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import { type Look, newLook, ofAccount, seenIdentity, tagsOf } from "./look.ts";

const BASES_A_PAGE = 100;

export const bases: RegionalList<Api> = {
  name: "knowledge-bases",
  page: async (api, region, nextToken, now) => {
    const look = newLook(api, region, now);
    const listed = await askAws("bedrock:ListKnowledgeBases", () =>
      look.send(new ListKnowledgeBasesCommand({ maxResults: BASES_A_PAGE, ...(nextToken && { nextToken }) })),
    );
    const found = await fewAtOnce(listed.knowledgeBaseSummaries ?? [], (base) => seenBase(look, base));
    return { signals: found.flat(), next: listed.nextToken, whole: look.whole };
  },
};

async function seenBase(look: Look, { knowledgeBaseId }: KnowledgeBaseSummary): Promise<readonly Signal[]> {
  const found = await lookAt(look, "bedrock:GetKnowledgeBase", () =>
    look.send(new GetKnowledgeBaseCommand({ knowledgeBaseId })),
  );
  const base = found?.knowledgeBase;
  if (base?.knowledgeBaseArn === undefined) return [];
  const arn = ofAccount(look.api, base.knowledgeBaseArn);
  const { owner } = await tagsOf(look, arn);
  const { roleArn: role, createdAt } = base;
  return [
    seenIdentity(look, { arn, type: "knowledge base", ...(role && { role }), ...(owner && { owner }), createdAt }),
  ];
}
