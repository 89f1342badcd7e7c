import { Fault } from "@leasehold/core/kernel";
import type { File } from "../file/index.ts";

/** One write: what must hold, then what it changes. A check changes nothing, so that a refused write leaves no trace. */
export interface Job {
  readonly check: () => void;
  readonly apply: () => void;
}
export type Commit = (job: Job) => Promise<void>;

interface Waiting extends Job {
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** Group commit: writes that are asked for in one turn of the loop share one transaction and one sync, and each still has its own answer. */
export function grouped(file: File): Commit {
  const waiting: Waiting[] = [];
  return (job) =>
    new Promise((done, failed) => {
      if (waiting.length === 0) setImmediate(() => flush(file, waiting.splice(0)));
      waiting.push({ ...job, done, failed });
    });
}

function flush(file: File, jobs: readonly Waiting[]): void {
  const refused = new Map<Waiting, Fault>();
  try {
    file.transaction(() => {
      for (const job of jobs) {
        const refusal = refusalOf(job);
        if (refusal) refused.set(job, refusal);
        else job.apply();
      }
    });
  } catch (error) {
    const [alone, ...others] = jobs;
    if (others.length === 0) alone?.failed(error);
    else for (const job of jobs) flush(file, [job]); // one that cannot be written must not take the others with it
    return;
  }
  for (const job of jobs) {
    const refusal = refused.get(job);
    if (refusal) job.failed(refusal);
    else job.done();
  }
}

function refusalOf(job: Job): Fault | undefined {
  try {
    job.check();
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}
