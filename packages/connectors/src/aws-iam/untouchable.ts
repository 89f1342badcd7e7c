import { ListUserTagsCommand, type Role, type Tag } from "@aws-sdk/client-iam";
import type { Target } from "@leasehold/core/connector";
import { untouchable as builtIn } from "@leasehold/core/lineage";
import { NEVER_TOUCH } from "@leasehold/core/signal";
import { askAws, isMissing } from "../../kit/index.ts";
import type { Api } from "./api.ts";

export const READS_TAGS = "iam:ListUserTags";

/**
 * Why a credential of this user is never touched, read live where it would be done: whatever was decided elsewhere. The
 * policy of our own roles denies the same, by the same tag.
 */
export async function untouchable(api: Api, { handle }: Target): Promise<string | undefined> {
  const { userName = "" } = handle;
  if (/^<?root(_account|-account)?>?$/i.test(userName)) return "never touched: the root user's";
  if (userName.startsWith("leasehold-")) return "never touched: it is Leasehold's own";
  const read = await askAws(READS_TAGS, () => api.send(new ListUserTagsCommand({ UserName: userName }))).catch(
    isMissing,
  );
  if (isTagged(read?.Tags)) return `never touched: its user is tagged ${NEVER_TOUCH}`;
  return read?.IsTruncated ? "never touched: not all tags of its user could be read" : undefined;
}

/** The same of a role, which IAM shows with its tags: a service's own, Identity Center's and ours are never touched. */
export function untouchableRole({ Arn, Tags }: Pick<Role, "Arn" | "Tags">): string | undefined {
  if (isTagged(Tags)) return `never touched: it is tagged ${NEVER_TOUCH}`;
  const because = builtIn({ identity: Arn, tags: [] });
  return because && `never touched: ${because}`;
}

const isTagged = (tags: readonly Tag[] | undefined) =>
  tags?.some(({ Key }) => Key?.toLowerCase() === NEVER_TOUCH) === true;
