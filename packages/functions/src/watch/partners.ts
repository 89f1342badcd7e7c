import * as z from "zod";
import { told } from "../kit/index.ts";
import type { Host } from "../world/index.ts";

const Said = z.object({ State: z.string() });

export interface Partner {
  readonly connector: string;
  readonly down: 0 | 1;
}
/** The partner event sources of the stage, by connector. */
export type Sources = Readonly<Record<string, string>>;

/**
 * Which partner sources are down: one is up while it is ACTIVE, and that alone
 * (docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeEventSource.html). Where AWS does not say, nothing is
 * said here either: the alarm takes silence for a fault.
 */
export async function partnersOf(
  { aws, log }: Pick<Host, "aws" | "log">,
  sources: Sources,
): Promise<readonly Partner[]> {
  const asked = Object.entries(sources).map(async ([connector, Name]): Promise<readonly Partner[]> => {
    try {
      const said = await aws({
        permission: "events:DescribeEventSource",
        input: { Name },
        ...{ answer: Said, expected: ["ResourceNotFoundException"] }, // the partner has taken it away
      });
      return [{ connector, down: said?.State === "ACTIVE" ? 0 : 1 }];
    } catch (error) {
      log("warn", "nobody knows whether a partner source is active", { connector, fault: told(error).name });
      return [];
    }
  });
  return (await Promise.all(asked)).flat();
}
