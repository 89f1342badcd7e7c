import type { Heard } from "@leasehold/core/connector";
import type { Instant } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import type { Aws } from "../aws/index.ts";
import type { Host } from "./host.ts";

const MOST_BYTES = 200_000; // of signals to a message; SQS takes 256 KiB

/** Signals for `ingest-signals`, as its step reads them. */
export interface Batch {
  readonly signals: readonly Signal[];
  readonly live: boolean;
  readonly recordedAt: Instant;
  readonly delivery?: string;
}
export interface Queues {
  signals(batch: Batch): Promise<void>;
  heard(list: readonly Heard[]): Promise<void>;
}
type Url = (queue: keyof Queues) => string;

/** What waits in line. A batch that is too long for one message goes as several; each part of a delivery has a name of its own. */
export function queuesOf(aws: Aws, url: Url): Queues {
  const send = async (queue: keyof Queues, body: object) => {
    const input = { QueueUrl: url(queue), MessageBody: plain(JSON.stringify(body)) };
    await aws({ permission: "sqs:SendMessage", input, answer: z.object({ MessageId: z.string() }) });
  };
  return {
    signals: async ({ signals, delivery, ...how }) => {
      for (const [n, chunk] of chunks(signals).entries())
        await send("signals", {
          ...how,
          signals: chunk,
          ...(delivery !== undefined && { delivery: n === 0 ? delivery : `${delivery}/${n}` }),
        });
    },
    heard: async (list) => {
      for (const heard of list) await send("heard", { heard });
    },
  };
}

/** SQS takes no noncharacter, which JSON leaves as it is; escaped, it is the same JSON. */
const plain = (json: string) => json.replace(/[\ufffe\uffff]/g, (odd) => `\\u${odd.charCodeAt(0).toString(16)}`);

function chunks(signals: readonly Signal[]): readonly (readonly Signal[])[] {
  const all: Signal[][] = [];
  let bytes = 0;
  for (const signal of signals) {
    const size = Buffer.byteLength(JSON.stringify(signal)) + 1;
    const last = all.at(-1);
    const fits = last !== undefined && bytes + size <= MOST_BYTES;
    if (fits) last.push(signal);
    else all.push([signal]);
    bytes = fits ? bytes + size : size;
  }
  return all;
}

export const queues = ({ env, aws }: Host): Queues =>
  queuesOf(aws, (queue) => env(queue === "signals" ? "LEASEHOLD_SIGNALS" : "LEASEHOLD_HEARD"));
