import { eventsOf, type RouteEvents } from "./model.ts";

const { real, but } = eventsOf("aws-sts");

export const awsSts: readonly RouteEvents[] = [
  {
    ...{ connector: "aws-sts", route: "credential-issued", n: 0 },
    matches: [
      real("assume-role"),
      real("assume-root"),
      real("assume-role-with-saml"),
      real("assume-role-with-web-identity-of-a-pipeline"),
      real("get-federation-token"),
      real("get-session-token"),
      real("assume-role-refused"), // what was refused is told as refused
      but("assume-role", { region: "us-east-1", account: "444455556666" }),
    ],
    misses: [
      but("assume-role", { source: "aws.iam" }),
      but("assume-role", { source: "aws.sts2" }),
      but("assume-role", { "detail-type": "AWS Service Event via CloudTrail" }),
      but("assume-role", { "detail-type": "AWS API call via CloudTrail" }), // case counts
      but("assume-role", {}, { eventSource: "iam.amazonaws.com" }),
      but("assume-role", {}, { eventSource: "sts.amazonaws.com.cn" }),
      but("assume-role", {}, { eventName: "GetCallerIdentity" }),
      but("assume-role", {}, { eventName: "AssumeRoles" }),
      but("assume-role", {}, { eventName: "GetDelegatedAccessToken" }),
      but("get-session-token", {}, { eventName: "GetAccessKeyInfo" }),
    ],
  },
  {
    ...{ connector: "aws-sts", route: "credential-issued", n: 1 },
    matches: [
      real("create-token"),
      real("create-token-of-nobody"), // it is read, and is nobody's
      but("create-token", { region: "us-east-2", account: "444455556666" }),
    ],
    misses: [
      but("create-token", { source: "aws.sso-directory" }),
      but("create-token", { source: "aws.sts" }),
      but("create-token", { "detail-type": "AWS Service Event via CloudTrail" }),
      but("create-token", {}, { eventSource: "sso-oauth.amazonaws.com" }),
      but("create-token", {}, { eventName: "GetRoleCredentials" }), // its record hides the key that it gives
      but("create-token", {}, { eventName: "CreateTokenWithIAM" }),
      but("create-token", {}, { responseElements: null }), // asked for, and not given yet
      but("create-token", {}, { responseElements: { expiresIn: 28_800, tokenType: "N_A" } }),
    ],
  },
];
