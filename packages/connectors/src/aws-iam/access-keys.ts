import {
  DeleteAccessKeyCommand,
  GetAccessKeyLastUsedCommand,
  type GetAccessKeyLastUsedResponse,
  ListAccessKeysCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import type { State, Target } from "@leasehold/core/connector";
import { Fault, type Instant, instantOf } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { askAws, isMissing } from "../../kit/index.ts";
import { type Api, readHandle } from "./api.ts";
import type { Switched } from "./down.ts";

const KeyHandle = z.object({ account: z.string(), userName: z.string(), accessKeyId: z.string() });

const HOURS = 3_600; // seconds

/**
 * A session token lives 36 hours at most, and with it a role can be assumed for 12 more; neither ends with the key.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html and API_AssumeRole.html. A role that assumes
 * itself again has no such end: only a deny on the role has.
 */
const LONGEST_SESSION = (36 + 12) * HOURS;

export const accessKeys: Switched = {
  type: "access key",
  short: "key",
  lists: "iam:ListAccessKeys",
  updates: "iam:UpdateAccessKey",
  deletes: "iam:DeleteAccessKey",
  sessions: { longest: LONGEST_SESSION },
  lastUsed: { permission: "iam:GetAccessKeyLastUsed", read: lastUsed },
  see,
  update: (api, target, Status) =>
    askAws("iam:UpdateAccessKey", () => api.send(new UpdateAccessKeyCommand({ ...named(api, target), Status }))),
  remove: (api, target) =>
    askAws("iam:DeleteAccessKey", () => api.send(new DeleteAccessKeyCommand(named(api, target)))),
};

async function see(api: Api, target: Target): Promise<State> {
  const { UserName, AccessKeyId } = named(api, target);
  const listed = await askAws("iam:ListAccessKeys", () => api.send(new ListAccessKeysCommand({ UserName }))).catch(
    isMissing,
  );
  const key = listed?.AccessKeyMetadata?.find((one) => one.AccessKeyId === AccessKeyId);
  // Two keys a user is IAM's limit, so a list that was cut short is one we do not understand.
  if (key === undefined && listed?.IsTruncated) throw new Fault("Unavailable", "the list of keys was cut short");
  return key && { status: key.Status ?? "unknown" };
}

async function lastUsed(api: Api, target: Target): Promise<Instant | null | undefined> {
  const { AccessKeyId } = named(api, target);
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

function named(api: Api, { handle }: Target) {
  const { userName, accessKeyId } = readHandle(api, handle, KeyHandle, "an access key");
  return { UserName: userName, AccessKeyId: accessKeyId };
}
