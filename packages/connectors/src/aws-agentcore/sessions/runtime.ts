import { ListTagsForResourceCommand } from "@aws-sdk/client-bedrock-agentcore-control";
import type { Handle, Target } from "@leasehold/core/connector";
import { badInput } from "@leasehold/core/kernel";
import { NEVER_TOUCH } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { accountOf, askAws, isMissing } from "../../../kit/index.ts";
import type { Api } from "../api.ts";

export const RUNTIME_SESSIONS = "runtime sessions";

/** The runtime whose sessions these are. */
export interface Runtime {
  readonly region: string;
  readonly arn: string;
  readonly id: string;
}

const ID = /^[a-zA-Z][a-zA-Z0-9_]{0,99}-[a-zA-Z0-9]{10}$/;
const ARN = /^arn:aws[a-z-]*:bedrock-agentcore:([a-z0-9-]+):\d{12}:runtime\/([^/:]+)$/;
const RuntimeHandle = z.object({ account: z.string(), arn: z.string() });

/** Undefined where this is no ARN of a runtime as AgentCore makes them: then nothing of its logs could be told from another's. */
function runtimeIn(arn: string): Runtime | undefined {
  const [, region, id] = ARN.exec(arn) ?? [];
  return region !== undefined && id !== undefined && ID.test(id) ? { region, arn, id } : undefined;
}

export const sessionsHandle = (account: string, arn: string): Handle | undefined => runtimeIn(arn) && { account, arn };

export function runtimeOf(api: Api, { handle }: Target): Runtime {
  const { success, data } = RuntimeHandle.safeParse(handle);
  const runtime = success ? runtimeIn(data.arn) : undefined;
  if (!success || runtime === undefined)
    throw badInput("this is no handle of a runtime's sessions", { where: "handle" });
  if (data.account !== api.account || accountOf(data.arn) !== api.account)
    throw badInput(
      "the runtime is of another account than the configuration names: name that one, too, in aws.accounts",
      { where: "handle.account" },
    );
  if (!api.regions.includes(runtime.region))
    throw badInput("the runtime is in a Region that the settings do not name", { where: "handle.arn" });
  return runtime;
}

export const READS_TAGS = "bedrock-agentcore:ListTagsForResource";

/** Whether it is there, and may be touched: read live where it would be done, whatever was decided elsewhere. */
export async function runtimeNow(api: Api, { region, arn }: Runtime): Promise<{ readonly never?: string } | undefined> {
  const ask = () => api.in(region)(new ListTagsForResourceCommand({ resourceArn: arn }));
  const found = await askAws(READS_TAGS, ask).catch(isMissing);
  if (found === undefined) return undefined;
  const tagged = Object.keys(found.tags ?? {}).some((name) => name.toLowerCase() === NEVER_TOUCH);
  return tagged ? { never: `never touched: it is tagged ${NEVER_TOUCH}` } : {};
}
