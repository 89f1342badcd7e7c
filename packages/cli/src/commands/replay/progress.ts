import type { Progress } from "@leasehold/local/history";
import type { Call } from "../../command/index.ts";

const STEP = 10; // per cent
const RECORDS = 10_000; // where nobody knows how much there is

/** A line for every tenth; of the standard input, whose length nobody knows, for every ten thousand records. */
export function progressTo({ note }: Pick<Call, "note">): (progress: Progress) => void {
  let next = STEP;
  let later = RECORDS;
  return ({ records, bytes, total }) => {
    const share = total > 0 ? Math.floor((100 * Math.min(bytes, total)) / total) : 0;
    if (share < next && records < later) return;
    if (total > 0 && share < next) return;
    note(total > 0 ? `read ${share} %, ${records} records` : `read ${records} records`);
    next = Math.floor(share / STEP) * STEP + STEP;
    later = records + RECORDS;
  };
}
