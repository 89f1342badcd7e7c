import { denied, Fault, throttled, unavailable } from "@leasehold/core/kernel";
import type { Mood } from "./simulator.ts";

const BUSY = /Throttl|TooManyRequests|RequestLimit|SlowDown/;
const PASSING = /Timeout|Networking|ConcurrentModification|TemporarilyUnmodifiable|ExpiredToken/;
const REFUSED = /AccessDenied|Unauthorized|CredentialsProviderError|UnrecognizedClient|OptInRequired/;

/** Calls AWS and turns its errors into our faults. A refusal names the permission that was missing. */
export async function askAws<T>(permission: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw faultOf(permission, error);
  }
}

/** Whether it may go through the next time, though nobody asked us to slow down. */
export function isPassing(error: unknown): boolean {
  const { name = "", code = "" } = error as AwsError;
  return !BUSY.test(name) && (PASSING.test(name) || /^E[A-Z]+$/.test(code));
}

function faultOf(permission: string, error: unknown): unknown {
  if (error instanceof Fault) return error; // of the role that could not be assumed: it says more than this call could
  const { name = "", code = "", $metadata } = error as AwsError;
  const status = $metadata?.httpStatusCode ?? 0;
  if (BUSY.test(name) || status === 429) return throttled("aws", error);
  if (PASSING.test(name) || /^E[A-Z]+$/.test(code)) return unavailable("aws", error);
  if (REFUSED.test(name) || status === 401 || status === 403) return denied("aws", permission, error);
  if (status >= 500) return unavailable("aws", error);
  return error; // a surprise: the function kit calls it Unexpected
}

interface AwsError {
  readonly name?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** For `.catch`: what does not exist is an answer, not a fault. */
export function isMissing(error: unknown): undefined {
  if (!/^((NoSuchEntity|ResourceNotFound)(Exception)?|InvalidResourceId)$/.test((error as Error).name)) throw error;
  return undefined;
}

/** What AWS says to a simulator's caller when it is not willing. */
export function sayAws(mood: Mood): void {
  if (mood === "refusing") throw Object.assign(new Error("not authorized"), { name: "AccessDenied" });
  if (mood === "busy") throw Object.assign(new Error("rate exceeded"), { name: "Throttling" });
  if (mood === "unreachable") throw Object.assign(new Error("connection reset"), { code: "ECONNRESET" });
}

/** The last word of a command's class is what the permission is called by: `ListUsersCommand` is `ListUsers`. */
export function verbOf(command: unknown): string {
  return (command as object).constructor.name.replace(/Command$/, "");
}
