import { understood } from "@leasehold/app/ingest";
import type { Estate, Log, Provider } from "@leasehold/app/world";
import { onlyCounts } from "@leasehold/core/connector";
import type { Clock } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { jsonOf, told } from "../kit/index.ts";
import type { Queues } from "../world/index.ts";

/** One message of a fenced queue. It is raw: nothing of it but its id goes anywhere. */
export interface RawMessage {
  readonly id: string;
  readonly body: string;
}
export interface RawQueue {
  /** Some messages, hidden from everybody else for a while; none at the end. */
  take(): Promise<readonly RawMessage[]>;
  drop(id: string): Promise<void>;
}
export interface RedriveParts {
  readonly queues: readonly RawQueue[];
  readonly estate: Estate;
  readonly line: Pick<Queues, "signals">;
  readonly clock: Clock;
  readonly log: Log;
}
export interface Redriven {
  readonly redriven: number;
  readonly notUnderstood: number;
}

const MOST = 1_000; // messages to a run; the rest is for the next one

/**
 * What a rule could not deliver: normalised first, then sent on as signals, and only then dropped. What cannot be read stays
 * where it is fenced, and is counted until it is too old.
 */
export async function redrive(parts: RedriveParts): Promise<Redriven> {
  const faults: unknown[] = [];
  const or: Or = (otherwise, run) =>
    run.catch((error: unknown) => {
      faults.push(error); // said at the end: no queue and no message may keep the others until they are too old
      return otherwise;
    });
  const sent: boolean[] = [];
  for (const queue of parts.queues) sent.push(...(await emptied(parts, queue, or)));
  if (faults.length > 0) throw told(faults[0]);
  return { redriven: sent.filter((one) => one).length, notUnderstood: sent.filter((one) => !one).length };
}

type Or = <T>(otherwise: T, run: Promise<T>) => Promise<T>;

/** Of each message whether it was sent on; nothing of one that failed. */
async function emptied(parts: RedriveParts, queue: RawQueue, or: Or): Promise<readonly boolean[]> {
  const seen = new Set<string>();
  const sent: boolean[] = [];
  const next = () => or([], taken(queue, seen));
  for (let fresh = await next(); fresh.length > 0; fresh = await next())
    for (const message of fresh) {
      const one = await or(undefined, sentOn(parts, queue, message));
      if (one !== undefined) sent.push(one);
    }
  return sent;
}

async function taken(queue: RawQueue, seen: Set<string>): Promise<readonly RawMessage[]> {
  if (seen.size >= MOST) return [];
  const fresh = (await queue.take()).filter(({ id }) => !seen.has(id));
  for (const { id } of fresh) seen.add(id);
  return fresh;
}

async function sentOn(parts: RedriveParts, queue: RawQueue, { id, body }: RawMessage): Promise<boolean> {
  const signals = signalsOf(parts, id, body);
  if (signals === undefined) return false;
  if (signals.length > 0) await parts.line.signals({ signals, live: true, recordedAt: parts.clock() });
  await queue.drop(id);
  return true;
}

/** Of a bare event who only counts would let go what another could not read. */
const says = (listens: Provider["listens"]): boolean => listens !== undefined && !onlyCounts(listens);

const Enveloped = z.strictObject({ connector: z.string(), event: z.unknown() });

/**
 * EventBridge's guide says that a target's dead-letter queue gets "the events" and does not say whether before or after the
 * rule's transformer, so both are read: our envelope names its connector; of a bare event each listener says what it knows.
 */
function signalsOf({ estate, log }: RedriveParts, messageId: string, body: string): readonly Signal[] | undefined {
  try {
    const given = jsonOf(body);
    const enveloped = Enveloped.safeParse(given);
    const ears = estate
      .providers()
      .filter(({ id, listens }) => (enveloped.success ? id === enveloped.data.connector : says(listens)));
    const reads = ears.flatMap(({ listens }) => {
      return listens ? [understood(listens, enveloped.success ? enveloped.data.event : given)] : [];
    });
    const read = reads.flatMap((one) => ("signals" in one ? [one.signals] : []));
    if (read.length > 0) return read.flat();
    const where = reads.flatMap((one) => ("where" in one ? [one.where] : [])).join("; ") || "connector";
    log("warn", "raw event not understood, and left", { messageId, where });
  } catch (error) {
    log("warn", "raw event not understood, and left", { messageId, where: "body", fault: told(error).name });
  }
  return undefined;
}
