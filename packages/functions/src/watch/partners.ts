import { DescribeEventSourceCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { told } from "../kit/index.ts";
import { type Host, once } from "../world/index.ts";

export interface Partner {
  readonly connector: string;
  readonly down: 0 | 1;
}
/** The partner event sources of the stage, by connector. */
export type Sources = Readonly<Record<string, string>>;
/** The state of a partner's event source; undefined where AWS knows none of that name. */
export type Describe = (source: string) => Promise<string | undefined>;

const client = once(() => new EventBridgeClient({}));

/** As EventBridge says it; a source that the partner has taken away is missing. */
export const describeSource: Describe = async (Name) => {
  const said = await client().send(new DescribeEventSourceCommand({ Name })).catch(unlessMissing);
  return said?.State;
};

function unlessMissing(error: unknown): undefined {
  if ((error as Error).name !== "ResourceNotFoundException") throw error;
}

/**
 * Which partner sources are down: one is up while it is ACTIVE, and that alone
 * (docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeEventSource.html). Where AWS does not say, nothing is
 * said here either: the alarm takes silence for a fault.
 */
export async function partnersOf(
  { describe, log }: { readonly describe: Describe } & Pick<Host, "log">,
  sources: Sources,
): Promise<readonly Partner[]> {
  const asked = Object.entries(sources).map(async ([connector, source]): Promise<readonly Partner[]> => {
    try {
      return [{ connector, down: (await describe(source)) === "ACTIVE" ? 0 : 1 }];
    } catch (error) {
      log("warn", "nobody knows whether a partner source is active", { connector, fault: told(error).name });
      return [];
    }
  });
  return (await Promise.all(asked)).flat();
}
