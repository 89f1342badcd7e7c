import { createRequire } from "node:module";
import type { Connector } from "@leasehold/core/connector";
import { machines } from "@leasehold/workflows";
import { describe, expect, it } from "vitest";
import { bind } from "../../stacks/tables/bind.ts";
import { DENIED, DENIED_BUT, denied } from "../../stacks/tables/denied.ts";
import { checkGiven, type Given } from "../../stacks/tables/given.ts";
import { lambdasOf, stageOf } from "../../stacks/tables/lambdas.ts";
import { thingsOf } from "../../stacks/tables/place.ts";
import { inputOf, routingOf } from "../../stacks/tables/routing.ts";
import { forSteps, forVendor } from "../../stacks/tables/shipped.ts";
import { rightsOf, vendorGrants, verbsOf } from "../../stacks/tables/vendors.ts";
import { watchedOn } from "../../stacks/tables/watched.ts";
import home, { alone } from "../../test/infra/stages/home.config.ts";
import hub from "../../test/infra/stages/hub.config.ts";
import { answering } from "./answering.ts";
import { OF_AGENTS } from "./harmless-agents.ts";
import { hand, linkedAs, planted } from "./planted.ts";

const PLACE = { stage: "prod", account: "111122223333", region: "eu-central-1" };

describe("calls that answer with something that the SDK calls sensitive", () => {
  const require = createRequire(import.meta.url);
  const sts = require("@aws-sdk/nested-clients/sts") as object;
  const clients: Readonly<Record<string, object>> = {
    iam: require("@aws-sdk/client-iam"),
    identitystore: require("@aws-sdk/client-identitystore"),
    secretsmanager: require("@aws-sdk/client-secrets-manager"),
    ssm: require("@aws-sdk/client-ssm"),
    dynamodb: require("@aws-sdk/client-dynamodb"),
    sqs: require("@aws-sdk/client-sqs"),
    s3: require("@aws-sdk/client-s3"),
    firehose: require("@aws-sdk/client-firehose"),
    states: require("@aws-sdk/client-sfn"),
    events: require("@aws-sdk/client-eventbridge"),
    lambda: require("@aws-sdk/client-lambda"),
    bedrock: require("@aws-sdk/client-bedrock-agent"),
    "bedrock-agentcore": {
      ...require("@aws-sdk/client-bedrock-agentcore"),
      ...require("@aws-sdk/client-bedrock-agentcore-control"),
    },
    sts,
  };
  const found = Object.entries(clients).flatMap(([service, client]) =>
    answering(client).map((verb) => `${service}:${verb}`),
  );

  it("are found at all", () => {
    expect(found).toContain("iam:CreateAccessKey");
    expect(found).toContain("secretsmanager:GetSecretValue");
    expect(found).toContain("ssm:GetParameter");
    expect(found).not.toContain("iam:ListAccessKeys");
  });

  it("are denied, or harmless for a reason that is written down; and no reason is left over", () => {
    const known: readonly string[] = [...DENIED, ...Object.keys(DENIED_BUT)];
    expect(found.filter((verb) => !known.includes(verb)).sort()).toEqual([...HARMLESS].sort());
  });

  it("and so are those that no client here marks: their own client is not installed, or their answer is", () => {
    expect(DENIED.filter((verb) => !found.includes(verb))).toEqual(UNMARKED);
  });

  it("are denied in the policy that every role has", () => {
    const said = JSON.stringify(denied(PLACE, ["arn:aws:iam::111122223333:role/estate"]));
    for (const verb of [...DENIED, ...Object.keys(DENIED_BUT)]) expect(said).toContain(`"${verb}"`);
    expect(said.length).toBeLessThan(6_144);
    expect(new Set(DENIED).size).toBe(DENIED.length);
    expect(said).not.toMatch(/"Effect":"Allow"/);
  });
});

/** Looked up by hand, each in its service's own reference. */
const UNMARKED: readonly string[] = [
  "appsync:ListApiKeys",
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
  "iam:CreateLoginProfile",
  "iam:SendDelegationToken",
  "iam:UpdateLoginProfile",
  "iot:AssumeRoleWithCertificate",
  "iot:CreateKeysAndCertificate",
  "iot:CreateProvisioningClaim",
  "lightsail:DownloadDefaultKeyPair",
  "lightsail:GetInstanceAccessDetails",
  "lightsail:GetRelationalDatabaseMasterUserPassword",
  "redshift-serverless:GetCredentials",
  "redshift:GetClusterCredentials",
  "redshift:GetClusterCredentialsWithIAM",
  "sso:GetRoleCredentials",
  "sts:AssumeRoot",
  "sts:GetDelegatedAccessToken",
  "sts:GetFederationToken",
  "sts:GetSessionToken",
  "sts:GetWebIdentityToken",
];

