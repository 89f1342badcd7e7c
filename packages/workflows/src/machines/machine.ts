import { retried } from "../fault.ts";

/** A state machine in the States Language, JSONata only. Plain data: the stack binds it, and the laptop runs the same. */
export interface Machine {
  readonly Comment: string;
  readonly QueryLanguage: "JSONata";
  readonly StartAt: string;
  readonly States: Readonly<Record<string, object>>;
}

/** The functions that one machine runs. `final`: the one that may delete, where there is something to delete. */
export interface Parts {
  readonly about: string;
  readonly step: string;
  readonly stuck: string;
  readonly final?: string;
}

const RETRY = [
  {
    ErrorEquals: retried,
    IntervalSeconds: 2,
    BackoffRate: 2,
    MaxAttempts: 5,
    MaxDelaySeconds: 60,
    JitterStrategy: "FULL",
  },
];
const STUCK = [{ ErrorEquals: ["States.ALL"], Assign: { fault: "{% $states.errorOutput.Error %}" }, Next: "Stuck" }];

const ID = "$states.context.Execution.Input.id"; // as it was begun: no state is spent on handing it on

/**
 * Step, then wait for an answer until the deadline, and again. A state is billed each time it is entered, and nearly every step
 * waits: so it goes straight on to the wait, and only what has no wait to compute is routed: again, a deletion handed over, the end.
 * No error ends it: what cannot go on is stuck, says why, and looks again.
 */
export function loop({ about, step, stuck, final }: Parts): Machine {
  return {
    Comment: about,
    QueryLanguage: "JSONata",
    StartAt: "Step",
    States: {
      Step: call(step, `{% {'contract': 1, 'id': ${ID}} %}`),
      Wait: {
        Type: "Task",
        Comment:
          "Until somebody answers or something moves, or until the deadline. What is no wait is an error here, for Route.",
        Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
        Arguments: {
          // biome-ignore lint/suspicious/noTemplateCurlyInString: the stack fills this in with the function's ARN
          FunctionName: "${wait}",
          Payload: `{% $next.do = 'wait' ? {'contract': 1, 'subject': ${ID}, 'version': $next.version, 'until': $next.until, 'token': $states.context.Task.Token, 'seen': $next.seen} : $error('no wait') %}`,
        },
        TimeoutSeconds: "{% $max([1, $min([99999999, $ceil(($toMillis($next.until) - $millis()) / 1000)])]) %}",
        Retry: RETRY,
        Catch: [
          { ErrorEquals: ["States.Timeout"], Next: "Step" },
          { ErrorEquals: ["States.QueryEvaluationError"], Next: "Route" },
          ...STUCK,
        ],
        Next: "Step",
      },
      Route: {
        Type: "Choice",
        Choices: [
          { Condition: "{% $next.do = 'again' %}", Next: "Step" },
          ...(final === undefined ? [] : [{ Condition: "{% $next.do = 'delete' %}", Next: "Delete" }]),
          { Condition: "{% $next.do = 'closed' %}", Next: "Done" },
        ],
        Default: "Unknown",
      },
      ...(final === undefined ? {} : { Delete: call(final, `{% {'contract': 1, 'id': ${ID}} %}`) }),
      Stuck: {
        ...call(stuck, `{% {'contract': 1, 'id': ${ID}, 'fault': $fault} %}`),
        Catch: [{ ErrorEquals: ["States.ALL"], Next: "Pause" }],
      },
      Pause: { Type: "Wait", Seconds: 3600, Next: "Step" },
      Unknown: { Type: "Pass", Assign: { fault: "Unreachable" }, Next: "Stuck" },
      Done: { Type: "Succeed" },
    },
  };
}

function call(name: string, payload: string): object {
  return {
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke",
    Arguments: { FunctionName: `\${${name}}`, Payload: payload },
    Assign: { next: "{% $states.result.Payload %}" },
    Retry: RETRY,
    Catch: STUCK,
    Next: "Wait",
  };
}
