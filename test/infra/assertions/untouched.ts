import { type Assertion, change, edit } from "../assertion.ts";
import type { Synth } from "../harness.ts";
import { allowedTo, of, problemsIf, statementsIn, text } from "../look.ts";

/** Every verb with which our roles change an identity is denied on what is tagged so, and on our own. */
function open(synth: Synth): readonly string[] {
  const policies = of(synth, "iam/policy:Policy").filter((one) => text(one, "name").endsWith("-deny-values"));
  const denied = policies.flatMap(({ inputs }) => statementsIn(inputs["policy"]));
  const changes = of(synth, "iam/role:Role")
    .flatMap((role) => allowedTo(role).flatMap(({ Action }) => Action))
    .filter((verb) => /^iam:(Update|Delete|Attach|Put|Add|Deactivate)/.test(verb));
  const byTag = denied.filter((one) =>
    JSON.stringify(one).includes('{"Null":{"iam:ResourceTag/leasehold:never-touch":"false"}}'),
  );
  const ours = denied.filter((one) => JSON.stringify(one).includes(":user/leasehold-*"));
  const covers = (statements: typeof denied, verb: string) => statements.some(({ Action }) => Action.includes(verb));
  const always = ["iam:UpdateAccessKey", "iam:DeleteAccessKey"]; // also of a stage that has no IAM yet
  return [
    ...AWS_OWN.filter((one) => !JSON.stringify(denied).includes(one)).map((one) => `AWS's own ${one} is not denied`),
    ...[...new Set([...always, ...changes])].flatMap((verb) => [
      ...problemsIf(
        !covers(byTag, verb) && !TAKES_BACK.includes(verb),
        `${verb} is not denied where somebody has said never to touch it`,
      ),
      ...problemsIf(!covers(ours, verb), `${verb} is not denied on our own identities`),
    ]),
  ];
}

/** What we took down may always be taken back: our own policies, by what somebody has tagged since. */
const TAKES_BACK = ["iam:DeleteRolePolicy", "iam:DeleteUserPolicy"];

/** What AWS keeps for its services and for Identity Center, and what it attaches by itself. */
const AWS_OWN = ["role/aws-service-role/*", "role/aws-reserved/*", "policy/AWSCompromisedKeyQuarantine*"];

export const untouched: readonly Assertion[] = [
  {
    says: "no function of ours can take down what is tagged never to be touched, nor what is our own",
    check: open,
    mutations: {
      "the tag that protects forgotten": change(
        "iam/policy:Policy",
        edit("policy", "iam:ResourceTag/leasehold:never-touch", "iam:ResourceTag/other"),
        (one) => text(one, "name").endsWith("-deny-values"),
      ),
      "AWS's own hold forgotten": change(
        "iam/policy:Policy",
        edit("policy", "AWSCompromisedKeyQuarantine", "Other"),
        (one) => text(one, "name").endsWith("-deny-values"),
      ),
      "our own identities forgotten": change(
        "iam/policy:Policy",
        edit("policy", "user/leasehold-*", "user/other-*"),
        (one) => text(one, "name").endsWith("-deny-values"),
      ),
    },
  },
];