/** What the SDK marks, and why it opens nothing. */
const REASONS: Readonly<Record<string, readonly string[]>> = {
  ...OF_AGENTS,
  "names and descriptions of people and groups, which are what we look for": [
    ...["DescribeGroup", "DescribeUser", "ListGroups", "ListUsers"].map((verb) => `identitystore:${verb}`),
  ],
  "names, descriptions and addresses of machines, associations and windows": [
    ...["CreateAssociation", "CreateAssociationBatch", "DescribeAssociation", "DescribeInstanceInformation"],
    ...["DescribeInstancePatchStates", "DescribeInstancePatchStatesForPatchGroup", "DescribeInstanceProperties"],
    ...["DescribeMaintenanceWindowExecutionTaskInvocations", "DescribeMaintenanceWindowTargets"],
    ...["DescribeMaintenanceWindowTasks", "DescribeMaintenanceWindows", "GetMaintenanceWindow", "GetPatchBaseline"],
    ...["ListAssociationVersions", "ListNodes", "UpdateAssociation", "UpdateAssociationStatus"],
    ...[
      "UpdateMaintenanceWindow",
      "UpdateMaintenanceWindowTarget",
      "UpdateMaintenanceWindowTask",
      "UpdatePatchBaseline",
    ],
  ].map((verb) => `ssm:${verb}`),
  "the name of a key, or the settings of a bucket, and no role may read an object": [
    ...["CompleteMultipartUpload", "CopyObject", "CreateMultipartUpload", "GetBucketEncryption"],
    ...["GetBucketInventoryConfiguration", "GetObject", "HeadObject", "ListBucketInventoryConfigurations", "PutObject"],
    ...["UploadPart", "UploadPartCopy"],
  ].map((verb) => `s3:${verb}`),
  "what a function of ours answered": ["lambda:Invoke", "lambda:InvokeWithResponseStream"],
  "definitions, inputs and outputs of machines: ids and versions": [
    ...["DescribeExecution", "DescribeStateMachine", "DescribeStateMachineAlias", "DescribeStateMachineForExecution"],
    ...["StartSyncExecution", "ValidateStateMachineDefinition"],
  ].map((verb) => `states:${verb}`),
  "addresses, and the settings of a delivery; EventBridge keeps the values": [
    ...["events:DescribeConnection", "events:ListTargetsByRule", "firehose:DescribeDeliveryStream"],
  ],
  "unsigned: no policy of a caller is asked, and no role of ours has a token to show": [
    "sts:AssumeRoleWithWebIdentity",
  ],
};
const HARMLESS = Object.values(REASONS).flat();

describe("a configuration", () => {
  type Written = typeof home;
  const refused = (to: (written: Written) => object, stage = "prod") => checkGiven(stage, to(structuredClone(home)));
  const connectors = (id: string, settings: object) => (written: Written) => ({
    ...written,
    aws: alone,
    connectors: { [id]: { settings } },
  });
  const iam = { account: "111122223333", role: "arn:aws:iam::111122223333:role/leasehold-estate" };

  it.each<[string, (written: Written) => object, string]>([
    ["without AWS", ({ aws: _, ...rest }) => rest, "aws"],
    ["a connector that there is not", connectors("entra", {}), "connectors.entra"],
    ["settings that the connector refuses", connectors("slack", {}), "connectors.slack.settings.tokenName"],
    ["a desk without a signing secret", connectors("slack", { tokenName: "slack.token" }), "connectors.slack.settings"],
    [
      "another vendor's secret",
      connectors("slack", { tokenName: "okta.key", signingName: "slack.signing" }),
      "connectors.slack.settings.tokenName",
    ],
    [
      "a secret of almost this vendor",
      connectors("slack", { tokenName: "slack-token", signingName: "slack.signing" }),
      "settings.tokenName",
    ],
    ["a profile", connectors("aws-iam", { ...iam, profile: "audit" }), "connectors.aws-iam.settings.profile"],
    [
      "days that CloudWatch does not take",
      (written) => ({ ...written, aws: { ...written.aws, logDays: 91 } }),
      "aws.logDays",
    ],
    [
      "one role to look, act and delete",
      (written) => ({ ...written, connectors: { "aws-iam": { mode: "ask", settings: { ...iam, source: "host" } } } }),
      "connectors.aws-iam.settings.role",
    ],
    [
      "another account than our functions', and no role there",
      connectors("aws-iam", { account: "444455556666", source: "host" }),
      "connectors.aws-iam.settings.role",
    ],
    [
      "a region where IAM is heard elsewhere",
      (written) => ({ ...written, aws: { ...written.aws, region: "cn-north-1" } }),
      "aws.region",
    ],
    [
      "a source's secret that is not this connector's",
      connectors("ingest", { sources: { hr: { secretName: "okta.key", kinds: ["person.left"] } } }),
      "connectors.ingest.settings",
    ],
    [
      "a partner whose events its connector does not read",
      (written) => ({ ...written, aws: { ...written.aws, partners: { slack: "aws.partner/slack.com/x" } } }),
      "aws.partners.slack",
    ],
    [
      "a partner without its connector",
      (written) => ({ ...written, aws: { ...written.aws, partners: { entra: "aws.partner/x" } } }),
      "aws.partners.entra",
    ],
  ])("%s is refused, and says where", async (_title, to, where) => {
    const fault = { name: "BadInput", facts: { where: expect.stringContaining(where) } };
    await expect(refused(to)).rejects.toMatchObject(fault);
  });

  it("may name a role to look with, also of a connector that could act", async () => {
    const given = await checkGiven("prod", connectors("aws-iam", { ...iam, source: "host" })(structuredClone(home)));
    expect(given.linked.map(({ settings }) => settings["role"])).toEqual([iam.role]);
  });

  it("of a stage whose things could not be named is refused", async () => {
    await expect(refused((written) => written, "Prod!")).rejects.toMatchObject({ name: "BadInput" });
  });

  it("is read as it stands", async () => {
    expect((await checkGiven("prod", home)).linked.map(({ id }) => id)).toEqual(Object.keys(home.connectors ?? {}));
  });
});

