import type { Resource, Template } from "../../../stacks/tables/member.ts";
import { allowedTo, isHop, nameOf, of, rolesOf, statementsIn, trustOf, verbsOf } from "./look.ts";

const HUB = "111122223333";
const MEMBER = "444455556666";
const BUS = `arn:aws:events:eu-central-1:${HUB}:event-bus/leasehold-prod-ingest`;

/** What must be true of the template: nothing, or each thing that is wrong. Each must be seen to fail, too. */
export interface Assertion {
  readonly says: string;
  readonly check: (template: Template) => readonly string[];
  readonly mutations: Readonly<Record<string, (template: Template) => Template>>;
}

const change =
  (name: string, to: (one: Resource) => Resource) =>
  (template: Template): Template => ({
    ...template,
    Resources: Object.fromEntries(
      Object.entries(template.Resources).map(([key, one]) => [key, nameOf(one) === name ? to(one) : one]),
    ),
  });
const edit = (name: string, from: string, to: string) =>
  change(name, (one) => JSON.parse(JSON.stringify(one).replace(from, to)) as Resource);
const grant = (name: string, Action: readonly string[], Resource: readonly string[] = ["arn:aws:x:::y"]) =>
  change(name, (one) => ({
    ...one,
    Properties: {
      ...one.Properties,
      Policies: [{ PolicyDocument: { Statement: [{ Effect: "Allow", Action, Resource }] } }],
    },
  }));
const without = (name: string, property: string) =>
  change(name, (one) => {
    const { [property]: _, ...Properties } = one.Properties;
    return { ...one, Properties };
  });
const problems = <T>(all: readonly T[], isWrong: (one: T) => boolean, say: (one: T) => string) =>
  all.filter(isWrong).map(say);

/** Verbs that take no narrower resource. */
const ON_EVERYTHING = [
  ...["iam:GetAccountAuthorizationDetails", "iam:GenerateCredentialReport", "iam:GetCredentialReport"],
  ...["bedrock:ListAgents", "bedrock:ListFlows", "bedrock:ListKnowledgeBases", "cloudtrail:DescribeTrails"],
  ...["bedrock-agentcore:ListAgentRuntimes", "bedrock-agentcore:ListGateways", "secretsmanager:ListSecrets"],
  ...["ssm:DescribeParameters", "cloudtrail:LookupEvents", "cloudwatch:GetMetricData"],
];
const LOOKS = /^([a-z-]+:(Get|List|Describe|Lookup)[A-Z]\w*|iam:GenerateCredentialReport)$/; // which writes down what can be listed
const GRANTS =
  /^(iam:(Put|Create|Add|Set|Upload|Pass|Remove|Tag|Untag|UpdateAssume)\w*|sts:\w+|organizations:\w+|\w+:PutPermission)$/;
/** What only the role of the opt-in right may: IAM cannot limit which words such a policy has, nor whose session is stopped. */
const WRITES = [
  "bedrock-agentcore:StopRuntimeSession",
  ...["iam:DeleteRolePolicy", "iam:DeleteUserPolicy", "iam:PutRolePolicy", "iam:PutUserPolicy"],
  ...["secretsmanager:DeleteResourcePolicy", "secretsmanager:PutResourcePolicy"],
];
const attaches = (verb: string) => /^iam:(Attach|Detach)/.test(verb);
const ours = JSON.stringify({
  ArnEquals: { "iam:PolicyARN": [`arn:aws:iam::${MEMBER}:policy/leasehold-prod-quarantine`] },
});
const estate = (template: Template) => rolesOf(template).filter((role) => !isHop(role));

