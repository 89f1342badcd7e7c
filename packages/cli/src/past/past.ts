import type { Past } from "@leasehold/app/past";
import { badInput } from "@leasehold/core/kernel";
import type { Call, Flag } from "../command/index.ts";
import { progressTo, withLaptop } from "../estate/index.ts";

/** Flags of every question that can be asked of the past. */
export const PAST = {
  at: {
    value: "instant",
    about: "as it was then (2026-11-02T09:00:00Z): of what had happened by then, all that is known today",
  },
  "known-by": { value: "instant", about: "with --at: of that, only what had been recorded by this instant" },
} as const satisfies Readonly<Record<string, Flag>>;

export const PAST_SAYS: readonly string[] = [
  "--at is a rebuild from the archive of what this question needs: it reads the whole archive twice and changes nothing.",
];

/** Asks the past, where a past was named; undefined where it was not. */
export async function inPast<T>(call: Call, id: string, ask: (past: Past) => Promise<T>): Promise<T | undefined> {
  const { at, "known-by": knownBy, stage } = call.flags;
  if (typeof at !== "string") {
    if (knownBy === undefined) return undefined;
    throw badInput("--known-by goes with --at: say of which instant", { flag: "--known-by" });
  }
  if (stage !== undefined)
    throw badInput("a stage's archive is longer than one request may read: ask the past of a laptop's store", {
      flag: "--at",
    });
  return withLaptop(call, "reads", async ({ world }) => {
    const { instantsIn, past } = await import("@leasehold/app/past");
    const when = instantsIn({ at, ...(typeof knownBy === "string" && { knownBy }) }, world.clock());
    return ask(await past(world, id, when, progressTo(call)));
  });
}