describe("what is shipped", async () => {
  const given = await checkGiven("prod", home);
  const names = ["okta.key", "okta.hook", "slack.token", "slack.signing", "jira.token", "0oa1leasehold0example"];

  it("to a step has no connector's settings, and everything that it needs to know of them", () => {
    const said = JSON.stringify(forSteps(given));
    expect(names.filter((name) => said.includes(name))).toEqual([]);
    expect(JSON.parse(said)).toMatchObject({
      stage: "prod",
      config: { fallback: home.fallback, connectors: { okta: { mode: "ask" } } },
    });
    expect((JSON.parse(said) as { declared: object[] }).declared).toHaveLength(given.linked.length);
  });

  it("to a vendor has its own settings, and nobody else's", () => {
    const said = JSON.stringify(forVendor(given, "slack"));
    expect(names.filter((name) => said.includes(name))).toEqual(["slack.token", "slack.signing"]);
  });
});

const givenWith = async (connector: Connector, settings?: Record<string, unknown>): Promise<Given> => {
  const given = await checkGiven("prod", {
    ...hub,
    connectors: {},
    aws: { account: "111122223333", region: "eu-central-1" },
  });
  return { ...given, linked: [linkedAs(connector, settings)] };
};

describe("the rights of a connector", () => {
  it("attach a policy only where it is ours", () => {
    const one = planted({ acts: [hand("quarantine", ["iam:AttachUserPolicy"])] as never });
    expect(vendorGrants(linkedAs(one), "act", PLACE)[0]).toEqual({
      actions: ["iam:AttachUserPolicy"],
      resources: ["arn:aws:iam::111122223333:user/*"],
      conditions: [
        {
          test: "ArnEquals",
          variable: "iam:PolicyARN",
          values: ["arn:aws:iam::111122223333:policy/leasehold-prod-quarantine"],
        },
      ],
    });
  });

  it.each(["iam:PutUserPolicy", "iam:UpdateAssumeRolePolicy", "iam:*", "iam:CreateAccessKey"])(
    "%s is refused: nobody wrote down what it falls on",
    (verb) => {
      const one = planted({ acts: [hand("disable", [verb])] as never });
      expect(() => vendorGrants(linkedAs(one), "act", PLACE)).toThrow(expect.objectContaining({ name: "BadInput" }));
    },
  );

  it("to act are not those to delete, and neither are those to read", () => {
    const acts = [
      hand("disable", ["iam:ListAccessKeys", "iam:UpdateAccessKey"]),
      hand("delete", ["iam:DeleteAccessKey"]),
    ];
    const one = linkedAs(planted({ acts: acts as never }));
    expect(verbsOf(one, "read")).toEqual(["iam:ListAccessKeys"]);
    expect(verbsOf(one, "act")).toEqual(["iam:ListAccessKeys", "iam:UpdateAccessKey"]);
    expect(verbsOf(one, "delete")).toEqual(["iam:DeleteAccessKey"]);
  });

  it("are those that it has parts for", () => {
    const rights = (parts: Partial<Connector>, settings?: Record<string, unknown>) =>
      rightsOf(linkedAs(planted(parts), settings));
    expect(rights({})).toEqual([]);
    expect(rights({ acts: [hand("delete", [])] as never })).toEqual(["read", "delete"]);
    expect(rights({ desk: {} as never })).toEqual(["desk"]);
    const contains = { acts: [{ ...hand("end-sessions", []), contain: true }] as never };
    expect(rights(contains)).toEqual(["read"]);
    expect(rights(contains, { contain: "yes" })).toEqual(["read"]);
    expect(rights(contains, { contain: true })).toEqual(["read", "contain"]);
  });

  it.each(["111122223333", "444455556666"])(
    "where a role of %s is named are the role's, and it is the reader's alone",
    (account) => {
      const acts = [hand("disable", ["iam:UpdateAccessKey"]), hand("delete", ["iam:DeleteAccessKey"])];
      const role = `arn:aws:iam::${account}:role/estate`;
      const one = linkedAs(planted({ acts: acts as never }), { account, role });
      const verbs = (["read", "act", "delete"] as const).map((right) =>
        vendorGrants(one, right, PLACE).flatMap(({ actions }) => actions),
      );
      const own = "secretsmanager:GetSecretValue";
      expect(verbs).toEqual([["sts:AssumeRole", own], [own], [own]]);
    },
  );
});

