import { Fault, Instant, laterBy } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { isSessionKey } from "../../kit/index.ts";
import { lookUp, SESSIONS } from "./lookup.ts";
import { hasTurn, type Run } from "./turns.ts";

/** A session by the key that it was given, and when that was: the key itself says neither by whom nor where. */
export interface Opened {
  readonly key: string;
  readonly at: Instant;
}

const Event = z.object({
  detail: z.object({
    userIdentity: z.object({
      accessKeyId: z.string().check(z.maxLength(128)),
      sessionContext: z.object({ attributes: z.object({ creationDate: Instant }) }),
    }),
  }),
});

export function sessionIn(event: unknown): Opened | undefined {
  const { userIdentity } = Event.safeParse(event).data?.detail ?? {};
  if (userIdentity === undefined || !isSessionKey(userIdentity.accessKeyId)) return undefined;
  return { key: userIdentity.accessKeyId, at: userIdentity.sessionContext.attributes.creationDate };
}

const AROUND = 5; // seconds: the session is dated by AWS when it is issued, and so is the call
const DEEPEST = 4; // sessions opened from sessions

/** The call that opened it, wherever it was made, and those that opened the sessions before it. */
export async function openingOf(run: Run, region: string, session: Opened, depth = 0): Promise<readonly Signal[]> {
  if (depth >= DEEPEST || run.followed.has(session.key)) return [];
  run.followed.add(session.key);
  const found = await foundIn(run, region, session);
  if (found === undefined) return [];
  const before = sessionIn(found);
  const earlier = before === undefined ? [] : await openingOf(run, region, before, depth + 1);
  return [...earlier, ...run.hear(found)];
}

/** Each endpoint of STS is recorded in its own Region: first where it was used, then in the others that are looked in. */
async function foundIn(run: Run, region: string, { key, at }: Opened): Promise<unknown> {
  const window = { from: laterBy(at, -AROUND), to: laterBy(at, AROUND), next: undefined };
  for (const one of [region, ...run.api.regions.filter((other) => other !== region)]) {
    if (!hasTurn(run)) return undefined;
    const looked = await lookUp(run.api.in(one), SESSIONS, window).catch(refusedOrBusy);
    const found = typeof looked === "object" ? looked.events.find((event) => issues(event) === key) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Who opened it is more than what was done in it; what was done is not left behind for that. */
const refusedOrBusy = (error: unknown): undefined => {
  if (!(error instanceof Fault)) throw error;
};

const Issued = z.object({
  detail: z.object({ responseElements: z.object({ credentials: z.object({ accessKeyId: z.string() }) }) }),
});
const issues = (event: unknown): string | undefined =>
  Issued.safeParse(event).data?.detail.responseElements.credentials.accessKeyId;
