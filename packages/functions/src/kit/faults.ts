import { Fault } from "@leasehold/core/kernel";

/**
 * What goes out of the process of an error. A fault goes without its cause, and of what nobody expected only the class: its
 * text may quote what it was given, and Lambda and Step Functions store what we throw.
 */
export function told(error: unknown): Fault {
  if (error instanceof Fault) return new Fault(error.name, error.message, error.facts);
  const was = error instanceof Error ? error.constructor.name : typeof error;
  return new Fault("Unexpected", "nobody planned for this", { was });
}
