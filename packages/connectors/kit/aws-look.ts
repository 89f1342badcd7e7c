import { Fault } from "@leasehold/core/kernel";
import { askAws, isMissing } from "./aws.ts";

/** One page's look: what it may not see, or saw only in part, makes the page no whole one. */
export interface Looking {
  whole: boolean;
}

/** The answer; undefined where it was refused, or where what is asked about is gone since it was listed. */
export async function lookAt<T extends object>(
  look: Looking,
  permission: string,
  call: () => Promise<T>,
): Promise<T | undefined> {
  return askAws(permission, call).catch((error: unknown) => {
    if (!(error instanceof Fault) || error.name !== "PermissionMissing") return isMissing(error);
    look.whole = false;
    return undefined;
  });
}

const MOST_PAGES = 100; // more is a list that we do not understand

/** A list of some pages, all at once. Cut short, refused or without an end, it is what was seen of it, and the look is not whole. */
export async function lookAtAll<T extends { readonly nextToken?: string | undefined }>(
  look: Looking,
  permission: string,
  call: (nextToken: string | undefined) => Promise<T>,
): Promise<readonly T[]> {
  const pages: T[] = [];
  let token: string | undefined;
  for (let n = 0; n < MOST_PAGES; n += 1) {
    const page = await lookAt(look, permission, () => call(token));
    if (page === undefined) return pages;
    pages.push(page);
    token = page.nextToken;
    if (token === undefined) return pages;
  }
  look.whole = false;
  return pages;
}

/** Each in its turn, a few at a time. */
export async function fewAtOnce<T, R>(items: readonly T[], each: (item: T) => Promise<R>): Promise<readonly R[]> {
  const done: R[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE)
    done.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(each))));
  return done;
}

const AT_ONCE = 4;
