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

/** Who looks for openings. `cut`: one was not looked for to its end, for want of time or because CloudTrail was busy. */
export interface Seeking {
  readonly run: Run;
  readonly region: string;
  cut: boolean;
}

/** The call that opened it, wherever it was made, and those that opened the sessions before it. */
export async function openingOf(seeking: Seeking, session: Opened, depth = 0): Promise<readonly Signal[]> {
  const { run } = seeking;
  if (depth >= DEEPEST || run.followed.has(session.key)) return [];
  run.followed.add(session.key);
  const found = await lookedFor(seeking, session);
  if (found === undefined) return [];
  const before = sessionIn(found);
  const earlier = before === undefined ? [] : await openingOf(seeking, before, depth + 1);
  return [...earlier, ...run.hear(found)];
}

/** Each endpoint of STS is recorded in its own Region: first where it was used, then in the others that are looked in. */
async function lookedFor(seeking: Seeking, session: Opened): Promise<unknown> {
  const { run, region } = seeking;
  for (const one of [region, ...run.api.regions.filter((other) => other !== region)]) {
    const found = await foundIn(seeking, one, session);
    if (found !== undefined) return found;
  }
  return undefined;
}

const PAGES = 4; // of those seconds in one Region

async function foundIn(seeking: Seeking, region: string, { key, at }: Opened): Promise<unknown> {
  const { run } = seeking;
  const [from, to] = [laterBy(at, -AROUND), laterBy(at, AROUND)];
  let next: string | undefined;
  for (let left = PAGES; left > 0; left -= 1) {
    if (!hasTurn(run)) {
      seeking.cut = true;
      return undefined;
    }
    const looked = await lookUp(run.api.in(region), SESSIONS, { from, to, next }).catch((error: unknown) => {
      seeking.cut ||= isBusy(error);
    });
    if (typeof looked !== "object") return undefined;
    const found = looked.events.find((event) => issues(event) === key);
    if (found !== undefined || looked.next === undefined) return found;
    next = looked.next;
  }
  return undefined;
}

/** Who opened it is more than what was done in it; what was done is not left behind for that. */
const isBusy = (error: unknown): boolean => !(error instanceof Fault && error.name === "PermissionMissing");

const Issued = z.object({
  detail: z.object({ responseElements: z.object({ credentials: z.object({ accessKeyId: z.string() }) }) }),
});
const issues = (event: unknown): string | undefined =>
  Issued.safeParse(event).data?.detail.responseElements.credentials.accessKeyId;