describe("events that can carry live tokens", () => {
  const sts = [{ source: ["aws.sts"], detail: { eventName: [{ prefix: "AssumeRole" }] } }];
  const handsOn = ["$.source", "$.detail.eventName", "$.detail.userIdentity.arn"];
  const listens = { patterns: { "credential-issued": sts }, handsOn } as never;

  it("are handed on by named paths alone, as the event would have them", async () => {
    const routing = routingOf(await givenWith(planted({ listens })));
    expect(routing.direct.map(({ input }) => input)).toEqual([
      {
        paths: { p0: "$.source", p1: "$.detail.eventName", p2: "$.detail.userIdentity.arn" },
        template:
          '{"connector":"aws-planted","event":{"source":<p0>,"detail":{"eventName":<p1>,"userIdentity":{"arn":<p2>}}}}',
      },
    ]);
  });

  it("take no hop, for a bus on the way would hold them whole", async () => {
    const elsewhere = await givenWith(planted({ listens }), { account: "111122223333", region: "us-east-1" });
    expect(() => routingOf(elsewhere)).toThrow(expect.objectContaining({ name: "BadInput" }));
  });

  it("and all others as they are, as a value", () => {
    expect(inputOf("okta", undefined).template).toBe('{"connector":"okta","event":<aws.events.event.json>}');
  });

  it("a pattern that says nothing is refused", async () => {
    const deaf = await givenWith(planted({ listens: { patterns: { usage: [{}] } } as never }));
    expect(() => routingOf(deaf)).toThrow(expect.objectContaining({ name: "BadInput" }));
  });
});

describe.each([
  ["home", home],
  ["hub", hub],
] as const)("the functions of %s", async (_which, config) => {
  const given = await checkGiven("prod", config);
  const all = lambdasOf(given, stageOf(given, routingOf(given)));

  it("have names of their own, and write their own log alone", () => {
    expect(new Set(all.map(({ called }) => called)).size).toBe(all.length);
    for (const { called, statements } of all) {
      const logs = statements.filter(({ actions }) => actions.some((verb) => verb.startsWith("logs:")));
      expect(logs.flatMap(({ resources }) => resources)).toEqual([expect.stringContaining(`/aws/lambda/${called}:*`)]);
    }
  });

  it("hold no vendor's secret where they are steps, and no right in AWS", () => {
    const steps = all.filter(({ vendor }) => vendor === undefined);
    expect(steps.length).toBeGreaterThan(20);
    const verbs = steps.flatMap(({ statements }) => statements.flatMap(({ actions }) => actions));
    expect(verbs.filter((verb) => /^(secretsmanager|iam|identitystore|sts):/.test(verb))).toEqual([]);
  });

  it("that come in over HTTP may read their secrets, put into a queue, and nothing else", () => {
    const doors = all.filter(({ called }) => called.endsWith("-in"));
    expect(doors.length).toBeGreaterThan(0);
    for (const { statements } of doors) {
      const verbs = new Set(statements.flatMap(({ actions }) => actions).filter((verb) => !verb.startsWith("logs:")));
      expect([...verbs].sort()).toEqual(["secretsmanager:GetSecretValue", "sqs:SendMessage"]);
    }
  });

  it("fit into AWS's names, and into nobody else's, also where the stage's name is as long as it may be", async () => {
    const long = await checkGiven("s".repeat(16), config);
    const routing = routingOf(long);
    const stage = stageOf(long, routing);
    const watched = watchedOn(stage, routing, lambdasOf(long, stage)).map(({ called }) => called);
    expect(new Set(watched).size).toBe(watched.length);
    expect(thingsOf(stage.place).archive.bucket.length).toBeLessThan(64);
  });
});

it("a machine that runs a function which there is not is refused", () => {
  const wrong = { ...machines.case, States: { Step: { Arguments: { FunctionName: "$" + "{nobody}" } } } };
  expect(() => bind(wrong, PLACE)).toThrow(expect.objectContaining({ name: "BadInput", facts: { run: "nobody" } }));
});
