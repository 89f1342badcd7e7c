import { type AccountId, canonical, type Instant } from "../kernel/index.ts";
import type { SignalOf } from "../signal/index.ts";
import { factsOf } from "./fact.ts";
import type { Contribution, Subject } from "./model.ts";

/** What a person last said of two accounts: that they are one person's, or that they are not. */
export interface Word {
  readonly other: AccountId;
  readonly says: "one" | "two";
  readonly leaves: AccountId | undefined; // of two: the one that was taken out of the other's person
  readonly by: string; // an account, or `terminal`
  readonly because: string;
  readonly at: Instant;
}

const NAME = "word/";

/** Kept at both ends, so that it is found from either. Of one pair the latest word holds, as of every fact. */
export function wordsSaid(signal: SignalOf<"person.linked" | "person.unlinked">): readonly Contribution[] {
  const { account, other, source, tenant, by, because, kind } = signal;
  if (account === other) return [];
  const isOne = kind === "person.linked";
  const said = canonical({ says: isOne ? "one" : "two", leaves: isOne ? null : account, by: by.name, because });
  const at = (id: AccountId, name: AccountId): Contribution => ({
    subject: { id, kind: "account", tenant },
    facts: factsOf(source, { [`${NAME}${name}`]: said }),
    ...{ turns: {}, evidence: [], edges: [] },
  });
  return [at(account, other), at(other, account)];
}

export const wordsOn = (subject: Subject | undefined): readonly Word[] =>
  Object.keys(subject?.facts ?? {})
    .filter(isWord)
    .flatMap((name) => {
      const { value, at } = subject?.facts[name] ?? {};
      if (value === undefined || at === undefined) return [];
      const { leaves, ...said } = JSON.parse(value) as Omit<Word, "leaves"> & { readonly leaves: AccountId | null };
      return [{ ...said, leaves: leaves ?? undefined, other: name.slice(NAME.length) as AccountId, at }];
    });

/** A fact that is a person's word about two accounts, and no attribute of the one that it stands on. */
export const isWord = (fact: string): boolean => fact.startsWith(NAME);
