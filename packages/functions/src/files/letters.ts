import * as z from "zod/mini";
import type { Aws } from "../aws/index.ts";

/** A file that cannot be read, by its key and never by its content. */
export interface Letter {
  readonly bucket: string;
  readonly key: string;
  readonly why: string;
}
export type Letters = (letter: Letter) => Promise<void>;

/** Written as CloudTrail writes its own notices: moved back to the queue, it is read again. */
export function deadLetters(aws: Aws, url: () => string): Letters {
  return async ({ bucket: s3Bucket, key, why }) => {
    const MessageBody = JSON.stringify({ s3Bucket, s3ObjectKey: [key], why });
    const input = { QueueUrl: url(), MessageBody };
    await aws({ permission: "sqs:SendMessage", input, answer: z.object({ MessageId: z.string() }) });
  };
}
