import { Fault } from "@leasehold/core/kernel";

const TRIES = 5;

/** For what reads, decides and writes under the version that it read: where somebody else was faster, all of it anew. */
export async function again<T>(attempt: () => Promise<T>): Promise<T> {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Fault) || error.name !== "Conflict" || left <= 1) throw error;
    }
  }
}
