import { NEVER_TOUCH } from "@leasehold/core/signal";
import { type Place, thingsOf } from "./place.ts";

/**
 * The calls that answer with a value which opens something. No role of ours may make one, whatever else it is given:
 * this list is attached to every function's role. test/architecture/grants.test.ts holds it against the SDK's own clients.
 */
export const DENIED = [
  "appsync:ListApiKeys",
  "bedrock-agentcore:CreateHarness",
  "bedrock-agentcore:DeleteHarness",
  "bedrock-agentcore:GetAgentRuntime",
  "bedrock-agentcore:GetHarness",
  "bedrock-agentcore:GetResourceApiKey",
  "bedrock-agentcore:GetResourceOauth2Token",
  "bedrock-agentcore:GetResourcePaymentToken",
  "bedrock-agentcore:GetWorkloadAccessToken",
  "bedrock-agentcore:GetWorkloadAccessTokenForJWT",
  "bedrock-agentcore:GetWorkloadAccessTokenForUserId",
  "bedrock-agentcore:UpdateHarness",
  "codeartifact:GetAuthorizationToken",
  "cognito-identity:GetCredentialsForIdentity",
  "cognito-identity:GetOpenIdTokenForDeveloperIdentity",
  "cognito-idp:AdminInitiateAuth",
  "cognito-idp:DescribeUserPoolClient",
  "connect:GetFederationToken",
  "ec2:GetPasswordData",
  "ecr-public:GetAuthorizationToken",
  "ecr:GetAuthorizationToken",
  "iam:AcceptDelegationRequest",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:CreateServiceSpecificCredential",
  "iam:CreateVirtualMFADevice",
  "iam:ListVirtualMFADevices",
  "iam:ResetServiceSpecificCredential",
  "iam:SendDelegationToken",
  "iam:UpdateLoginProfile",
  "iot:AssumeRoleWithCertificate",
  "iot:CreateKeysAndCertificate",
  "iot:CreateProvisioningClaim",
  "lambda:CheckpointDurableExecution",
  "lambda:CreateFunction",
  "lambda:GetDurableExecution",
  "lambda:GetDurableExecutionHistory",
  "lambda:GetDurableExecutionState",
  "lambda:GetFunction",
  "lambda:GetFunctionConfiguration",
  "lambda:ListFunctions",
  "lambda:ListVersionsByFunction",
  "lambda:PublishVersion",
  "lambda:UpdateFunctionCode",
  "lambda:UpdateFunctionConfiguration",
  "lightsail:DownloadDefaultKeyPair",
  "lightsail:GetInstanceAccessDetails",
  "lightsail:GetRelationalDatabaseMasterUserPassword",
  "redshift-serverless:GetCredentials",
  "redshift:GetClusterCredentials",
  "redshift:GetClusterCredentialsWithIAM",
  "s3:CreateSession",
  "secretsmanager:BatchGetSecretValue",
  "secretsmanager:GetRandomPassword",
  "ssm:GetAccessToken",
  "ssm:GetMaintenanceWindowExecutionTask",
  "ssm:GetMaintenanceWindowExecutionTaskInvocation",
  "ssm:GetMaintenanceWindowTask",
  "ssm:GetParameter",
  "ssm:GetParameterHistory",
  "ssm:GetParameters",
  "ssm:GetParametersByPath",
  "ssm:ListCommands",
  "ssm:SendCommand",
  "sso:GetRoleCredentials",
  "states:GetActivityTask",
  "states:GetExecutionHistory",
  "states:TestState",
  "sts:AssumeRoot",
  "sts:GetDelegatedAccessToken",
  "sts:GetFederationToken",
  "sts:GetSessionToken",
  "sts:GetWebIdentityToken",
] as const;

/** Those of which one use is ours. `kms:Decrypt` is not here: Lambda reads a function's environment with its role's own grant. */
export const DENIED_BUT = {
  "secretsmanager:GetSecretValue": "our own secrets' prefix",
  "sts:AssumeRole": "the roles that the settings name",
} as const;

export interface Policy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly object[];
}

/** What takes an identity or its credentials down. Never where somebody has tagged it so, and never where it is our own. */
const TAKES_DOWN = [
  "iam:AttachRolePolicy",
  "iam:AttachUserPolicy",
  "iam:DeleteAccessKey",
  "iam:DeleteLoginProfile",
  "iam:DeleteSSHPublicKey",
  "iam:DeleteServiceSpecificCredential",
  "iam:DeleteSigningCertificate",
  "iam:UpdateAccessKey",
  "iam:UpdateSSHPublicKey",
  "iam:UpdateServiceSpecificCredential",
  "iam:UpdateSigningCertificate",
] as const;
/** Roles that AWS keeps for its services and for Identity Center. */
const AWS_OWN = ["aws-service-role", "aws-reserved"];
/** What AWS attaches by itself to a user whose key it found in public is never ours to attach or take away. */
const POLICIES = ["iam:AttachUserPolicy", "iam:DetachUserPolicy"] as const;
const AWS_QUARANTINE = { ArnLike: { "iam:PolicyARN": "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantine*" } };
const NEVER = { Null: { [`iam:ResourceTag/${NEVER_TOUCH}`]: "false" } }; // the tag is there, whatever its value

/** The policy on every role that looks or acts. `roles` and `secrets`: what is ours to take on and to read, for all else is denied too. */
export function denied(
  place: Place,
  roles: readonly string[],
  secrets: readonly string[] = [thingsOf(place).allSecrets],
): Policy {
  const { arn } = thingsOf(place);
  const but = (these: readonly string[]) =>
    these.length === 0 ? { Resource: ["*"] } : { NotResource: [...new Set(these)].sort() };
  const deny = (Action: string, rest: object) => ({ Effect: "Deny", Action: [Action], ...rest });
  return {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Deny", Action: [...DENIED], Resource: ["*"] },
      { Effect: "Deny", Action: [...TAKES_DOWN], Resource: ["*"], Condition: NEVER },
      {
        Effect: "Deny",
        Action: [...TAKES_DOWN],
        Resource: [arn("iam", "user/leasehold-*", ""), arn("iam", "role/leasehold-*", "")],
      },
      deny("iam:AttachRolePolicy", { Resource: AWS_OWN.map((path) => arn("iam", `role/${path}/*`, "")) }),
      { Effect: "Deny", Action: [...POLICIES], Resource: ["*"], Condition: AWS_QUARANTINE },
      deny("secretsmanager:GetSecretValue", but(secrets)),
      deny("sts:AssumeRole", but(roles)),
    ],
  };
}

/** What a quarantined identity is given, and what alone our roles may attach or take away: it may do nothing at all. */
export const QUARANTINE: Policy = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: ["*"], Resource: ["*"] }],
};
