import { Fault } from "@leasehold/core/kernel";
import { askAws, isMissing } from "../../../kit/index.ts";
import type { Api } from "../api.ts";

/** One page's look at IAM: what it may not see or saw only in part makes the page no whole one. */
export interface Look {
  readonly api: Api;
  whole: boolean;
}

export const newLook = (api: Api): Look => ({ api, whole: true });

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
async function askPage<T extends object>(
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

interface Paged {
  readonly IsTruncated?: boolean | undefined;
  readonly Marker?: string | undefined;
}

const MOST_PAGES = 200; // of things that an account shares: more is a list that does not end

/** Every page of it. Where one is refused, or does not say where the next begins, the look is no whole one. */
export async function askAll<T extends Paged>(
  look: Look,
  permission: string,
  call: (from: { readonly Marker?: string }) => Promise<T>,
): Promise<readonly T[]> {
  const pages: T[] = [];
  let marker: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const at = marker;
    const answer = await askPage(look, permission, () => call(at === undefined ? {} : { Marker: at }));
    if (answer === undefined) return pages;
    pages.push(answer);
    if (!answer.IsTruncated) return pages;
    if (answer.Marker === undefined) break;
    marker = answer.Marker;
  }
  look.whole = false;
  return pages;
}
