import { ListTagsForResourceCommand } from "@aws-sdk/client-bedrock-agent";
import { badInput, type Instant, instantOf } from "@leasehold/core/kernel";
import { marksOf, type SignalOf } from "@leasehold/core/signal";
import { accountOf, awsIdentity, type Looking, lookAt, ownerIn, withoutPath } from "../../../kit/index.ts";
import { type Api, type Send, sendTo } from "../api.ts";

export interface Look extends Looking {
  readonly api: Api;
  readonly region: string;
  readonly now: Instant;
  readonly send: Send;
}

export const newLook = (api: Api, region: string, now: Instant): Look => ({
  ...{ api, region, now, whole: true },
  send: sendTo(api, region),
});

type Seen = SignalOf<"identity.seen">;
type Shown = Pick<Seen, "type"> &
  Partial<Pick<Seen, "role" | "owner" | "uses" | "usedBy">> & {
    readonly arn: string;
    readonly createdAt?: Date | undefined;
  };

/** Dated by the look: Bedrock has no time for what is attached to a thing, or taken from it. */
export function seenIdentity({ api, now }: Look, { arn, type, role, owner, uses, usedBy, createdAt }: Shown): Seen {
  return {
    kind: "identity.seen",
    ...seenBy(api, arn, now),
    ...{ identity: awsIdentity(arn), type },
    ...(role && { role: withoutPath(role) }),
    ...(owner && { owner }),
    ...(uses && { uses }),
    ...(usedBy && { usedBy }),
    ...(createdAt && { createdAt: instantOf(createdAt.getTime()) }),
  };
}

export const seenBy = (api: Api, arn: string, now: Instant) => ({
  source: { connector: "aws-bedrock", eventId: `list:${arn}:${now}`, occurredAt: now },
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
  const found = await lookAt(look, "bedrock:ListTagsForResource", () =>
    look.send(new ListTagsForResourceCommand({ resourceArn })),
  );
  const owner = found?.tags && ownerIn(found.tags);
  const tags = found && marksOf(found.tags ?? {});
  return { ...(owner && { owner }), ...(tags && { tags: [...tags] }) };
}
