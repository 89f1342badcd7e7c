import {
  DeleteAccessKeyCommand,
  GetAccessKeyLastUsedCommand,
  type GetAccessKeyLastUsedResponse,
  type IAMClient,
  ListAccessKeysCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import {
  type Action,
  draw,
  type Handle,
  type Plan,
  type Receipt,
  type State,
  same,
  type Target,
  type Verb,
} from "@leasehold/core/connector";
import { badInput, Fault, type Instant, instantOf } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { askAws, isMissing } from "../../kit/index.ts";

/** IAM, and the account that it answers for: a handle of any other is refused, so that *not found* cannot mean *the wrong place*. */
export interface Api extends Pick<IAMClient, "send"> {
  readonly account: string;
}

const KeyHandle = z.object({ account: z.string(), userName: z.string(), accessKeyId: z.string() });
const ON: State = { status: "Active" };
const OFF: State = { status: "Inactive" };
const GONE: State = undefined;

const accessKey = { credential: "access key", blast: "credential", settlesAfter: 10, see } as const; // IAM answers reads from replicas

// IAM cannot deny one key: a policy falls on the whole user. So a key has no quarantine; it goes from flagged to disabled.
const disable: Action<Api> = {
  ...accessKey,
  verb: "disable",
  reversibility: "R1",
  permissions: ["iam:ListAccessKeys", "iam:UpdateAccessKey", "iam:GetAccessKeyLastUsed"],
  plan: (api, target) => look(api, "disable", target, OFF),
  apply,
  verify: async (api, { target, after }) => {
    const seen = await see(api, target);
    // Gone is not what we did: until a deletion event or a whole list agrees, we may be looking in the wrong place.
    return { verdict: same(seen, after) ? "confirmed" : same(seen, GONE) ? "unconfirmed" : "still alive", seen };
  },
  lastUsed,
};

const erase: Action<Api> = {
  ...accessKey,
  verb: "delete",
  reversibility: "R3",
  permissions: ["iam:ListAccessKeys", "iam:DeleteAccessKey"],
  plan: (api, target) => look(api, "delete", target, GONE),
  apply,
  verify: async (api, { target }) => {
    const seen = await see(api, target);
    return { verdict: same(seen, GONE) ? "confirmed" : "still alive", seen };
  },
};

export const actions = [disable, erase];

/** Whether a call changes something at IAM. */
export const isChange = (command: unknown): boolean =>
  command instanceof UpdateAccessKeyCommand || command instanceof DeleteAccessKeyCommand;

async function look(api: Api, verb: Verb, target: Target, wanted: State): Promise<Plan> {
  const seen = await see(api, target);
  return draw({ verb, target, before: seen ?? {}, wanted, alsoAffects: [], refusals: refusalsOf(seen, wanted) });
}

/** What we could not bring back is not switched off: a key that expired, or a state word that IAM did not have when this was written. */
function refusalsOf(seen: State, wanted: State): readonly string[] {
  if (seen === undefined) return ["the key no longer exists"];
  if (wanted !== undefined && !same(seen, ON) && !same(seen, OFF)) return ["the key is neither on nor off"];
  return [];
}

/** Looks again, compares, changes only what differs. Between this look and the call nobody can hold IAM still; `verify` looks once more. */
async function apply(api: Api, { verb, target, before, wanted }: Plan): Promise<Receipt> {
  const now = await see(api, target);
  const receipt = { verb, target, before, after: wanted, changed: !same(before, wanted) };
  if (same(now, wanted)) return { ...receipt, adopted: receipt.changed };
  if (!same(now, before)) throw new Fault("StalePlan", "the key changed since it was looked at");
  await put(api, target, wanted);
  return { ...receipt, adopted: false };
}

async function put(api: Api, target: Target, to: State): Promise<void> {
  const { userName: UserName, accessKeyId: AccessKeyId } = read(api, target.handle);
  if (to === undefined) {
    await askAws("iam:DeleteAccessKey", () => api.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId })));
    return;
  }
  if (!same(to, ON) && !same(to, OFF))
    throw badInput("a key can be set to Active or Inactive only", { where: "wanted" });
  const Status = same(to, ON) ? "Active" : "Inactive";
  await askAws("iam:UpdateAccessKey", () => api.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status })));
}

async function see(api: Api, target: Target): Promise<State> {
  const { userName: UserName, accessKeyId } = read(api, target.handle);
  const listed = await askAws("iam:ListAccessKeys", () => api.send(new ListAccessKeysCommand({ UserName }))).catch(
    isMissing,
  );
  const key = listed?.AccessKeyMetadata?.find((one) => one.AccessKeyId === accessKeyId);
  // Two keys a user is IAM's limit, so a list that was cut short is one we do not understand.
  if (key === undefined && listed?.IsTruncated) throw new Fault("Unavailable", "the list of keys was cut short");
  return key && { status: key.Status ?? "unknown" };
}

async function lastUsed(api: Api, target: Target): Promise<Instant | null | undefined> {
  const { accessKeyId: AccessKeyId } = read(api, target.handle);
  const answer = await askAws("iam:GetAccessKeyLastUsed", () =>
    api.send(new GetAccessKeyLastUsedCommand({ AccessKeyId })),
  ).catch(isMissing);
  return usedAt(answer);
}

/** Null is never; undefined is that IAM did not say. */
export function usedAt(answer: GetAccessKeyLastUsedResponse | undefined): Instant | null | undefined {
  if (answer?.AccessKeyLastUsed === undefined) return undefined;
  const used = answer.AccessKeyLastUsed.LastUsedDate;
  return used === undefined ? null : instantOf(used.getTime());
}

function read(api: Api, handle: Handle) {
  const { success, data } = KeyHandle.safeParse(handle);
  if (!success) throw badInput("this is no handle of an access key", { where: "handle" });
  if (data.account !== api.account)
    throw badInput("the key is of another account than this connector", { where: "handle.account" });
  return data;
}
