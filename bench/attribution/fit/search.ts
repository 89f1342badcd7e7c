import { FREE, type Free, isInOrder } from "./table.ts";

const STEPS = [0.4, 0.2, 0.1, 0.05, 0.02, 0.01];
const NAMES = Object.keys(FREE) as readonly (keyof Free)[];

interface Found {
  readonly free: Free;
  readonly loss: number;
}
type LossOf = (free: Free) => number;

/**
 * One number at a time, up or down, for as long as it gets better; then by smaller steps. From the same start over the same cases
 * it ends in the same place.
 */
export function best(start: Free, lossOf: LossOf, say: (line: string) => void): Free {
  let found: Found = { free: start, loss: lossOf(start) };
  for (const step of STEPS) {
    found = settled(found, step, lossOf);
    say(`by steps of ${step}: log loss ${found.loss.toFixed(5)}`);
  }
  return found.free;
}

function settled(found: Found, step: number, lossOf: LossOf): Found {
  const next = NAMES.flatMap((name) => [step, -step].map((by) => [name, by] as const)).reduce(
    (one, [name, by]) => better(one, moved(one.free, name, by), lossOf),
    found,
  );
  return next.loss < found.loss ? settled(next, step, lossOf) : next;
}

function better(found: Found, free: Free | undefined, lossOf: LossOf): Found {
  const loss = free === undefined ? Number.POSITIVE_INFINITY : lossOf(free);
  return free !== undefined && loss < found.loss ? { free, loss } : found;
}

/** Nothing where it may not go there. */
function moved(free: Free, name: keyof Free, by: number): Free | undefined {
  const [least, most] = FREE[name];
  const value = Math.min(most, Math.max(least, Math.round((free[name] + by) * 100) / 100));
  const next = { ...free, [name]: value };
  return value !== free[name] && isInOrder(next) ? next : undefined;
}
