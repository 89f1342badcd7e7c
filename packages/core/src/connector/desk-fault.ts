import { badInput, Fault } from "../kernel/index.ts";

/** A desk says so where it looked and has no such person: that is another thing than a desk that is down. */
export const unknownHere = (desk: string, account: string): Fault =>
  badInput("nobody at this desk has this person's e-mail", { desk, account, person: "unknown" });

export const isUnknownHere = (error: unknown): boolean =>
  error instanceof Fault && error.name === "BadInput" && error.facts["person"] === "unknown";
