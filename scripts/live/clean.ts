import {
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeletePolicyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  GetPolicyCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  ListPoliciesCommand,
  ListPolicyTagsCommand,
  ListUsersCommand,
} from "@aws-sdk/client-iam";
import { Fault } from "@leasehold/core/kernel";
import {
  type Canary,
  drawn,
  INLINE,
  LOST,
  markIn,
  missing,
  PATH,
  type Send,
  stands,
  TAG,
  type Where,
} from "./canary.ts";
import { isMade, type Made, noted } from "./fence.ts";
import { isTransient, patiently, type Tools } from "./io.ts";

/** What could not be taken away, each by its name and the class of the reason; nothing where all of it is gone, as read back. */
export async function takenAway(
  send: Send,
  canary: Canary,
  made: Made,
  { unstopped, say }: Tools,
): Promise<readonly string[]> {
  const left: string[] = [];
  const each = async (what: string, work: () => Promise<unknown>) => {
    await patiently(() => work().catch(missing), unstopped, isPassing).catch((error: unknown) => {
      left.push(`${what} (${reasonOf(error)})`);
    });
  };
  const { user: UserName, policyArn: PolicyArn } = canary;
  await each(UserName, () => found(send, canary, made));
  if (isMade(made, "UserName", UserName)) {
    if (isMade(made, "PolicyArn", PolicyArn))
      await each("its quarantine", () => send(new DetachUserPolicyCommand({ UserName, PolicyArn })));
    await each("its inline policy", () => send(new DeleteUserPolicyCommand({ UserName, PolicyName: INLINE })));
    await each("its password", () => send(new DeleteLoginProfileCommand({ UserName })));
    for (const AccessKeyId of made.get("AccessKeyId") ?? [])
      await each("its key", () => send(new DeleteAccessKeyCommand({ UserName, AccessKeyId })));
    await each(UserName, () => send(new DeleteUserCommand({ UserName })));
    await each(UserName, () => gone(() => send(new GetUserCommand({ UserName }))));
  }
  if (isMade(made, "PolicyArn", PolicyArn)) {
    await each(canary.policyName, () => send(new DeletePolicyCommand({ PolicyArn })));
    await each(canary.policyName, () => gone(() => send(new GetPolicyCommand({ PolicyArn }))));
  }
  if (left.length === 0) say("cleaned up: what this run made is gone, as read back");
  return [...new Set(left)];
}

/** What was made though the answer was lost: the mark of this canary, which nobody else has, is on it. */
async function found(send: Send, canary: Canary, made: Made): Promise<void> {
  const { user: UserName, policyArn: PolicyArn } = canary;
  if (!isMade(made, "PolicyArn", PolicyArn) && (await isMarked(send, canary))) noted(made, "PolicyArn", PolicyArn);
  if (!isMade(made, "UserName", UserName) && (await stands(send, canary))) {
    noted(made, "UserName", UserName);
    noted(made, "PolicyName", INLINE);
  }
  if (isMade(made, "UserName", UserName) && !made.has("AccessKeyId")) {
    const keys = await send(new ListAccessKeysCommand({ UserName })).catch(missing);
    for (const { AccessKeyId = "" } of keys?.AccessKeyMetadata ?? []) noted(made, "AccessKeyId", AccessKeyId);
  }
  for (const field of made.get(LOST) ?? []) if (!made.has(field)) throw new Unseen();
}

async function isMarked(send: Send, { policyArn: PolicyArn, mark }: Canary): Promise<boolean> {
  const tags = await send(new ListPolicyTagsCommand({ PolicyArn })).catch(missing);
  return tags?.Tags?.some(({ Key, Value }) => Key === TAG && Value === mark) === true;
}

class Still extends Error {}
class Unseen extends Error {}

/** IAM answers reads from replicas: what was just deleted may still be told of for a while. */
async function gone(read: () => Promise<unknown>): Promise<void> {
  if ((await read().catch(missing)) !== undefined) throw new Still("it is still there");
}

const isPassing = (error: unknown): boolean =>
  error instanceof Still ||
  error instanceof Unseen ||
  isTransient(error) ||
  /^DeleteConflict/.test((error as Error).name);

function reasonOf(error: unknown): string {
  if (error instanceof Still) return "still there";
  if (error instanceof Unseen) return "may stand: an answer was lost, and it is not seen";
  const permission = error instanceof Fault ? error.facts["permission"] : undefined;
  return permission === undefined ? String((error as Partial<Error>).name) : `${permission} is refused`;
}

const RESTS = 15 * 60_000; // milliseconds: a younger one may be another run's, which is still at it

export interface LeftOver {
  readonly canary: Canary;
  readonly young: boolean;
}

/** Canaries of earlier runs: name, path and tag agree, or it is none. */
export async function leftOvers(send: Send, where: Where, now: number): Promise<readonly LeftOver[]> {
  const since = new Map<string, number>(); // by mark
  const met = (mark: string, made: Date | undefined) =>
    since.set(mark, Math.max(since.get(mark) ?? 0, made?.getTime() ?? now));
  for (const { UserName = "", CreateDate } of await usersOf(send)) {
    const mark = markIn(UserName);
    if (mark !== undefined && (await stands(send, drawn(where, mark)))) met(mark, CreateDate);
  }
  for (const { PolicyName, CreateDate } of await policiesOf(send)) {
    const mark = markIn(PolicyName);
    if (mark !== undefined && (await isMarked(send, drawn(where, mark)))) met(mark, CreateDate);
  }
  return [...since].map(([mark, made]) => ({ canary: drawn(where, mark), young: now - made < RESTS }));
}

async function usersOf(send: Send) {
  return all(async (from) => {
    const { Users = [], IsTruncated, Marker } = await send(new ListUsersCommand({ PathPrefix: PATH, ...from }));
    return { items: Users, next: IsTruncated ? Marker : undefined };
  });
}

async function policiesOf(send: Send) {
  return all(async (from) => {
    const { Policies = [], IsTruncated, Marker } = await send(new ListPoliciesCommand({ Scope: "Local", ...from }));
    return { items: Policies, next: IsTruncated ? Marker : undefined };
  });
}

async function all<T>(
  page: (from: {
    readonly Marker?: string;
  }) => Promise<{ readonly items: readonly T[]; readonly next: string | undefined }>,
): Promise<readonly T[]> {
  const items: T[] = [];
  let next: string | undefined;
  do {
    const got = await page(next === undefined ? {} : { Marker: next });
    items.push(...got.items);
    next = got.next;
  } while (next !== undefined);
  return items;
}
