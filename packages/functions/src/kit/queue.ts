import type { Step } from "@leasehold/app/steps";
import type { World } from "@leasehold/app/world";
import { badInput } from "@leasehold/core/kernel";
import * as z from "zod";
import { told } from "./faults.ts";
import { logger } from "./log.ts";
import { lambda } from "./task.ts";

const Batch = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });
type Message = z.infer<typeof Batch>["Records"][number];

/** What SQS is told: the ones that come again. One bad message does not replay nine good ones. */
export interface Ended {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** A step behind a queue: each message by itself, and those that failed are named. */
export function queue(step: Step, world: () => World) {
  return lambda<unknown, Ended>(async (event) => {
    const read = Batch.safeParse(event);
    if (!read.success) throw badInput("the event is no batch of a queue", { where: "Records" });
    const failed: string[] = [];
    for (const message of read.data.Records) if (!(await ran(step, world, message))) failed.push(message.messageId);
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  });
}

async function ran(step: Step, world: () => World, { messageId, body }: Message): Promise<boolean> {
  try {
    await step.run(world(), jsonOf(body));
    return true;
  } catch (error) {
    const { name, remedy, facts } = told(error);
    logger.warn("message failed, and comes again", { messageId, fault: name, remedy, facts });
    return false;
  }
}

/** A parser's own error quotes what it read. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badInput("the message is not JSON", { where: "body" });
  }
}
