import { RIGHTS } from "@leasehold/workflows";
import { type Assertion, change, edit, grant, set } from "../assertion.ts";
import type { Synth } from "../harness.ts";
import { actionsOf, allowedTo, functionRoles, of, problemsIf, roleOf, statementsIn, text } from "../look.ts";
import type { Made } from "../mocks.ts";
import { CONTAINS, isContaining } from "./contain.ts";
import { isOursAlone } from "./quarantine.ts";

const ROLE = "iam/role:Role";
const SERVICES = ["lambda", "states", "scheduler", "events", "firehose"].map((one) => `${one}.amazonaws.com`);
/** Verbs that take no narrower resource, each with why. */
const ON_EVERYTHING: Readonly<Record<string, string>> = {
  "iam:GetAccountAuthorizationDetails": "it names nobody",
  ...{ "iam:GenerateCredentialReport": "it names nobody", "iam:GetCredentialReport": "it names nobody" },
  ...Object.fromEntries(
    [
      ...["CreateLogDelivery", "DeleteLogDelivery", "DescribeLogGroups", "DescribeResourcePolicies", "GetLogDelivery"],
      ...["ListLogDeliveries", "PutResourcePolicy", "UpdateLogDelivery"],
    ].map((verb) => [`logs:${verb}`, "Step Functions' log deliveries take none"]),
  ),
};
/** Verbs by which somebody could be given more than they have; those that we hold only on what is ours have their reason. */
const GRANTS =
  /^(iam:(Put|Attach|Detach|Create|Add|Set|Update|Upload|Pass|Remove|Tag|Untag|Delete)\w*|lambda:AddPermission|s3:PutBucketPolicy|kms:(PutKeyPolicy|CreateGrant)|sqs:(SetQueueAttributes|AddPermission)|sts:AssumeRole|organizations:\w+|events:PutPermission)$/;
const HARMLESS: Readonly<Record<string, string>> = {
  "iam:UpdateAccessKey": "switches one key off and on",
  "iam:DeleteAccessKey": "takes a key away",
  "iam:UpdateServiceSpecificCredential": "switches one service-specific credential off and on",
  "iam:DeleteServiceSpecificCredential": "takes a service-specific credential away",
  "iam:UpdateSigningCertificate": "switches one signing certificate off and on",
  "iam:DeleteSigningCertificate": "takes a signing certificate away",
  "iam:UpdateSSHPublicKey": "switches one SSH public key off and on",
  "iam:DeleteSSHPublicKey": "takes an SSH public key away",
  "iam:DeleteLoginProfile": "takes a password away",
  "sts:AssumeRole": "on the roles that the settings name, and the deny policy holds it there",
};

const verbs = (synth: Synth, called: string) => {
  const role = roleOf(synth, `leasehold-${synth.stage}-${called}`);
  return role === undefined ? [] : actionsOf(role);
};
const invokes = (role: Made) => allowedTo(role).filter(({ Action }) => Action.includes("lambda:InvokeFunction"));

function wildcards(synth: Synth): readonly string[] {
  return of(synth, ROLE).flatMap((role) =>
    allowedTo(role).flatMap(({ Action, Resource }) => [
      ...Action.filter((verb) => verb.includes("*")).map((verb) => `${text(role, "name")}: ${verb}`),
      ...(Resource.includes("*") ? Action.filter((verb) => ON_EVERYTHING[verb] === undefined) : []).map(
        (verb) => `${text(role, "name")}: ${verb} on everything`,
      ),
    ]),
  );
}

function trusts(synth: Synth): readonly string[] {
  const lambdas = functionRoles(synth).map((one) => text(one, "name"));
  return of(synth, ROLE).flatMap((role) =>
    statementsIn(role.inputs["assumeRolePolicy"]).flatMap(({ Principal }) => {
      const { Service, ...others } = (Principal ?? {}) as { Service?: string };
      const name = text(role, "name");
      return [
        ...problemsIf(
          Object.keys(others).length > 0 || !SERVICES.includes(Service ?? ""),
          `${name}: trusts more than a service`,
        ),
        ...problemsIf(
          lambdas.includes(name) && Service !== "lambda.amazonaws.com",
          `${name}: trusts another than Lambda`,
        ),
      ];
    }),
  );
}

/** Who holds a verb that deletes in somebody's estate, and who may call them. */
function deletes(synth: Synth): readonly string[] {
  const holders = of(synth, ROLE).filter((role) =>
    actionsOf(role).some((verb) => /^iam:Delete/.test(verb) && CONTAINS[verb] === undefined),
  );
  const called = (role: Made) => text(role, "name");
  const callers = of(synth, ROLE).filter((role) =>
    invokes(role).some(({ Resource }) =>
      Resource.some((one) => one.endsWith("-delete") && !one.endsWith("-wind-down-delete")),
    ),
  );
  return [
    ...holders.filter((role) => !/-aws-[a-z-]+-delete$/.test(called(role))).map((role) => `${called(role)} may delete`),
    ...callers
      .filter((role) => !called(role).endsWith("-wind-down-delete"))
      .map((role) => `${called(role)} may have things deleted`),
    ...problemsIf(callers.length !== 1, "nobody may have things deleted, or more than one"),
  ];
}