export const assertions: readonly Assertion[] = [
  {
    says: "every verb is written out, and falls on this account alone",
    check: (template) =>
      rolesOf(template).flatMap((role) =>
        allowedTo(role).flatMap(({ Action, Resource = [] }) => [
          ...problems(
            Action,
            (verb) => verb.includes("*"),
            (verb) => `${nameOf(role)}: ${verb}`,
          ),
          ...problems(
            Resource.includes("*") ? Action : [],
            (verb) => !ON_EVERYTHING.includes(verb),
            (verb) => `${nameOf(role)}: ${verb} on everything`,
          ),
          ...problems(
            Resource,
            (arn) =>
              arn !== "*" &&
              arn !== BUS &&
              !arn.includes(`:${MEMBER}:`) &&
              !/^arn:aws:cloudtrail:[*]:[*]:trail/.test(arn),
            (arn) => `${nameOf(role)}: ${arn}`,
          ),
        ]),
      ),
    mutations: {
      "a wildcard verb": grant("leasehold-prod-read", ["iam:Get*"]),
      everything: grant("leasehold-prod-act", ["iam:UpdateAccessKey"], ["*"]),
      "another account": edit("leasehold-prod-act", `iam::${MEMBER}:user`, `iam::${HUB}:user`),
    },
  },
  {
    says: "a role is taken on by the hub's functions of its right alone, with the external id and our session's name",
    check: (template) =>
      estate(template).flatMap((role) => {
        const right = nameOf(role).slice("leasehold-prod-".length);
        const [only, ...more] = trustOf(role);
        const { ArnEquals, StringEquals, ...others } = (only?.Condition ?? {}) as Record<
          string,
          Record<string, unknown>
        >;
        const takers = [ArnEquals?.["aws:PrincipalArn"] ?? "nobody"].flat() as string[];
        const mine = new RegExp(`^arn:aws:iam::${HUB}:role/leasehold-prod-aws-[a-z-]+-${right}$`);
        const wrong = [
          more.length > 0 || Object.keys(others).length > 0,
          JSON.stringify(only?.Principal) !== JSON.stringify({ AWS: `arn:aws:iam::${HUB}:root` }),
          takers.length === 0 || takers.some((arn) => !mine.test(arn)),
          JSON.stringify(StringEquals) !==
            JSON.stringify({ "sts:ExternalId": { Ref: "ExternalId" }, "sts:RoleSessionName": "leasehold" }),
        ];
        return problems(
          wrong,
          (it) => it,
          () => `${nameOf(role)} is taken on by others, or without its id`,
        );
      }),
    mutations: {
      "no external id": edit("leasehold-prod-read", '"sts:ExternalId":{"Ref":"ExternalId"},', ""),
      "any session": edit("leasehold-prod-act", ',"sts:RoleSessionName":"leasehold"', ""),
      "the reader's function": edit("leasehold-prod-act", "leasehold-prod-aws-iam-act", "leasehold-prod-aws-iam-read"),
      "everybody of the hub": edit("leasehold-prod-delete", '"aws:PrincipalArn"', '"aws:Other"'),
      "another account": edit("leasehold-prod-read", `${HUB}:root`, "222233334444:root"),
    },
  },
  {
    says: "to look, to act, to write policies and to delete are apart",
    check: (template) =>
      rolesOf(template).flatMap((role) => {
        const verbs = verbsOf(role);
        const deletes = (verb: string) => /:Delete/.test(verb);
        const name = nameOf(role);
        if (isHop(role))
          return problems(
            verbs,
            (verb) => verb !== "events:PutEvents",
            (verb) => `${name}: ${verb}`,
          );
        if (name.endsWith("-delete")) return [];
        if (name.endsWith("-contain"))
          return problems(
            verbs,
            (verb) => !LOOKS.test(verb) && !WRITES.includes(verb),
            (verb) => `${name}: ${verb}`,
          );
        const allowed = name.endsWith("-read") ? (verb: string) => LOOKS.test(verb) : (verb: string) => !deletes(verb);
        return problems(
          verbs,
          (verb) => !allowed(verb),
          (verb) => `${name}: ${verb}`,
        );
      }),
    mutations: {
      "a reader that acts": grant("leasehold-prod-read", ["iam:UpdateAccessKey"]),
      "an actor that deletes": grant("leasehold-prod-act", ["iam:DeleteAccessKey"]),
      "one that ends sessions and switches keys off": grant("leasehold-prod-contain", ["iam:UpdateAccessKey"]),
      "a hop that reads": grant("leasehold-prod-hop", ["iam:GetUser"]),
    },
  },
  {
    says: "nothing could grant anybody more, and the one policy that is attached is ours, which denies everything",
    check: (template) => {
      const all = estate(template).flatMap(allowedTo);
      const attaching = all.filter(({ Action }) => Action.some(attaches));
      const quarantine = of(template, "AWS::IAM::ManagedPolicy").find(
        (one) => nameOf(one) === "leasehold-prod-quarantine",
      );
      return [
        ...estate(template).flatMap((role) =>
          problems(
            verbsOf(role),
            (verb) => GRANTS.test(verb) && !(nameOf(role).endsWith("-contain") && WRITES.includes(verb)),
            (verb) => `could grant: ${verb}`,
          ),
        ),
        ...problems(
          of(template, "AWS::IAM::Role").filter((role) => nameOf(role).endsWith("-contain")),
          ({ Condition }) =>
            Condition === undefined ||
            (template.Parameters["ContainAllowed"] as { Default?: string })?.Default !== "no",
          (role) => `${nameOf(role)}: not opt-in`,
        ),
        ...(attaching.length === 0 ? ["nobody can quarantine"] : []),
        ...problems(
          attaching,
          ({ Action, Condition }) => !Action.every(attaches) || JSON.stringify(Condition) !== ours,
          ({ Action }) => `any policy: ${Action.join()}`,
        ),
        ...(JSON.stringify(quarantine?.Properties["PolicyDocument"]) ===
          '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["*"],"Resource":["*"]}]}' &&
        quarantine?.DeletionPolicy === "Retain" &&
        quarantine.UpdateReplacePolicy === "Retain"
          ? []
          : ["quarantine is not what it was, or goes with the stack"]),
      ];
    },
    mutations: {
      "one that writes policies": grant("leasehold-prod-act", ["iam:PutUserPolicy"]),
      "a right that nobody opted into": change("leasehold-prod-contain", ({ Condition: _, ...one }) => one),
      "one that takes on others": grant("leasehold-prod-read", ["sts:AssumeRole"]),
      "any policy": edit("leasehold-prod-act", "leasehold-prod-quarantine", "other"),
      "a quarantine that allows": edit("leasehold-prod-quarantine", '"Deny"', '"Allow"'),
      "a quarantine that goes with the stack": change(
        "leasehold-prod-quarantine",
        ({ DeletionPolicy: _, ...one }) => one,
      ),
    },
  },
  {
    says: "every role that looks or acts is denied the calls that answer with a value, ours, AWS's and what nobody may touch",
    check: (template) => {
      const policy = of(template, "AWS::IAM::ManagedPolicy").find(
        (one) => nameOf(one) === "leasehold-prod-deny-values",
      );
      const denied = policy === undefined ? [] : statementsIn(policy.Properties["PolicyDocument"]);
      const said = JSON.stringify(denied);
      const everywhere = denied.filter(({ Resource, Condition }) => Resource?.includes("*") && Condition === undefined);
      const values = ["iam:CreateAccessKey", "ssm:GetParameter", "secretsmanager:GetSecretValue", "sts:AssumeRole"];
      const parts = [
        ...['{"Null":{"iam:ResourceTag/leasehold:never-touch":"false"}}', `iam::${MEMBER}:user/leasehold-*`],
        ...[`iam::${MEMBER}:role/leasehold-*`, "role/aws-service-role/*", "role/aws-reserved/*"],
        "policy/AWSCompromisedKeyQuarantine*",
      ];
      return [
        ...problems(
          estate(template),
          ({ Properties }) => JSON.stringify(Properties["ManagedPolicyArns"]) !== '[{"Ref":"DenyValues"}]',
          (role) => `${nameOf(role)}: not exactly the deny policy`,
        ),
        ...problems(
          values,
          (verb) => !everywhere.some(({ Action }) => Action.includes(verb)),
          (verb) => `not denied: ${verb}`,
        ),
        ...problems(
          parts,
          (part) => !said.includes(part),
          (part) => `not denied: ${part}`,
        ),
        ...problems(
          denied,
          ({ Effect }) => Effect !== "Deny",
          () => "it allows something",
        ),
        ...(said.length > 6_144 ? ["longer than IAM takes"] : []),
      ];
    },
    mutations: {
      "a role without it": without("leasehold-prod-read", "ManagedPolicyArns"),
      "a value that can be read": edit("leasehold-prod-deny-values", "secretsmanager:GetSecretValue", "other:Verb"),
      "a tag forgotten": edit("leasehold-prod-deny-values", "leasehold:never-touch", "other"),
      "our own forgotten": edit("leasehold-prod-deny-values", "role/leasehold-*", "role/other-*"),
    },
  },
  {
    says: "events go straight to the hub's bus, from where they are heard, by a role that does nothing else",
    check: (template) =>
      of(template, "AWS::Events::Rule").flatMap((rule) => {
        const { Targets, EventPattern } = rule.Properties as {
          Targets: { Arn: string; RoleArn: string; DeadLetterConfig?: unknown }[];
          EventPattern: { source: string[] };
        };
        const region = EventPattern.source.includes("aws.iam") ? "InUsEast1" : "InEuCentral1";
        return [
          ...(Targets.length === 1 ? [] : ["not one target"]),
          ...problems(
            Targets,
            ({ Arn, RoleArn, DeadLetterConfig }) =>
              Arn !== BUS ||
              RoleArn !== `arn:aws:iam::${MEMBER}:role/leasehold-prod-hop` ||
              DeadLetterConfig !== undefined,
            () => `${nameOf(rule)}: by another way`,
          ),
          ...(rule.Condition === region ? [] : [`${nameOf(rule)}: not where it is heard`]),
        ];
      }),
    mutations: {
      "over a third bus": edit("leasehold-prod-aws-iam-1", "eu-central-1:111122223333", "us-east-1:111122223333"),
      "another role": edit("leasehold-prod-aws-iam-1", "leasehold-prod-hop", "leasehold-prod-act"),
      "in the wrong region": change("leasehold-prod-aws-iam-1", (one) => ({ ...one, Condition: "InEuCentral1" })),
    },
  },
  {
    says: "a role is made once, where the stage is at home, within the boundary, and not longer than IAM takes",
    check: (template) =>
      rolesOf(template).flatMap((role) => [
        ...(/^(Home|\w+Wanted)$/.test(role.Condition ?? "") ? [] : [`${nameOf(role)}: in every region`]),
        ...(JSON.stringify(role.Properties["PermissionsBoundary"] ?? "").includes('"Bounded"') ? [] : ["no boundary"]),
        ...(JSON.stringify(role.Properties["Policies"]).length > 10_240 ? [`${nameOf(role)}: too long`] : []),
      ]),
    mutations: {
      "in every region": change("leasehold-prod-read", ({ Condition: _, ...one }) => one),
      "no boundary": without("leasehold-prod-act", "PermissionsBoundary"),
      "too long": grant(
        "leasehold-prod-read",
        Array.from({ length: 600 }, (_, n) => `iam:GetSomething${n}`),
      ),
    },
  },
];
