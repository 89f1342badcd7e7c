import { ownKey } from "./acts.ts";
import { dice } from "./dice.ts";
import type { Happened, Human, Planned } from "./model.ts";
import { ACCOUNT, DAY, NOW, seconds } from "./places.ts";
import { principalId, roleArn, userArn } from "./vendor-ids.ts";

export interface Made {
  readonly planned: Planned;
  readonly told: Happened;
}

interface Listed {
  readonly userName: string;
  readonly createdAt: number;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  readonly key: string | undefined;
  readonly bedrock: string | undefined;
}

/** Every IAM user that exists today: those of people, of agents, and the phantoms of Bedrock. */
function users(people: readonly Human[], made: readonly Made[]): readonly Listed[] {
  const own = people.filter(({ iamUser }) => iamUser !== undefined);
  return [
    ...own.map((one) => ({
      ...{ userName: one.iamUser ?? "", createdAt: one.joins, tags: [], key: ownKey(one), bedrock: undefined },
    })),
    ...made.filter(({ planned }) => planned.path !== "oauth").map(ofAgent),
  ];
}

function ofAgent({ planned, told: { handles } }: Made): Listed {
  const phantom = planned.path === "bedrock";
  const tags = [
    ...(phantom ? [] : [{ Key: "agent", Value: planned.agent }]),
    ...(planned.tag === undefined ? [] : [{ Key: "owner", Value: planned.tag.value }]),
  ];
  const userName = handles.holder.split("/").at(-1) ?? "";
  return {
    userName,
    createdAt: planned.at,
    tags,
    key: handles.accessKeyId,
    bedrock: handles.serviceSpecificCredentialId,
  };
}

/** As the calls of IAM answer: the account's details, every user's keys, Bedrock's keys, and the credential report. */
export function inventory(people: readonly Human[], made: readonly Made[], roles: readonly string[]) {
  const all = users(people, made);
  return {
    authorizationDetails: { UserDetailList: all.map(userDetail), RoleDetailList: roles.map(roleDetail) },
    accessKeys: all.flatMap(({ userName, key, createdAt }) =>
      key === undefined
        ? []
        : [{ UserName: userName, AccessKeyId: key, Status: "Active", CreateDate: seconds(createdAt + 120_000) }],
    ),
    serviceCredentials: all.flatMap(({ userName, bedrock, createdAt }) =>
      bedrock === undefined ? [] : [serviceCredential(userName, bedrock, createdAt)],
    ),
    credentialReport: [REPORT.join(","), ...all.map(reportLine)].join("\n"),
  };
}

const userDetail = ({ userName, createdAt, tags, bedrock }: Listed): object => ({
  ...{ Path: "/", UserName: userName, UserId: principalId("AIDA", userName), Arn: userArn(userName) },
  ...{ CreateDate: seconds(createdAt), GroupList: bedrock === undefined ? ["agents"] : [], Tags: tags },
  AttachedManagedPolicies:
    bedrock === undefined
      ? []
      : [{ PolicyName: "AmazonBedrockLimitedAccess", PolicyArn: "arn:aws:iam::aws:policy/AmazonBedrockLimitedAccess" }],
});

const SERVICES = ["lambda.amazonaws.com", "ecs-tasks.amazonaws.com", "ec2.amazonaws.com", "states.amazonaws.com"];

function roleDetail(name: string): object {
  const from = dice("role", name);
  return {
    ...{ Path: "/", RoleName: name, RoleId: principalId("AROA", name), Arn: roleArn(name) },
    CreateDate: seconds(NOW - from.between(100, 1_400) * DAY),
    AssumeRolePolicyDocument: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: from.one(SERVICES) }, Action: "sts:AssumeRole" }],
    },
    ...{ InstanceProfileList: [], RolePolicyList: [], AttachedManagedPolicies: [], Tags: [], RoleLastUsed: {} },
  };
}

const serviceCredential = (UserName: string, id: string, at: number): object => ({
  ...{ UserName, Status: "Active", CreateDate: seconds(at), ExpirationDate: seconds(at + 90 * DAY) },
  ...{ ServiceName: "bedrock.amazonaws.com", ServiceCredentialAlias: `${UserName}-at-${ACCOUNT}` },
  ServiceSpecificCredentialId: id,
});

const REPORT = [
  ...["user", "arn", "user_creation_time", "password_enabled", "password_last_used", "password_last_changed"],
  ...["password_next_rotation", "mfa_active"],
  ...[1, 2].flatMap((nth) =>
    ["active", "last_rotated", "last_used_date", "last_used_region", "last_used_service"].map(
      (of) => `access_key_${nth}_${of}`,
    ),
  ),
  ...["cert_1_active", "cert_1_last_rotated", "cert_2_active", "cert_2_last_rotated"],
];

function reportLine({ userName, createdAt, key }: Listed): string {
  const used = dice("used", userName).chance(0.8);
  const one =
    key === undefined
      ? ["false", "N/A", "N/A", "N/A", "N/A"]
      : ["true", seconds(createdAt + 120_000), ...use(used, userName)];
  return [
    ...[userName, userArn(userName), seconds(createdAt), "false", "N/A", "N/A", "N/A", "false"],
    ...[...one, "false", "N/A", "N/A", "N/A", "N/A", "false", "N/A", "false", "N/A"],
  ].join(",");
}

const use = (used: boolean, userName: string): readonly string[] =>
  used
    ? [seconds(NOW - dice("last use", userName).between(1, 60) * DAY), "eu-west-1", "bedrock"]
    : ["N/A", "N/A", "N/A"];
