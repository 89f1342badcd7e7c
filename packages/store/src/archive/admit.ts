import { badInput } from "@leasehold/core/kernel";
import { Signal } from "@leasehold/core/signal";

/** Nothing goes into an archive or comes out of one but signals, strictly: a field that we did not name is refused. */
export function admit(signal: unknown): Signal {
  const read = Signal.safeParse(signal);
  if (read.success) return read.data;
  const where = read.error.issues.map(({ path }) => path.join(".") || "signal").join(", "); // where, and never what
  throw badInput("what is to be archived is not a signal", { where });
}
