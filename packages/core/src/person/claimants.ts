import type { AccountId, Instant } from "../kernel/index.ts";
import { departureOf, emailAccount, holds, type Subject, valueAt, wordsOn } from "../lineage/index.ts";
import type { Reading } from "./known.ts";

interface Claim {
  readonly account: AccountId;
  readonly subject: Subject;
  readonly seen: boolean; // a turn says so; otherwise the first address that we know is believed for the time before
}

/**
 * The accounts that were reached by an address at an instant: at most one of each directory, and all of one
 * period. An address that went from one person to the next never joins the two; where that cannot be told, nobody has it.
 */
export function claimants(address: AccountId, at: Instant, read: Reading): readonly AccountId[] {
  const claims = read
    .of(address)
    .links.filter((edge) => edge.rel === "addressed-by" && holds(edge))
    .flatMap(({ to }) => claimOf(to as AccountId, address, at, read));
  const kept = claims.filter(({ account }) => !wasTakenOut(account, claims));
  const directories = [...new Set(kept.map(({ subject }) => directoryOf(subject)))];
  const single = directories.flatMap((one) =>
    holderAmong(
      kept.filter(({ subject }) => directoryOf(subject) === one),
      at,
    ),
  );
  const contemporaries = together(single, address) ? single : single.filter(({ subject }) => !departedAt(subject, at));
  return together(contemporaries, address) ? contemporaries.map(({ account }) => account).sort() : [];
}

/** The address by which an account was reached at an instant. */
export function addressOf(subject: Subject | undefined, at: Instant): AccountId | undefined {
  const value = subject && (valueAt(subject.turns["email"], at) ?? believed(subject, at));
  return value === undefined ? undefined : emailAccount(value);
}

/** Every address by which an account was ever reached: what was attributed to one of them may still be this account's. */
export const addressesOf = (subject: Subject | undefined): readonly AccountId[] => [
  ...new Set((subject?.turns["email"] ?? []).map(({ value }) => emailAccount(value))),
];

function claimOf(account: AccountId, address: AccountId, at: Instant, read: Reading): readonly Claim[] {
  const { subject } = read.of(account);
  if (subject === undefined || addressOf(subject, at) !== address) return [];
  return [{ account, subject, seen: valueAt(subject.turns["email"], at) !== undefined }];
}

function believed({ turns, facts }: Subject, at: Instant): string | undefined {
  const joined = facts["joined"]?.at;
  return joined !== undefined && at < joined ? undefined : turns["email"]?.[0]?.value;
}

function holderAmong(rivals: readonly Claim[], at: Instant): readonly Claim[] {
  if (rivals.length < 2) return rivals;
  const seen = rivals.filter((claim) => claim.seen);
  const present = (seen.length > 0 ? seen : rivals).filter(({ subject }) => !departedAt(subject, at));
  return present.length === 1 ? present : [];
}

/** A person said that it is somebody else's than one who has the address too: then the address stays with that one. */
function wasTakenOut(account: AccountId, claims: readonly Claim[]): boolean {
  return claims.some(({ account: stays, subject }) =>
    wordsOn(subject).some(
      ({ other, says, leaves }) => other === account && says === "two" && leaves === account && stays !== account,
    ),
  );
}

const directoryOf = ({ facts, tenant }: Subject) => `${facts["connector"]?.value}/${tenant}`;
const departedAt = ({ turns }: Subject, at: Instant) => valueAt(turns["standing"], at) === "departed";

function together(claims: readonly Claim[], address: AccountId): boolean {
  const spans = claims.map(({ subject }) => spanOf(subject, address));
  return spans.every((a) => spans.every((b) => a.from < b.to && b.from < a.to));
}

/** When the address was this account's: from its first sight, or ever where that is the first address known, until the departure. */
function spanOf(subject: Subject, address: AccountId): { readonly from: string; readonly to: string } {
  const turns = subject.turns["email"] ?? [];
  const first = turns.findIndex(({ value }) => emailAccount(value) === address);
  const from = (first > 0 ? turns[first]?.at : subject.facts["joined"]?.at) ?? "";
  const to = departureOf(subject) ?? "~"; // after every instant
  return { from, to: to > from ? to : `${from}~` };
}
