import * as z from "zod/mini";
import type { Aws } from "../aws/index.ts";
import type { RawQueue } from "./redrive.ts";

const HIDDEN_SECONDS = 600; // longer than any run, shorter than the time between two
const Message = z.object({ MessageId: z.string(), ReceiptHandle: z.string(), Body: z.string() });
const Said = z.object({ Messages: z._default(z.array(Message), []) });

/** A fenced queue, which stands in the region of its rule. */
export function rawQueue(
  aws: Aws,
  { region, url: QueueUrl }: { readonly region: string; readonly url: string },
): RawQueue {
  const receipts = new Map<string, string>();
  return {
    take: async () => {
      const input = { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: HIDDEN_SECONDS, WaitTimeSeconds: 1 };
      const said = await aws({ permission: "sqs:ReceiveMessage", input, answer: Said, region });
      return (said?.Messages ?? []).map(({ MessageId: id, ReceiptHandle, Body: body }) => {
        receipts.set(id, ReceiptHandle);
        return { id, body };
      });
    },
    drop: async (id) => {
      const input = { QueueUrl, ReceiptHandle: receipts.get(id) };
      await aws({ permission: "sqs:DeleteMessage", input, answer: z.unknown(), region });
    },
  };
}
