import { GetFindingV2Command, ListAnalyzersCommand, ListFindingsV2Command } from "@aws-sdk/client-accessanalyzer";
import { missingIn } from "../../kit/index.ts";
import type { Api } from "./api.ts";

/** Asks for everything that the lister reads, once in each Region, and says what to allow. Nothing is changed and nothing is kept. */
export const check = (api: Api): Promise<readonly string[]> =>
  missingIn(api, (region) => {
    const send = api.in(region);
    const analyzerArn = `arn:aws:access-analyzer:${region}:${api.account}:analyzer/leasehold-no-such-analyzer`;
    return {
      "access-analyzer:ListAnalyzers": () => send(new ListAnalyzersCommand({ maxResults: 1 })),
      "access-analyzer:ListFindings": () => send(new ListFindingsV2Command({ analyzerArn, maxResults: 1 })),
      "access-analyzer:GetFinding": () => send(new GetFindingV2Command({ analyzerArn, id: NOBODY })),
    };
  });

const NOBODY = "00000000-0000-0000-0000-000000000000"; // AWS judges the right before it looks for the thing
