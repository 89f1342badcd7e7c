import { functions, type Need } from "@leasehold/workflows";
import { type Answering, answering, OTHERS } from "../../../stacks/tables/doors.ts";
import { type Assertion, change, grant, set, without } from "../assertion.ts";
import type { Synth } from "../harness.ts";
import { actionsOf, of, problemsIf, roleOf, text } from "../look.ts";

const ROUTE = "apigatewayv2/route:Route";
const INTEGRATION = "apigatewayv2/integration:Integration";
const everyone = Object.keys(answering) as Answering[];
const READERS = everyone.filter((run) => (functions[run].needs as readonly Need[]).includes("rows"));

/** Which function of ours a request for a call comes to: that of the route which names it, and else that of the route for any. */
function reached(synth: Synth, call: string): string | undefined {
  const routes = of(synth, ROUTE);
  const named = routes.find((one) => text(one, "routeKey") === `POST /v1/${call}`);
  const route = named ?? routes.find((one) => text(one, "routeKey") === "POST /v1/{call}");
  const integration = of(synth, INTEGRATION).find(
    ({ name }) => route !== undefined && text(route, "target") === `integrations/${name}-id`,
  );
  return integration && text(integration, "integrationUri").split(":").at(-1);
}

function astray(synth: Synth): readonly string[] {
  const all = everyone.flatMap((run) => Object.keys(answering[run]).map((call) => [call, run] as const));
  return [...all, ["no-such-call", OTHERS] as const].flatMap(([call, run]) => {
    const to = reached(synth, call);
    return problemsIf(to !== `leasehold-${synth.stage}-${run}`, `${call} goes to ${to}`);
  });
}

/** All that a function which answers questions may do: look at rows, ask a connector's reader, write its log. */
const LOOKS = [
  "dynamodb:GetItem",
  "dynamodb:Query",
  "lambda:InvokeFunction",
  "logs:CreateLogStream",
  "logs:PutLogEvents",
];

function writers(synth: Synth): readonly string[] {
  return READERS.flatMap((run) => {
    const role = roleOf(synth, `leasehold-${synth.stage}-${run}`);
    if (role === undefined) return [`${run} has no role`];
    const more = actionsOf(role).filter((verb) => !LOOKS.includes(verb));
    const invoked = JSON.stringify(role.inputs["inlinePolicies"]).match(/:function:[\w-]+/g) ?? [];
    return [
      ...more.map((verb) => `${run} may ${verb}`),
      ...invoked.filter((one) => !one.endsWith("-read")).map((one) => `${run} may call ${one}`),
      ...problemsIf(!LOOKS.every((verb) => actionsOf(role).includes(verb)), `${run} cannot look`),
    ];
  });
}

const TABLE = "arn:aws:dynamodb:eu-central-1:111122223333:table/leasehold-prod-table";
const FUNCTION = "arn:aws:lambda:eu-central-1:111122223333:function:leasehold-prod";

export const calls: readonly Assertion[] = [
  {
    says: "each call goes to the function that answers it, and what is no call to one that cannot write",
    check: astray,
    mutations: {
      "an act without its route": without(ROUTE, (one) => text(one, "routeKey") === "POST /v1/brake-on"),
      "a question that goes where it could write": change(
        INTEGRATION,
        set("integrationUri", `${FUNCTION}-call-writes`),
        (one) => text(one, "integrationUri").endsWith("-call-reads"),
      ),
      "a plan at another's door": change(
        ROUTE,
        set("target", "integrations/callIntegration-id"),
        (one) => text(one, "routeKey") === "POST /v1/plan",
      ),
    },
  },
  {
    says: "whoever answers questions can look, and cannot write, publish, start, act or ask people",
    check: writers,
    mutations: {
      "a row written": grant("-call-reads", ["dynamodb:PutItem"], [TABLE]),
      "a row taken away by the planner": grant("-call-plans", ["dynamodb:DeleteItem"], [TABLE]),
      "an event said": grant("-call-plans", ["events:PutEvents"], ["arn:aws:events:::event-bus/leasehold-prod-bus"]),
      "an execution begun": grant("-call-reads", ["states:StartExecution"], ["arn:aws:states:::stateMachine:x"]),
      "a connector that acts": grant("-call-plans", ["lambda:InvokeFunction"], [`${FUNCTION}-aws-iam-act`]),
      "a desk": grant("-call-reads", ["lambda:InvokeFunction"], [`${FUNCTION}-slack-desk`]),
      "no eyes": change("iam/role:Role", set("inlinePolicies", []), (one) => text(one, "name").endsWith("-call-reads")),
    },
  },
];
