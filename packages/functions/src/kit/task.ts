import type { Step } from "@leasehold/app/steps";
import type { World } from "@leasehold/app/world";
import middy, { type MiddlewareObj } from "@middy/core";
import { told } from "./faults.ts";
import { logger } from "./log.ts";

/** Every Lambda of ours is made here: one log line that says how it ended, and nothing foreign thrown. */
export function lambda<In, Out>(run: (event: In, context: Context) => Promise<Out>) {
  return middy<In, Out>()
    .use(says())
    .handler((event, context) => run(event, context));
}

/** Of Lambda's own, what we use. */
export interface Context {
  readonly getRemainingTimeInMillis: () => number;
}

/** A function that is one step: its schema reads the event, and names what is wrong by where it is. */
export const task = (step: Step, world: () => World) => lambda<unknown, object>((event) => step.run(world(), event));

function says(): MiddlewareObj {
  return {
    before: ({ context }) => {
      logger.resetKeys();
      logger.appendKeys({ requestId: context.awsRequestId }); // as Lambda's own lines have it; they have the rest, too
    },
    after: () => logger.info("function done"),
    onError: (request) => {
      const fault = told(request.error);
      logger.error("function failed", { fault: fault.name, remedy: fault.remedy, facts: fault.facts });
      request.error = fault; // no response is set, so middy throws this, and Step Functions reads its name
    },
  };
}
