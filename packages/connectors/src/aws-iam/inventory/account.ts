import { ListServiceSpecificCredentialsCommand, type ServiceSpecificCredentialMetadata } from "@aws-sdk/client-iam";
import { hoursBetween, type Instant } from "@leasehold/core/kernel";
import type { Reach } from "@leasehold/core/signal";
import type { Api } from "../api.ts";
import { askReport, type Report } from "./ask-report.ts";
import { askAll, type Look, newLook } from "./look.ts";
import type { Holder } from "./reach.ts";
import { reachOfAll } from "./shared.ts";

/** What is the same for every page of a list: asked once, and again by a process that goes on with a list of another. */
export interface Account {
  readonly reach: (holder: Holder) => Reach;
  readonly services: ReadonlyMap<string, readonly ServiceSpecificCredentialMetadata[]>; // by user
  readonly report: Report | undefined; // undefined: every user is asked about all
  readonly readAt: Instant;
  readonly whole: boolean;
}

const HOUR = 1; // a list of a large account takes longer, and then it is read anew
const accounts = new WeakMap<Api, Account>();

/** `look` becomes no whole one where this is none. */
export async function accountOfLook(look: Look, now: Instant, begins: boolean): Promise<Account> {
  const kept = begins ? undefined : accounts.get(look.api);
  const account = kept !== undefined && hoursBetween(kept.readAt, now) < HOUR ? kept : await read(look.api, now);
  accounts.set(look.api, account);
  if (!account.whole) look.whole = false;
  return account;
}

async function read(api: Api, readAt: Instant): Promise<Account> {
  const look = newLook(api);
  const report = await askReport(look, readAt);
  const reach = await reachOfAll(look);
  const services = await servicesOfAll(look);
  return { reach, services, report, readAt, whole: look.whole };
}

/** One call for all users, and not one for each: most have none. */
async function servicesOfAll(look: Look): Promise<Account["services"]> {
  const pages = await askAll(look, "iam:ListServiceSpecificCredentials", (from) =>
    look.api.send(new ListServiceSpecificCredentialsCommand({ AllUsers: true, ...from })),
  );
  const services = new Map<string, ServiceSpecificCredentialMetadata[]>();
  for (const one of pages.flatMap(({ ServiceSpecificCredentials = [] }) => ServiceSpecificCredentials)) {
    const ofUser = services.get(one.UserName ?? "");
    if (ofUser === undefined) services.set(one.UserName ?? "", [one]);
    else ofUser.push(one);
  }
  return services;
}

/** The oldest of what a page rests on, where that is older than the look. */
export function asOfPage({ readAt, report }: Account, now: Instant): Instant | undefined {
  const oldest = report !== undefined && report.madeAt < readAt ? report.madeAt : readAt;
  return oldest < now ? oldest : undefined;
}
