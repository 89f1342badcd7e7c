import { type Assertion, change, grant, set } from "../assertion.ts";
import { actionsOf, allowedTo, of, problemsIf, text } from "../look.ts";

const ROLE = "iam/role:Role";

export const partner: readonly Assertion[] = [
  {
    only: "hub",
    says: "whether a partner's source is active is asked by take-pulse, of that source, and by nobody else",
    check: (synth) => {
      const asked = of(synth, ROLE).flatMap((role) =>
        allowedTo(role)
          .filter(({ Action }) => Action.includes("events:DescribeEventSource"))
          .flatMap(({ Resource }) => Resource.map((one) => `${text(role, "name")} ${one}`)),
      );
      const source = "event-source/aws.partner/okta.com/example/leasehold";
      return problemsIf(
        JSON.stringify(asked) !== JSON.stringify([`leasehold-hub-take-pulse arn:aws:events:us-east-1::${source}`]),
        "not exactly that",
      );
    },
    mutations: {
      nobody: change(ROLE, set("inlinePolicies", []), (one) => text(one, "name").endsWith("-take-pulse")),
      "somebody else, too": grant("-wake", ["events:DescribeEventSource"], ["x"]),
    },
  },
  {
    only: "home",
    says: "where there is no partner nobody may ask for one",
    check: (synth) =>
      of(synth, ROLE)
        .filter((role) => actionsOf(role).includes("events:DescribeEventSource"))
        .map((role) => `${text(role, "name")} may`),
    mutations: { somebody: grant("-take-pulse", ["events:DescribeEventSource"], ["x"]) },
  },
];
