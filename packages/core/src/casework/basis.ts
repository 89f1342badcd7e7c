import type { AccountId, Instant } from "../kernel/index.ts";
import { digest } from "../kernel/index.ts";

/** What a plan for one credential rests on, as it was when the plan was drawn: small, so that a case can keep it and say what moved. */
export interface Basis {
  readonly at: Instant;
  readonly owner: AccountId | undefined;
  readonly custodian: AccountId | undefined; // who would be asked first
  readonly state: string;
  readonly reach: string;
  readonly lastUsed: string; // as the provider's lists have it: a day, never, unknown
  readonly shared: boolean;
  readonly mode: "observe" | "ask" | "act";
  readonly protected: string | undefined;
}

/** One name for all that a preview rests on: equal where nothing moved, whenever it was drawn. */
export const tokenOf = (items: readonly { readonly credential: string; readonly basis: Basis }[]): string =>
  digest(
    items
      .map(({ credential, basis: { at: _, ...rests } }) => [credential, digest(rests)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ).slice(0, 16);

/** What is no longer as it was, by name and in the words of both. `ours`: we have acted on it, so its state moved by us. */
export function movedSince(then: Basis, now: Basis, { ours }: { readonly ours: boolean }): readonly Moved[] {
  const parts = PARTS.filter((part) => !(ours && part === "state"));
  return parts.flatMap((part) =>
    then[part] === now[part] ? [] : [{ what: part, from: wordOf(then[part]), to: wordOf(now[part]) }],
  );
}
export interface Moved {
  readonly what: Exclude<keyof Basis, "at"> | "use";
  readonly from: string;
  readonly to: string;
}

const PARTS = ["owner", "custodian", "state", "reach", "lastUsed", "shared", "mode", "protected"] as const;

const wordOf = (value: string | boolean | undefined): string =>
  value === undefined ? "none" : value === true ? "yes" : value === false ? "no" : value;
