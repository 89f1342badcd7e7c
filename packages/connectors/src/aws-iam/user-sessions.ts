import {
  type AccessKeyMetadata,
  DeleteUserPolicyCommand,
  GetAccessKeyLastUsedCommand,
  GetLoginProfileCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  ListAccessKeysCommand,
  PutUserPolicyCommand,
  type User,
} from "@aws-sdk/client-iam";
import type { Target } from "@leasehold/core/connector";
import { Fault, type Instant, instantOf } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { askAws, isMissing } from "../../kit/index.ts";
import { usedAt } from "./access-keys.ts";
import { type Api, readHandle } from "./api.ts";
import { type Ended, type Left, PASSWORD, type Written } from "./ended.ts";
import { ENDED_POLICY, USER_SESSIONS } from "./handles.ts";
import { isOpenedSince, type Way } from "./opened.ts";
import { READS_TAGS, untouchable } from "./untouchable.ts";

const UserHandle = z.object({ account: z.string(), userName: z.string(), userId: z.string() });

/**
 * What `GetSessionToken` and `GetFederationToken` gave, and sessions of the console: whatever was issued before is denied
 * everything. A key itself carries no such instant, and goes on. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_disable-perms.html
 */
export const userSessions: Ended = {
  ...{ type: USER_SESSIONS, on: "user", never: untouchable, read, first, left, opened },
  permissions: [
    ...["iam:GetUser", "iam:GetUserPolicy", "iam:GetLoginProfile", READS_TAGS],
    ...["iam:ListAccessKeys", "iam:GetAccessKeyLastUsed", "iam:PutUserPolicy", "iam:DeleteUserPolicy"],
  ],
  policy: (_target, until, left) => ({
    Version: "2012-10-17",
    Statement: [
      {
        ...{
          Sid: `LeaseholdEndSessions${left === undefined ? "" : "ButSignIn"}`,
          Effect: "Deny",
          Action: "*",
          Resource: "*",
        },
        Condition: { DateLessThan: { "aws:TokenIssueTime": until } },
      },
    ],
  }),
  put: (api, target, PolicyDocument) =>
    askAws("iam:PutUserPolicy", () => api.send(new PutUserPolicyCommand({ ...named(api, target), PolicyDocument }))),
  remove: (api, target) =>
    askAws("iam:DeleteUserPolicy", () => api.send(new DeleteUserPolicyCommand(named(api, target)))),
};

/** One that was made again under the name is another user: IAM gives it another id. */
async function read(api: Api, target: Target) {
  const { PolicyName, ...user } = named(api, target);
  if ((await userNow(api, target)) === undefined) return undefined;
  const policy = await askAws("iam:GetUserPolicy", () =>
    api.send(new GetUserPolicyCommand({ ...user, PolicyName })),
  ).catch(isMissing);
  return { document: policy?.PolicyDocument };
}

/** As long as a key is on, whoever has it opens new sessions, which no policy with an instant in it reaches. */
async function first(api: Api, target: Target): Promise<readonly string[]> {
  return (await keysNow(api, target)).flatMap(({ AccessKeyId: id, Status }) =>
    Status === "Active" ? [`the access key ${id} is still on, and opens new ones: switch it off first`] : [],
  );
}

/** It is no reason to wait: whoever is to keep a password may still have sessions that somebody else opened by a key. */
async function left(api: Api, target: Target): Promise<Left | undefined> {
  return (await hasPassword(api, target)) ? PASSWORD : undefined;
}

async function opened(api: Api, target: Target, { until, left }: Written): Promise<boolean> {
  const keys: Way[] = [];
  for (const { AccessKeyId, Status, CreateDate } of await keysNow(api, target))
    keys.push({ on: Status === "Active", made: instant(CreateDate), used: await useOf(api, AccessKeyId) });
  const signedIn = instant((await userNow(api, target))?.PasswordLastUsed);
  const password = { on: await hasPassword(api, target), used: signedIn };
  return isOpenedSince(until, left === PASSWORD ? keys : [...keys, password]);
}

async function useOf(api: Api, AccessKeyId: string | undefined): Promise<Instant | null | undefined> {
  const permission = "iam:GetAccessKeyLastUsed";
  const ask = () => api.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }));
  return usedAt(await askAws(permission, ask).catch(isMissing));
}

async function userNow(api: Api, target: Target): Promise<User | undefined> {
  const { UserName } = named(api, target);
  const found = await askAws("iam:GetUser", () => api.send(new GetUserCommand({ UserName }))).catch(isMissing);
  return found?.User?.UserId === target.handle["userId"] ? found?.User : undefined;
}

async function keysNow(api: Api, target: Target): Promise<readonly AccessKeyMetadata[]> {
  const { UserName } = named(api, target);
  const listed = await askAws("iam:ListAccessKeys", () => api.send(new ListAccessKeysCommand({ UserName }))).catch(
    isMissing,
  );
  if (listed?.IsTruncated) throw new Fault("Unavailable", "the list of keys was cut short");
  return listed?.AccessKeyMetadata ?? [];
}

async function hasPassword(api: Api, target: Target): Promise<boolean> {
  const { UserName } = named(api, target);
  const ask = () => api.send(new GetLoginProfileCommand({ UserName }));
  return (await askAws("iam:GetLoginProfile", ask).catch(isMissing)) !== undefined;
}

const instant = (date: Date | undefined): Instant | undefined => date && instantOf(date.getTime());

function named(api: Api, { handle }: Target) {
  const { userName } = readHandle(api, handle, UserHandle, "a user's sessions");
  return { UserName: userName, PolicyName: ENDED_POLICY };
}
