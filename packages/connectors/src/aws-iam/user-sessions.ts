import {
  DeleteUserPolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  ListAccessKeysCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import type { Target } from "@leasehold/core/connector";
import { Fault } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { askAws, isMissing } from "../../kit/index.ts";
import { type Api, readHandle } from "./api.ts";
import { ENDED_POLICY, USER_SESSIONS } from "./handles.ts";
import type { Ended } from "./inline-deny.ts";
import { READS_TAGS, untouchable } from "./untouchable.ts";

const UserHandle = z.object({ account: z.string(), userName: z.string(), userId: z.string() });

/**
 * What `GetSessionToken` and `GetFederationToken` gave, and sessions of the console: whatever was issued before now is denied
 * everything. A key itself carries no such instant, and goes on. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_disable-perms.html
 */
export const userSessions: Ended = {
  ...{ type: USER_SESSIONS, on: "user", never: untouchable, read, first },
  permissions: [
    ...["iam:GetUser", "iam:GetUserPolicy", "iam:ListAccessKeys", READS_TAGS],
    ...["iam:PutUserPolicy", "iam:DeleteUserPolicy"],
  ],
  policy: (_target, now) => ({
    Version: "2012-10-17",
    Statement: [
      {
        ...{ Sid: "LeaseholdEndSessions", Effect: "Deny", Action: "*", Resource: "*" },
        Condition: { DateLessThan: { "aws:TokenIssueTime": now } },
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
  const found = await askAws("iam:GetUser", () => api.send(new GetUserCommand(user))).catch(isMissing);
  if (found?.User?.UserId !== target.handle["userId"]) return undefined;
  const policy = await askAws("iam:GetUserPolicy", () =>
    api.send(new GetUserPolicyCommand({ ...user, PolicyName })),
  ).catch(isMissing);
  return { document: policy?.PolicyDocument };
}

/** As long as a key is on, whoever has it opens new sessions, which no policy with an instant in it reaches. */
async function first(api: Api, target: Target): Promise<readonly string[]> {
  const { UserName } = named(api, target);
  const listed = await askAws("iam:ListAccessKeys", () => api.send(new ListAccessKeysCommand({ UserName }))).catch(
    isMissing,
  );
  if (listed?.IsTruncated) throw new Fault("Unavailable", "the list of keys was cut short");
  return (listed?.AccessKeyMetadata ?? []).flatMap(({ AccessKeyId: id, Status }) =>
    Status === "Active" ? [`the access key ${id} is still on, and opens new ones: switch it off first`] : [],
  );
}

function named(api: Api, { handle }: Target) {
  const { userName } = readHandle(api, handle, UserHandle, "a user's sessions");
  return { UserName: userName, PolicyName: ENDED_POLICY };
}
