import type { Step } from "@leasehold/app/steps";
import type { World } from "@leasehold/app/world";
import { badInput } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { stageName } from "../env/index.ts";
import { told } from "./faults.ts";
import { logger } from "./log.ts";
import { type Context, lambda } from "./task.ts";

const Message = z.object({
  ...{ messageId: z.string(), body: z.string() },
  attributes: z.optional(z.object({ SenderId: z.optional(z.string()) })),
});
type Message = z.infer<typeof Message>;
const Batch = z.object({ Records: z.array(Message) });

/** What SQS is told: the ones that come again. One bad message does not replay nine good ones. */
export interface Ended {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/**
 * A step behind a queue: each message by itself, all at once, and those that failed are named. One that hangs is named, too,
 * before Lambda ends the function: a batch that ends without an answer fails as a whole.
 */
export function queue(step: Step, world: () => World) {
  return lambda<unknown, Ended>(async (event, context) => {
    const read = Batch.safeParse(event);
    if (!read.success) throw badInput("the event is no batch of a queue", { where: "Records" });
    const late = endOf(context);
    const runs = read.data.Records.map(async (message) => {
      const done = await Promise.race([ran(step, world, message), late.passed]);
      return done ? [] : [{ itemIdentifier: message.messageId }];
    });
    const batchItemFailures = (await Promise.all(runs)).flat();
    late.forget();
    return { batchItemFailures };
  });
}

/** The same where a batch is one thing to the step: `events`, one from each message. It is done as a whole, or comes again as a whole. */
export function together(step: Step, world: () => World) {
  return lambda<unknown, Ended>(async (event) => {
    const read = Batch.safeParse(event);
    if (!read.success) throw badInput("the event is no batch of a queue", { where: "Records" });
    const events = read.data.Records.flatMap(({ messageId, body }) => {
      try {
        return [jsonOf(body)];
      } catch (error) {
        logger.warn("message failed, and is left", { messageId, fault: told(error).name });
        return []; // it would come again as it is, and its batch with it
      }
    });
    await step.run(world(), { events });
    return { batchItemFailures: [] };
  });
}

/**
 * One message after the other, where each is much work: what failed comes again, and so does what there is no time left to begin.
 * A message is handed on as it is, for others than we may have written it.
 */
export function inTurn(run: (world: World, body: string) => Promise<void>, world: () => World) {
  return lambda<unknown, Ended>(async (event, context) => {
    const read = Batch.safeParse(event);
    if (!read.success) throw badInput("the event is no batch of a queue", { where: "Records" });
    const late = endOf(context);
    const half = context.getRemainingTimeInMillis() / 2;
    const failed: string[] = [];
    for (const { messageId, body } of read.data.Records) {
      const begins = context.getRemainingTimeInMillis() >= half;
      const done = begins && (await Promise.race([attempted(messageId, () => run(world(), body)), late.passed]));
      if (!done) failed.push(messageId);
    }
    late.forget();
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  });
}

/** A little before Lambda ends the function. */
function endOf({ getRemainingTimeInMillis }: Context) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const passed = new Promise<false>((done) => {
    timer = setTimeout(() => done(false), getRemainingTimeInMillis() * 0.8);
  });
  return { passed, forget: () => clearTimeout(timer) };
}

function ran(step: Step, world: () => World, { messageId, body, attributes }: Message): Promise<boolean> {
  return attempted(messageId, async () => {
    const via = waysIn(attributes?.SenderId);
    await step.run(world(), { ...(jsonOf(body) as object), ...(via !== undefined && { via }) });
  });
}

async function attempted(messageId: string, run: () => Promise<void>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    const { name, remedy, facts } = told(error);
    logger.warn("message failed, and comes again", { messageId, fault: name, remedy, facts });
    return false;
  }
}

/**
 * Of which connector's way in a message is; undefined where one of our other functions wrote it. SQS says who sent it, and
 * nobody can choose that: the id of a role, and for Lambda the function's name.
 */
function waysIn(sender: string | undefined): string | undefined {
  const called = sender?.split(":")[1];
  return called?.match(new RegExp(`^leasehold-${stageName()}-(.+)-in$`))?.[1];
}

/** A parser's own error quotes what it read. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badInput("the message is not JSON", { where: "body" });
  }
}
