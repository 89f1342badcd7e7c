import { type Assertion, change, grant, set } from "../assertion.ts";
import { allowedTo, of, problemsIf, text } from "../look.ts";

const ROLE = "iam/role:Role";

export const restored: readonly Assertion[] = [
  {
    says: "which table this is, and so whether it was restored, is asked by whoever acts, watches or reconciles, and by nobody else",
    check: (synth) => {
      const may = of(synth, ROLE).flatMap((role) =>
        allowedTo(role)
          .filter(({ Action }) => Action.includes("dynamodb:DescribeTable"))
          .flatMap(({ Resource }) => Resource.map((one) => `${text(role, "name")} ${one.split(":").slice(5).join()}`)),
      );
      const called = (run: string) => `leasehold-${synth.stage}-${run} table/leasehold-${synth.stage}-table`;
      const wanted = ["call-repairs", "take-pulse", "wind-down-delete", "wind-down-step"].map(called);
      return problemsIf(may.sort().join() !== wanted.join(), `${may.join()} may`);
    },
    mutations: {
      "an executor may not": change(ROLE, set("inlinePolicies", []), (one) =>
        text(one, "name").endsWith("-wind-down-step"),
      ),
      "somebody else may, too": grant("-wake", ["dynamodb:DescribeTable"], ["x"]),
    },
  },
];
