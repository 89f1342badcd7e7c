import { DatabaseSync } from "node:sqlite";
import type { Checkup as World } from "@leasehold/app/calls";
import type { Instant } from "@leasehold/core/kernel";
import type { Laptop } from "@leasehold/local/laptop";

/** What the world says of itself, and what only a laptop has beside it. */
export interface Checkup extends Omit<World, "voices"> {
  readonly voices?: World["voices"]; // an older stage does not say
  readonly node: string;
  readonly stage?: string; // instead of all that follows
  readonly store?: { readonly path: string; readonly kind: "demo" | "real"; readonly layout: number };
  readonly schedules?: readonly { readonly name: string; readonly due: Instant; readonly fault: string | null }[];
  readonly deadLetters?: readonly { readonly event: string; readonly target: string; readonly fault: string }[];
}

export function laptopsOwn({ demo, wired }: Laptop, path: string) {
  return {
    store: { path, kind: demo ? ("demo" as const) : ("real" as const), layout: layoutOf(path) },
    schedules: wired.schedule.state(),
    deadLetters: wired.bus.deadLetters().map(({ event, target, fault }) => ({ event, target, fault })),
  };
}

/** The file's own word. It was opened and recognised before. */
function layoutOf(path: string): number {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    return Number(db.prepare("PRAGMA user_version").get()?.["user_version"]);
  } finally {
    db.close();
  }
}
