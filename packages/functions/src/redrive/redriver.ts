import { lambda, measure } from "../kit/index.ts";
import { listeners, listening } from "../listeners/index.ts";
import { deployedHere, type Host, type Queues } from "../world/index.ts";
import { type RawQueue, redrive } from "./redrive.ts";

/** The one reader of the fenced queues. It writes nothing but signals, and the counts of what it could and could not read. */
export function redriver(on: Host, queues: () => readonly RawQueue[], line: Pick<Queues, "signals">) {
  return lambda<unknown, object>(async () => {
    const { clock, log } = on;
    const estate = listening(listeners, deployedHere(on).config);
    const done = await redrive({ queues: queues(), estate, line, clock, log });
    measure("RawRedriven", done.redriven);
    measure("RawNotUnderstood", done.notUnderstood);
    return done;
  });
}
