import { Fault } from "@leasehold/core/kernel";
import type { Reach } from "@leasehold/core/signal";
import { askAws, isMissing } from "../../../kit/index.ts";
import type { Api } from "../api.ts";

/** One page's look at IAM: what it may not see or saw only in part makes the page no whole one. */
export interface Look {
  readonly api: Api;
  readonly groups: Map<string, Promise<readonly Reach[]>>; // many users share a group: it is asked for once a page
  whole: boolean;
}

export const newLook = (api: Api): Look => ({ api, groups: new Map(), whole: true });

/** As `askPage`, of what comes in one piece: a list that was cut short is no whole one. */
export async function ask<T extends object>(
  look: Look,
  permission: string,
  call: () => Promise<T>,
): Promise<T | undefined> {
  const answer = await askPage(look, permission, call);
  if (answer && "IsTruncated" in answer && answer.IsTruncated === true) look.whole = false; // far above IAM's own quotas
  return answer;
}

/** The answer; undefined where it was refused, or where what is asked about is gone since it was listed. */
export async function askPage<T extends object>(
  look: Look,
  permission: string,
  call: () => Promise<T>,
): Promise<T | undefined> {
  return askAws(permission, call).catch((error: unknown) => {
    if (!(error instanceof Fault) || error.name !== "PermissionMissing") return isMissing(error);
    look.whole = false;
    return undefined;
  });
}
