import { ListTagsForResourceCommand } from "@aws-sdk/client-bedrock-agentcore-control";
import { badInput, type Instant, instantOf } from "@leasehold/core/kernel";
import { marksOf, type SignalOf } from "@leasehold/core/signal";
import { accountOf, awsIdentity, type Looking, lookAt, ownerIn, withoutPath } from "../../../kit/index.ts";
import type { Api, Send } from "../api.ts";

export interface Look extends Looking {
  readonly api: Api;
  readonly region: string;
  readonly now: Instant;
  readonly send: Send;
}

export const newLook = (api: Api, region: string, now: Instant): Look => ({
  ...{ api, region, now, whole: true },
  send: api.in(region),
});

type Seen = SignalOf<"identity.seen">;
type Shown = Pick<Seen, "type"> &
  Partial<Pick<Seen, "role" | "authorizer" | "owner" | "uses" | "usedBy">> & {
    readonly arn: string;
    readonly createdAt?: Date | undefined;
  };

/** Dated by the look: not every list of AgentCore has a time of the last change. */
export function seenIdentity({ api, now }: Look, { arn, createdAt, role, ...shown }: Shown): Seen {
  return {
    kind: "identity.seen",
    ...seenBy(api, arn, now),
    ...{ identity: awsIdentity(arn), ...shown },
    ...(role && { role: withoutPath(role) }),
    ...(createdAt && { createdAt: instantOf(createdAt.getTime()) }),
  };
}

export const seenBy = (api: Api, arn: string, now: Instant) => ({
  source: { connector: "aws-agentcore", eventId: `list:${arn}:${now}`, occurredAt: now },
  tenant: api.account,
});

/** The role answers for the account that the configuration names, or it is the wrong role. */
export function ofAccount(api: Api, arn: string): string {
  if (accountOf(arn) !== api.account)
    throw badInput("the role is of another account than the configuration names", { where: "account" });
  return arn;
}

/** Whom its tags name, and the tags themselves as marks: undefined where they could not be read. */
export async function tagsOf(look: Look, resourceArn: string) {
  const found = await lookAt(look, "bedrock-agentcore:ListTagsForResource", () =>
    look.send(new ListTagsForResourceCommand({ resourceArn })),
  );
  const owner = found?.tags && ownerIn(found.tags);
  const tags = found && marksOf(found.tags ?? {});
  return { owner: owner ? { owner } : {}, tags: tags ? { tags: [...tags] } : {} };
}