const CHANGES =
  /^(iam|identitystore|identitystore-auth|sso|sso-directory|organizations):(?!Get|List|Describe|GenerateCredentialReport|IsMemberInGroups)/;

/** The right of a function is all it has: nothing that changes an estate is held by a reader, or by a step. */
function apart(synth: Synth): readonly string[] {
  return of(synth, ROLE).flatMap((role) => {
    const name = text(role, "name");
    const held = actionsOf(role).filter((verb) => CHANGES.test(verb));
    return problemsIf(
      held.length > 0 && !/-aws-[a-z-]+-(act|contain|delete)$/.test(name),
      `${name}: ${held.join(", ")}`,
    );
  });
}

/** A role is one right: whoever else could take it on would have it, too. In a further account it is the one of the function's own right. */
function assumers(synth: Synth): readonly string[] {
  return of(synth, ROLE).flatMap((role) => {
    const name = text(role, "name");
    const right = /-aws-[a-z-]+-([a-z]+)$/.exec(name)?.[1];
    const member = new RegExp(`:role/leasehold-${synth.stage}-(?!${right}$)[a-z]+$`);
    const taken = allowedTo(role)
      .filter(({ Action }) => Action.some((verb) => verb.startsWith("sts:AssumeRole")))
      .flatMap(({ Resource }) => Resource);
    const isWrong = (arn: string) =>
      right === undefined ||
      member.test(arn) ||
      (right !== "read" && !arn.endsWith(`:role/leasehold-${synth.stage}-${right}`));
    return taken.filter(isWrong).map((arn) => `${name} takes on ${arn}`);
  });
}

function secrets(synth: Synth): readonly string[] {
  const prefix = `arn:aws:secretsmanager:${synth.region}:${synth.account}:secret:leasehold/${synth.stage}/`;
  return of(synth, ROLE).flatMap((role) =>
    allowedTo(role)
      .filter(({ Action }) => Action.some((verb) => verb.startsWith("secretsmanager:")))
      .flatMap(({ Resource }) => Resource)
      .filter((one) => {
        const secret = one.startsWith(prefix) ? one.slice(prefix.length) : "";
        const [vendor] = secret.split(".");
        if (text(role, "name") === `leasehold-${synth.stage}-${vendor}-in`) return !SIGNING.includes(secret);
        return (
          secret !== `${vendor}.*` ||
          !RIGHTS.some((right) => text(role, "name") === `leasehold-${synth.stage}-${vendor}-${right}`)
        );
      })
      .map((one) => `${text(role, "name")} reads ${one}`),
  );
}

/** What the settings of both stages say that vendors sign with: all that a public door reads. */
const SIGNING = ["okta.hook", "slack.signing", "jira.webhook", "ingest.hr", "ingest.badges"].map(
  (one) => `${one}-??????`,
);

/** Each door reads what its requests can be signed with, every source of them. */
function unread(synth: Synth): readonly string[] {
  const read = of(synth, ROLE).flatMap((role) => allowedTo(role).flatMap(({ Resource }) => Resource));
  const wanted = SIGNING.filter((one) => synth.stage === "prod" || one.startsWith("slack."));
  return wanted.filter((one) => !read.some((arn) => arn.endsWith(`/${one}`))).map((one) => `nobody reads ${one}`);
}

function denies(synth: Synth): readonly string[] {
  const policy = of(synth, "iam/policy:Policy").find((one) => text(one, "name").endsWith("-deny-values"));
  const arn = `arn:aws:iam::${synth.account}:policy/leasehold-${synth.stage}-deny-values`;
  const denied = policy === undefined ? [] : statementsIn(policy.inputs["policy"]);
  const wanted = ["iam:CreateAccessKey", "ssm:GetParameter", "sts:GetFederationToken", "secretsmanager:GetSecretValue"];
  const missing = wanted.filter(
    (verb) => !denied.some(({ Effect, Action }) => Effect === "Deny" && Action.includes(verb)),
  );
  const but = denied
    .filter(({ NotResource }) => NotResource !== undefined)
    .flatMap(({ NotResource = [] }) => NotResource);
  const ours = new RegExp(`:secret:leasehold/${synth.stage}/[*]$|:role/`);
  return [
    ...functionRoles(synth)
      .filter((role) => JSON.stringify(role.inputs["managedPolicyArns"]) !== JSON.stringify([arn]))
      .map((role) => `${text(role, "name")}: not exactly the deny policy`),
    ...of(synth, ROLE)
      .filter((role) => !functionRoles(synth).includes(role) && role.inputs["managedPolicyArns"] !== undefined)
      .map((role) => `${text(role, "name")}: a policy of somebody else's`),
    ...missing.map((verb) => `not denied: ${verb}`),
    ...but.filter((one) => !ours.test(one)).map((one) => `excepted from the deny: ${one}`),
    ...problemsIf(text(policy ?? ({ inputs: {} } as Made), "policy").length > 6_144, "longer than IAM takes"),
  ];
}

