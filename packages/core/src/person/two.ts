import type { AccountId } from "../kernel/index.ts";
import { type Word, wordsOn } from "../lineage/index.ts";
import type { Reading } from "./known.ts";

/** That a person said of two accounts that they are two people's, as a sentence; either end is enough. */
export function sayTwo(one: AccountId, other: AccountId, read: Reading): string | undefined {
  const word = wordOf(one, other, read) ?? wordOf(other, one, read);
  return word && `${word.by} said on ${word.at.slice(0, 10)} that they are two people: ${word.because}`;
}

function wordOf(one: AccountId, other: AccountId, read: Reading): Word | undefined {
  return wordsOn(read.of(one).subject).find((word) => word.other === other && word.says === "two");
}

const DIFFERENT_NUMBERS = "their directories give them different employee numbers";

export function differ(one: AccountId, other: AccountId, read: Reading): string | undefined {
  const [mine, theirs] = [numberOf(one, read), numberOf(other, read)];
  return mine === undefined || theirs === undefined || mine === theirs ? undefined : DIFFERENT_NUMBERS;
}

/** What forbids that accounts are one person's: the first pair that may not be together. `anew`: of these two a new word is about to be said. */
export function forbidden(
  accounts: readonly AccountId[],
  read: Reading,
  anew: readonly AccountId[] = [],
): Forbidden | undefined {
  for (const [n, one] of accounts.entries())
    for (const other of accounts.slice(n + 1)) {
      const word = anew.includes(one) && anew.includes(other) ? undefined : sayTwo(one, other, read);
      const because = word ?? differ(one, other, read);
      if (because !== undefined) return { one, other, because };
    }
  return undefined;
}
export interface Forbidden {
  readonly one: AccountId;
  readonly other: AccountId;
  readonly because: string;
}

const numberOf = (account: AccountId, read: Reading): string | undefined =>
  read.of(account).subject?.facts["employeeNumber"]?.value.trim();
