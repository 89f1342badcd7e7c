import { type Case, credentialIn, isExposure, isReview, type Why } from "@leasehold/core/casework";
import type { AccountId } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import type { WindDown } from "@leasehold/core/winddown";
import { roll, rollToTell } from "../groups/index.ts";
import { type OwnerNow, ownerNow, type People } from "../question/index.ts";
import type { LookingPorts } from "../world/index.ts";
import type { CasePorts } from "./ports.ts";

type CustodianPorts = Pick<LookingPorts, "config" | "clock" | "graph" | "estate">;

export interface Custodian {
  readonly account: AccountId;
  readonly last: boolean; // nobody comes after
  readonly why: Why;
}

/**
 * The one to ask now: whoever was offered it, else the first of the chain who has not been asked since the last act.
 * Undefined only where everybody that the configuration names at the end of the chain is the leaver.
 */
export async function custodianFor(
  world: CustodianPorts,
  people: People,
  open: Case,
  windDown: WindDown,
): Promise<Custodian | undefined> {
  const { clock } = world;
  const { answer, tried } = windDown;
  if (answer?.kind === "keep" && !answer.accepted && clock() < answer.lapses)
    return { account: answer.newOwner, last: false, why: { as: "offered", skipped: [] } };
  if (credentialIn(open) !== undefined) return ownerFirst(world, people, open, windDown);
  const departure = departureIn(open) ?? clock();
  const fallback = await lastOf(world, people, open);
  if (fallback === undefined) return undefined;
  const { custodians, skipped } = await people.chain({
    leaver: open.accounts,
    departure,
    now: clock(),
    tried,
    fallback,
  });
  const account = custodians[0] ?? emailAccount(fallback);
  const last = custodians.length <= 1;
  const first = tried.length === 0 && skipped.length === 0;
  return { account, last, why: { as: last ? "last" : first ? "manager" : "next", skipped } };
}

async function ownerFirst(
  world: CustodianPorts,
  people: People,
  { accounts: besides }: Case,
  { credential, tried }: WindDown,
): Promise<Custodian | undefined> {
  const subject = (await world.graph.node(credential))?.value.subject;
  const known = subject && (await ownerNow(people, subject, world.clock()));
  return answersFor(world, people, known, { besides, tried });
}

interface Passed {
  readonly besides: readonly AccountId[]; // of whom it is, as far as a case says: they are not the last one
  readonly tried: readonly AccountId[];
}

/** Where nobody has left, the owner comes first, if they are there; then whoever answers for them; where nobody is known, the fallback. */
export async function answersFor(
  world: CustodianPorts,
  people: People,
  known: Pick<OwnerNow, "owner" | "standing"> | undefined,
  { besides, tried }: Passed = { besides: [], tried: [] },
): Promise<Custodian | undefined> {
  const now = world.clock();
  const { owner, standing } = known ?? {};
  const { accounts, first } = owner ? await people.cluster(owner.account) : { accounts: [], first: undefined };
  if (first !== undefined && standing?.value === "active" && !accounts.some((one) => tried.includes(one)))
    return { account: first, last: false, why: { as: "owner", skipped: [] } };
  const fallback = await lastOf(world, people, { accounts: besides });
  if (fallback === undefined) return undefined;
  const departure = standing?.since ?? now;
  const { custodians, skipped } = await people.chain({ leaver: accounts, departure, now, tried, fallback });
  const last = custodians.length <= 1;
  return { account: custodians[0] ?? emailAccount(fallback), last, why: { as: last ? "last" : "next", skipped } };
}

/**
 * Security is asked at the same time as the owner about what has leaked: each of them who is there. Where nobody can tell who
 * that is, the fallback is: an owner is not asked alone because a directory was down.
 */
export async function alsoAsked(
  world: CasePorts,
  people: People,
  { account }: Custodian,
  open: Case,
): Promise<readonly Custodian[]> {
  if (!isExposure(open)) return [];
  const asked = [...(await people.cluster(account)).accounts];
  const others: Custodian[] = [];
  const ask = async (email: string, as: Why["as"]) => {
    const { accounts, first } = await people.cluster(emailAccount(email));
    if (accounts.some((one) => asked.includes(one)) || (await people.standing(first)).value === "departed") return;
    asked.push(...accounts);
    others.push({ account: first, last: false, why: { as, skipped: [] } });
  };
  const { emails, unread } = await rollToTell(world, people, world.config.security);
  for (const email of emails) await ask(email, "security");
  const isUnknown = unread.some(({ lastRead }) => lastRead === undefined);
  if (emails.length === 0 && isUnknown) await ask(world.config.fallback.email, "last");
  return others;
}

/** After a move whoever is the manager now is asked: there is no departure. */
const departureIn = (open: Case) =>
  isReview(open) ? undefined : open.triggers.find(({ kind }) => kind !== "moved")?.occurredAt;

/** The end of the chain: the fallback, or where that one is the leaver or has left too, the first of security and operators who is not. */
export async function lastOf(
  world: CustodianPorts,
  people: People,
  { accounts }: Pick<Case, "accounts">,
): Promise<string | undefined> {
  const { fallback, security, operators } = world.config;
  const others: string[] = [];
  const named = async (listed: typeof security) => (await roll(world, people, listed)).emails;
  for (const emails of [async () => [fallback.email], () => named(security), () => named(operators)])
    for (const email of await emails()) {
      const theirs = await people.cluster(emailAccount(email));
      if (theirs.accounts.some((one) => accounts.includes(one))) continue;
      others.push(email);
      if ((await people.standing(theirs.first)).value !== "departed") return email;
    }
  return others[0];
}
