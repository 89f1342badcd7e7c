import { hash } from "node:crypto";
import { dayOf, isInstant } from "../kernel/index.ts";
import type { Signal } from "../signal/index.ts";

/**
 * A digest of all that a signal says. Two of one wording say the very same of the same subjects, and where one of them is a signal
 * so is the other: a list that is read again differs in nothing but when a key was last used, and of that only the day is said.
 */
export const wordingOf = (signal: Signal): string => hash("sha256", JSON.stringify(said(signal)), "base64url");

function said(signal: Signal): Signal {
  if (signal.kind !== "credential.seen" && signal.kind !== "identity.seen") return signal;
  if (!isInstant(signal.lastUsed)) return signal;
  return { ...signal, lastUsed: dayOf(signal.lastUsed) };
}
