import type { Instant } from "@leasehold/core/kernel";

/** Where a stage keeps our own vendor secrets, as far as a person's hand needs it. No part of it gives a value back. */
export interface Vault {
  /** The new value counts from now on, and the one before it, too. `created`: there was none. */
  put(name: string, value: string, token: string): Promise<{ readonly created: boolean }>;
  list(): Promise<readonly Kept[]>;
  /** The value before this one counts no more. `undefined`: there is no such secret. */
  retire(name: string): Promise<"retired" | "nothing to retire" | undefined>;
}
export interface Kept {
  readonly name: string; // <connector>.<name>
  readonly created: Instant | undefined;
  readonly changed: Instant | undefined;
  readonly previousCounts: boolean;
}
