import { setTimeout } from "node:timers/promises";
import type { Archive } from "@leasehold/app/world";
import { Fault, unavailable } from "@leasehold/core/kernel";
import { admit } from "@leasehold/store/archive";
import * as z from "zod/mini";
import type { Aws } from "../aws/index.ts";
import type { Maker } from "./world.ts";

const MOST_RECORDS = 500; // to a call
const MOST_BYTES = 4 * 1_048_576;
const TRIES = 4;
const Said = z.object({ RequestResponses: z.array(z.object({ RecordId: z.optional(z.string()) })) });

export interface ArchiveParts {
  readonly aws: Aws;
  readonly stream: () => string;
  readonly wait?: (millis: number) => Promise<unknown>;
}

/**
 * The archive through a delivery stream, which gathers many appends into one object. Reading it back is a rebuild's work,
 * and no function here has the right to it.
 */
export function firehoseArchive(parts: ArchiveParts): Archive {
  return {
    append: async (signals, recordedAt) => {
      const lines = signals.map((signal) =>
        Buffer.from(`${JSON.stringify({ recordedAt, signal: admit(signal) })}\n`, "utf8"),
      );
      for (const batch of batches(lines)) await taken(parts, batch);
    },
    read: async () => {
      throw new Fault("Unreachable", "the archive is not read by a function", {});
    },
  };
}

function batches(lines: readonly Buffer[]): readonly (readonly Buffer[])[] {
  const all: Buffer[][] = [];
  let bytes = 0;
  for (const line of lines) {
    const last = all.at(-1);
    if (last === undefined || last.length === MOST_RECORDS || bytes + line.length > MOST_BYTES) {
      all.push([line]);
      bytes = line.length;
      continue;
    }
    last.push(line);
    bytes += line.length;
  }
  return all;
}

/** Each record is taken or refused by itself; only the refused ones are sent again. */
async function taken({ aws, stream, wait = setTimeout }: ArchiveParts, batch: readonly Buffer[]): Promise<void> {
  let left = batch;
  for (let attempt = 1; left.length > 0; attempt += 1) {
    if (attempt > TRIES) throw unavailable("firehose");
    if (attempt > 1) await wait(Math.random() * 50 * 2 ** attempt);
    const Records = left.map((line) => ({ Data: line.toString("base64") }));
    const input = { DeliveryStreamName: stream(), Records };
    const said = await aws({ permission: "firehose:PutRecordBatch", input, answer: Said });
    left = left.filter((_, n) => said?.RequestResponses[n]?.RecordId === undefined);
  }
}

export const archive: Maker<Archive> = ({ env, aws }) =>
  firehoseArchive({ aws, stream: () => env("LEASEHOLD_ARCHIVE") });
