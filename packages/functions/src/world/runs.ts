import type { Runs } from "@leasehold/app/world";
import { badInput } from "@leasehold/core/kernel";
import { nameOn } from "@leasehold/workflows";
import * as z from "zod/mini";
import type { Aws } from "../aws/index.ts";
import type { Maker } from "./world.ts";

const LONGEST = 80; // of an execution's name
const OVER = ["TaskTimedOut", "TaskDoesNotExist", "InvalidToken"];
const answer = z.object({});

/** Step Functions. A name that was used before, and a wait that is over, are what we hoped for and no fault. */
export function runsOn(aws: Aws, machine: (name: "case" | "wind-down") => string): Runs {
  return {
    start: async (of, name, input) => {
      if (name.length > LONGEST) throw badInput("the name of an execution is too long", { length: name.length });
      await aws({
        permission: "states:StartExecution",
        input: { stateMachineArn: machine(of), name, input: JSON.stringify(input) },
        ...{ answer, expected: ["ExecutionAlreadyExists"] },
      });
    },
    wake: async (token) => {
      const input = { taskToken: token, output: "{}" };
      await aws({ permission: "states:SendTaskSuccess", input, answer, expected: OVER });
    },
  };
}

export const runs: Maker<Runs> = ({ env, aws }) =>
  runsOn(aws, (name) => `${env("LEASEHOLD_MACHINES")}${nameOn(env("LEASEHOLD_STAGE"), name)}`);
