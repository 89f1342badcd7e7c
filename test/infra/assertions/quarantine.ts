import { type Assertion, change, edit, grant, set } from "../assertion.ts";
import type { Synth } from "../harness.ts";
import { allowedTo, of, problemsIf, type Statement, text } from "../look.ts";

const ROLE = "iam/role:Role";
const attaches = (verb: string) => /^iam:(Attach|Detach)/.test(verb);

/** It attaches and takes away the one policy that this stack deploys, and no other: that one denies everything. */
export function isOursAlone(synth: Synth, { Action, Condition }: Statement): boolean {
  const ours = `arn:aws:iam::111122223333:policy/leasehold-${synth.stage}-quarantine`;
  const limited = JSON.stringify({ ArnEquals: { "iam:PolicyARN": [ours] } });
  return Action.every(attaches) && JSON.stringify(Condition) === limited;
}

export const quarantine: readonly Assertion[] = [
  {
    only: "home",
    says: "the one policy that may be attached or taken away is ours, which denies everything",
    check: (synth) => {
      const attaching = of(synth, ROLE)
        .flatMap(allowedTo)
        .filter(({ Action }) => Action.some(attaches));
      return [
        ...problemsIf(attaching.length === 0, "nobody can quarantine"),
        ...attaching.flatMap((one) => problemsIf(!isOursAlone(synth, one), `${one.Action.join()}: any policy`)),
      ];
    },
    mutations: {
      "one that attaches what it likes": grant("-aws-iam-act", ["iam:AttachUserPolicy"], ["x"]),
      nobody: change(ROLE, set("inlinePolicies", []), (one) => text(one, "name").endsWith("-aws-iam-act")),
    },
  },
  {
    says: "quarantine is a fixed policy that denies everything",
    check: (synth) => {
      const one = of(synth, "iam/policy:Policy").find(
        (it) => text(it, "name") === `leasehold-${synth.stage}-quarantine`,
      );
      const said = one === undefined ? "" : JSON.stringify(JSON.parse(text(one, "policy")));
      return problemsIf(
        said !== '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["*"],"Resource":["*"]}]}',
        "not what it was",
      );
    },
    mutations: {
      "one that allows": change("iam/policy:Policy", edit("policy", '"Deny"', '"Allow"'), (one) =>
        text(one, "name").endsWith("-quarantine"),
      ),
    },
  },
];
