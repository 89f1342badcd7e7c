import { verbOf } from "@leasehold/connectors/kit";
import type { Lister, Page } from "@leasehold/core/connector";
import { MONDAY } from "../support/clock.ts";
import { isAnswered } from "./coverage.ts";

/** Every page of it, to its end. */
export async function everything<Api>(lister: Lister<Api>, api: Api): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let cursor: string | undefined;
  do {
    const page = await lister.page(api, cursor, MONDAY);
    pages.push(page);
    cursor = page.next;
  } while (cursor !== undefined);
  return pages;
}

/** What moto does not answer is answered here, with nothing: there is nothing of it in moto's account. */
export function nothingForUnanswered(service: string, send: (command: never) => Promise<unknown>) {
  return async (command: never): Promise<unknown> => (isAnswered(`${service}:${verbOf(command)}`) ? send(command) : {});
}
