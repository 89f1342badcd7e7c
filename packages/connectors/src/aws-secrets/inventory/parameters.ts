import { DescribeParametersCommand, ListTagsForResourceCommand, type ParameterMetadata } from "@aws-sdk/client-ssm";
import type { Signal } from "@leasehold/core/signal";
import { askAws, fewAtOnce, lookAt, type RegionalList } from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import { parameterOf } from "../named.ts";
import { type Look, ofAccount, seenKept } from "./look.ts";

const PARAMETERS_A_PAGE = 50;

/** Parameters whose value is encrypted; the others are read by everybody who may see them, and are kept for no secret. */
export const parameters: RegionalList<Api> = {
  name: "parameters",
  page: async (api, region, token, now) => {
    const look: Look = { api, region, now, whole: true };
    const listed = await askAws("ssm:DescribeParameters", () =>
      api.parameters(region)(
        new DescribeParametersCommand({
          ...{ ParameterFilters: [{ Key: "Type", Values: ["SecureString"] }], MaxResults: PARAMETERS_A_PAGE },
          ...(token !== undefined && { NextToken: token }),
        }),
      ),
    );
    const found = await fewAtOnce(listed.Parameters ?? [], (one) => seen(look, one));
    return { signals: found.flat(), next: listed.NextToken, whole: look.whole };
  },
};

/** A new version has another value; a version's date is the last change of it. It has no policy that lets somebody else read it. */
async function seen(
  look: Look,
  { ARN, Name, LastModifiedDate, Description }: ParameterMetadata,
): Promise<readonly Signal[]> {
  if (Name === undefined) return [];
  const place = { partition: "aws", region: look.region, account: look.api.account };
  const kept = parameterOf(place, ARN === undefined ? Name : ofAccount(look.api, ARN));
  const found = await lookAt(look, "ssm:ListTagsForResource", () =>
    look.api.parameters(look.region)(new ListTagsForResourceCommand({ ResourceType: "Parameter", ResourceId: Name })),
  );
  const tags = found && (found.TagList ?? []);
  return [seenKept(look, kept, { state: "on", storedAt: LastModifiedDate, tags, description: Description })];
}
