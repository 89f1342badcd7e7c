import { type Assertion, change, grant, set } from "../assertion.ts";
import type { Synth } from "../harness.ts";
import { actionsOf, allowedTo, of, problemsIf, text } from "../look.ts";
import type { Made } from "../mocks.ts";

const ROLE = "iam/role:Role";

/** The whole of the opt-in right, by name: each writes or takes away a policy, which IAM cannot limit to ours. */
export const CONTAINS: Readonly<Record<string, string>> = {
  "iam:PutUserPolicy": "denies a user's sessions from before an instant",
  "iam:DeleteUserPolicy": "takes that policy away",
  "iam:PutRolePolicy": "denies one source identity's sessions on a role",
  "iam:DeleteRolePolicy": "takes that policy away",
};
export const isContaining = (role: Made) => /-aws-[a-z-]+-contain$/.test(text(role, "name"));

const invokes = (role: Made) => allowedTo(role).filter(({ Action }) => Action.includes("lambda:InvokeFunction"));

/** The opt-in right is there where the settings say so and nowhere else; one step may have it used. */
function contains(synth: Synth): readonly string[] {
  const holders = of(synth, ROLE).filter((role) => actionsOf(role).some((verb) => CONTAINS[verb] !== undefined));
  const wanted = synth.stage === "prod" ? ["leasehold-prod-aws-iam-contain"] : [];
  const callers = of(synth, ROLE).filter((role) =>
    invokes(role).some(({ Resource }) => Resource.some((one) => one.endsWith("-contain"))),
  );
  const stepper = synth.stage === "prod" ? ["leasehold-prod-wind-down-step"] : [];
  const differ = (found: readonly Made[], names: readonly string[]) =>
    JSON.stringify(found.map((one) => text(one, "name")).sort()) !== JSON.stringify(names);
  return [
    ...problemsIf(differ(holders, wanted), `write policies: ${holders.map((one) => text(one, "name")).join()}`),
    ...problemsIf(differ(callers, stepper), `have policies written: ${callers.map((one) => text(one, "name")).join()}`),
    ...of(synth, ROLE)
      .filter(isContaining)
      .flatMap((role) =>
        actionsOf(role).filter((verb) => /^iam:(?!Get|List)/.test(verb) && CONTAINS[verb] === undefined),
      )
      .map((verb) => `beside writing policies: ${verb}`),
  ];
}

export const contain: readonly Assertion[] = [
  {
    says: "policies are written by the function of the opt-in right alone, where the settings opt in, for one step",
    check: contains,
    mutations: {
      "a second holder": grant("-aws-iam-read", ["iam:PutRolePolicy"], ["arn:aws:iam::111122223333:role/*"]),
      "a second caller": grant(
        "-case-step",
        ["lambda:InvokeFunction"],
        ["arn:aws:lambda:::function:leasehold-x-aws-iam-contain"],
      ),
    },
  },
  {
    only: "home",
    says: "the opt-in right is that to end sessions, and no other",
    check: contains,
    mutations: {
      "one that switches keys off, too": grant("-aws-iam-contain", ["iam:UpdateAccessKey"], ["x"]),
      "no caller": change(ROLE, set("inlinePolicies", []), (one) => text(one, "name").endsWith("-wind-down-step")),
    },
  },
];
