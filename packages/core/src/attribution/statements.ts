import type { AccountId, Instant } from "../kernel/index.ts";
import { KINDS } from "./kinds.ts";
import type { Evidence, Statement } from "./model.ts";

/** Who belongs together, and whose standing has ended: read by the caller, because both change without a word about the credential. */
export interface Given {
  readonly clusterOf?: (account: AccountId, at: Statement["at"]) => AccountId;
  readonly ended?: (account: AccountId) => boolean;
  readonly whereabouts?: (account: AccountId) => Whereabouts;
  readonly began?: Instant | undefined; // when the credential did, where that is known
}

/** When somebody left, if they are away now; when they last moved to another team; and whether any directory tells an address of theirs. */
export interface Whereabouts {
  readonly addressed?: boolean;
  readonly left?: Instant | undefined;
  readonly moved?: Instant | undefined;
}

/**
 * Whom a name meant: whoever had it then. A tag is listed again every night and was mostly written with the credential, so its
 * address is of that day; it may be somebody else's by now.
 */
export const meantAt = ({ kind, at }: Evidence, began: Instant | undefined): Instant =>
  KINDS[kind].sourceClass === "declaration" && began !== undefined && began < at ? began : at;

/** What people's words come to. `disputed`: they disagree and nobody's word outranks the others', so somebody must be asked. */
export interface Settled {
  readonly named: AccountId | undefined;
  readonly ended: boolean; // the one named has left since: an orphan, and still theirs until somebody else accepts
  readonly rejected: ReadonlySet<AccountId>;
  readonly disputed: boolean;
}

/** Of each speaker about each candidate the latest holds; a withdrawal is the latest, and then nothing holds. */
export function settle(statements: readonly Statement[], given: Given = {}): Settled {
  const verdicts = [...byCandidate(holding(statements), given)].map(([account, said]) => ({
    account,
    ...verdict(said),
    ended: given.ended?.(account) ?? false,
  }));
  const accepts = verdicts.filter(({ says }) => says === "accept");
  const present = accepts.filter(({ ended }) => !ended);
  const first = foremost(present.length > 0 ? present : accepts);
  return {
    named: first.length === 1 ? first[0]?.account : undefined,
    ended: accepts.length > 0 && present.length === 0,
    rejected: new Set(verdicts.filter(({ says }) => says === "reject").map(({ account }) => account)),
    disputed: first.length > 1 || verdicts.some(({ says }) => says === "disputed"),
  };
}

/** The statements with one more: of each speaker about each candidate only the latest is kept. */
export function joinStatement(all: readonly Statement[], one: Statement): readonly Statement[] {
  return holdingAll([...all, one]);
}

/** Nobody nominates somebody else: a word that is not about oneself counts only from security or the manager. */
type Ranked = Statement & { readonly rank: number };

function byCandidate(said: readonly Statement[], given: Given): Map<AccountId, Ranked[]> {
  const groups = new Map<AccountId, Ranked[]>();
  for (const statement of said) {
    const at = statement.at;
    const rep = (account: AccountId) => given.clusterOf?.(account, at) ?? account;
    const candidate = rep(statement.candidate);
    if (statement.role === "self" && rep(statement.speaker) !== candidate) continue;
    groups.set(candidate, [...(groups.get(candidate) ?? []), { ...statement, rank: RANKS.indexOf(statement.role) }]);
  }
  return groups;
}

const RANKS: readonly Statement["role"][] = ["self", "security", "manager"];

function verdict(said: readonly Ranked[]): { says: "accept" | "reject" | "disputed"; rank: number } {
  const top = foremost(said);
  const words = new Set(top.map(({ says }) => says));
  const rank = top[0]?.rank ?? RANKS.length;
  if (words.size > 1) return { says: "disputed", rank };
  return { says: words.has("accept") ? "accept" : "reject", rank };
}

function foremost<T extends { readonly rank: number }>(all: readonly T[]): readonly T[] {
  const best = Math.min(...all.map(({ rank }) => rank));
  return all.filter(({ rank }) => rank === best);
}

const holding = (statements: readonly Statement[]) => holdingAll(statements).filter(({ says }) => says !== "withdraw");

function holdingAll(statements: readonly Statement[]): readonly Statement[] {
  const latest = new Map<string, Statement>();
  for (const statement of statements) {
    const key = `${statement.speaker}/${statement.candidate}`;
    const other = latest.get(key);
    if (other === undefined || orderOf(statement) > orderOf(other)) latest.set(key, statement);
  }
  return [...latest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, statement]) => statement);
}

const orderOf = ({ at, eventId, role, says }: Statement) => JSON.stringify([at, eventId, role, says]);