function givers(synth: Synth): readonly string[] {
  return of(synth, ROLE).flatMap((role) =>
    allowedTo(role)
      .filter((one) => !isOursAlone(synth, one))
      .flatMap(({ Action }) => Action.filter((verb) => GRANTS.test(verb) && HARMLESS[verb] === undefined))
      .filter((verb) => !isContaining(role) || CONTAINS[verb] === undefined)
      .map((verb) => `${text(role, "name")} could grant with ${verb}`),
  );
}

export const roles: readonly Assertion[] = [
  {
    says: "every verb is written out, and falls on something that is named",
    check: wildcards,
    mutations: {
      "a wildcard verb": grant("-wake", ["dynamodb:*"], ["arn:aws:dynamodb:::table/x"]),
      "half a wildcard": grant("-wake", ["dynamodb:Get*"], ["arn:aws:dynamodb:::table/x"]),
      everything: grant("-wake", ["dynamodb:GetItem"]),
    },
  },
  {
    says: "only the one service that uses a role can take it on",
    check: trusts,
    mutations: {
      "the account's root": change(
        ROLE,
        edit("assumeRolePolicy", '"Service":', '"AWS":"arn:aws:iam::111122223333:root","Service":'),
      ),
      "another service": change(ROLE, edit("assumeRolePolicy", "lambda.", "ec2."), (one) =>
        text(one, "name").endsWith("-wake"),
      ),
      "a service that is ours, but not its own": change(ROLE, edit("assumeRolePolicy", "lambda.", "events."), (one) =>
        text(one, "name").endsWith("-wake"),
      ),
    },
  },
  {
    says: "the right to delete is with one kind of function, which wind-down-delete alone may call",
    check: deletes,
    mutations: {
      "a second holder": grant("-wind-down-step", ["iam:DeleteAccessKey"], ["arn:aws:iam::111122223333:user/*"]),
      "a second caller": grant(
        "-wind-down-step",
        ["lambda:InvokeFunction"],
        ["arn:aws:lambda:::function:leasehold-x-aws-iam-delete"],
      ),
      "no caller": change(ROLE, set("inlinePolicies", []), (one) => text(one, "name").endsWith("-wind-down-delete")),
    },
  },
  {
    says: "nothing that changes an estate is with a reader",
    check: apart,
    mutations: {
      "a reader that switches off": grant(
        "-aws-iam-read",
        ["iam:UpdateAccessKey"],
        ["arn:aws:iam::111122223333:user/*"],
      ),
      "a step that does": grant("-wind-down-delete", ["iam:UpdateAccessKey"], ["arn:aws:iam::111122223333:user/*"]),
      "a reader that deletes a person": grant("-aws-iam-read", ["identitystore:DeleteUser"], ["x"]),
    },
  },
  {
    says: "a role of the settings is taken on by the reader alone: act and delete never share one",
    check: assumers,
    mutations: {
      "one that acts": grant("-aws-iam-act", ["sts:AssumeRole"], ["arn:aws:iam::444455556666:role/leasehold-estate"]),
      "one that deletes": grant("-aws-iam-delete", ["sts:AssumeRole"], ["x"]),
      "a reader that acts elsewhere": (synth) =>
        grant(
          "-aws-iam-read",
          ["sts:AssumeRole"],
          [`arn:aws:iam::777788889999:role/leasehold-${synth.stage}-act`],
        )(synth),
      "a step": grant("-case-step", ["sts:AssumeRole"], ["x"]),
    },
  },
  {
    only: "home",
    says: "in the home account the rights of IAM are apart: read, act, delete",
    check: (synth) => [
      ...problemsIf(!verbs(synth, "aws-iam-act").includes("iam:UpdateAccessKey"), "act cannot switch off"),
      ...problemsIf(
        verbs(synth, "aws-iam-act").some((verb) => /Delete/.test(verb)),
        "act can delete",
      ),
      ...problemsIf(!verbs(synth, "aws-iam-delete").includes("iam:DeleteAccessKey"), "delete cannot delete"),
      ...problemsIf(verbs(synth, "aws-iam-delete").includes("iam:UpdateAccessKey"), "delete can switch off and on"),
      ...problemsIf(!verbs(synth, "aws-iam-read").includes("iam:ListAccessKeys"), "read cannot read"),
    ],
    mutations: {
      "act that deletes": grant("-aws-iam-act", ["iam:DeleteAccessKey"], ["x"]),
      "delete that switches": grant("-aws-iam-delete", ["iam:UpdateAccessKey"], ["x"]),
      "a reader without eyes": change(ROLE, set("inlinePolicies", []), (one) =>
        text(one, "name").endsWith("-aws-iam-read"),
      ),
    },
  },
  {
    only: "hub",
    says: "in another account no role of ours has a verb: only the role that the settings name has",
    check: (synth) => [
      ...of(synth, ROLE).flatMap((role) => actionsOf(role).filter((verb) => verb.startsWith("iam:"))),
      ...problemsIf(
        !JSON.stringify(roleOf(synth, `leasehold-${synth.stage}-aws-iam-read`)?.inputs).includes(
          "444455556666:role/leasehold-estate",
        ),
        "the estate's role is not named",
      ),
    ],
    mutations: {
      "a verb at home": grant("-aws-iam-act", ["iam:UpdateAccessKey"], ["x"]),
      "another role": change(ROLE, set("inlinePolicies", []), (one) => text(one, "name").endsWith("-aws-iam-read")),
    },
  },
  {
    says: "a vendor's secrets are read by this vendor's functions only, and its public door reads what it signs with alone",
    check: (synth) => [...secrets(synth), ...unread(synth)],
    mutations: {
      "a door that reads all of its vendor's": grant(
        "-slack-in",
        ["secretsmanager:GetSecretValue"],
        ["arn:aws:secretsmanager:eu-central-1:111122223333:secret:leasehold/prod/slack.*"],
      ),
      "a door that cannot read": change(ROLE, set("inlinePolicies", []), (one) =>
        text(one, "name").endsWith("-slack-in"),
      ),
      "a step that reads one": grant(
        "-case-step",
        ["secretsmanager:GetSecretValue"],
        ["arn:aws:secretsmanager:::secret:leasehold/x/slack.*"],
      ),
      "a vendor that reads all": change(
        ROLE,
        (inputs) => ({
          ...inputs,
          inlinePolicies: JSON.parse(JSON.stringify(inputs["inlinePolicies"]).replace("slack.*", "*")) as unknown,
        }),
        (one) => text(one, "name").endsWith("-slack-desk"),
      ),
    },
  },
  {
    says: "no function of ours can make a call that answers with a value, but for our own secrets",
    check: denies,
    mutations: {
      "a role without the deny": change(ROLE, set("managedPolicyArns", []), (one) =>
        text(one, "name").endsWith("-hear"),
      ),
      "AWS's policy in its place": change(
        ROLE,
        set("managedPolicyArns", ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"]),
        (one) => text(one, "name").endsWith("-hear"),
      ),
      "AWS's policy beside it": change(
        ROLE,
        (inputs) => ({
          ...inputs,
          managedPolicyArns: [...(inputs["managedPolicyArns"] as string[]), "arn:aws:iam::aws:policy/ReadOnlyAccess"],
        }),
        (one) => text(one, "name").endsWith("-hear"),
      ),
      "AWS's policy on another's role": change(
        ROLE,
        set("managedPolicyArns", ["arn:aws:iam::aws:policy/ReadOnlyAccess"]),
        (one) => text(one, "name").endsWith("-hop"),
      ),
      "a call that was forgotten": change("iam/policy:Policy", edit("policy", '"iam:CreateAccessKey",', ""), (one) =>
        text(one, "name").endsWith("-deny-values"),
      ),
      "too wide an exception": change(
        "iam/policy:Policy",
        edit("policy", /secret:leasehold[/][a-z][^"]*/, "secret:*"),
        (one) => text(one, "name").endsWith("-deny-values"),
      ),
    },
  },
  {
    says: "nobody could give somebody more than they have",
    check: givers,
    mutations: {
      "an inline policy": grant("-aws-iam-act", ["iam:PutUserPolicy"], ["arn:aws:iam::111122223333:user/*"]),
      "a role passed on": grant("-call-writes", ["iam:PassRole"], ["arn:aws:iam::111122223333:role/x"]),
      "a function opened": grant("-call-writes", ["lambda:AddPermission"], ["x"]),
    },
  },
  {
    only: "hub",
    says: "the boundary is on every role",
    check: (synth) =>
      of(synth, ROLE)
        .filter((role) => text(role, "permissionsBoundary") !== "arn:aws:iam::111122223333:policy/leasehold-boundary")
        .map((role) => `${text(role, "name")}: no boundary`),
    mutations: { "a role without": change(ROLE, set("permissionsBoundary", undefined)) },
  },
];
