import type { AccountId, Instant } from "../kernel/index.ts";
import type { Subject } from "../lineage/index.ts";
import { type Lookup, reading } from "./known.ts";

export interface Standing {
  readonly value: string; // "unknown" where no directory has said
  readonly since: Instant | undefined;
  readonly account: AccountId | undefined; // whose word it is
}

/**
 * How a person stands: the first directory in the order of authority that knows any of their accounts. One
 * account closed elsewhere is that account's matter. Within one directory an active account outweighs a closed one.
 */
export function standingOf(accounts: readonly AccountId[], lookup: Lookup, authority: readonly string[]): Standing {
  const read = reading(lookup);
  const known = accounts.flatMap((account) => said(read.of(account).subject));
  const ranked = known.toSorted((a, b) => rankOf(a, authority) - rankOf(b, authority) || better(a, b));
  return ranked[0] ?? { value: "unknown", since: undefined, account: undefined };
}

interface Ranked extends Standing {
  readonly connector: string;
}

function said(subject: Subject | undefined): readonly Ranked[] {
  const fact = subject?.facts["standing"];
  if (subject === undefined || fact === undefined) return [];
  const connector = subject.facts["connector"]?.value ?? "";
  return [{ value: fact.value, since: fact.at, account: subject.id as AccountId, connector }];
}

function rankOf({ connector }: Ranked, authority: readonly string[]): number {
  const at = authority.indexOf(connector);
  return at < 0 ? authority.length : at;
}

const better = (a: Ranked, b: Ranked) => Number(b.value === "active") - Number(a.value === "active");
