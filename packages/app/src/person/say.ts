import { type AccountId, badInput, type Instant, instantOf, millisOf } from "@leasehold/core/kernel";
import { type Word, wordsOn } from "@leasehold/core/lineage";
import type { Actor, Signal } from "@leasehold/core/signal";
import { announceAll } from "../announce/index.ts";
import { ingest } from "../ingest/index.ts";
import { type Named, named, type People, peopleOf } from "../question/index.ts";
import type { World } from "../world/index.ts";
import { mustBeOne, mustBeTheirs, type Pair, type Speaker } from "./may-say.ts";
import { accountsNamed } from "./named.ts";
import { wakeCasesOf } from "./wake.ts";

/** A person's word that two accounts are one human's, or that the first is not the second's. */
export interface Speaking {
  readonly says: Word["says"];
  readonly account: string; // as it was typed
  readonly other: string;
  readonly because: string;
  readonly by: Speaker | undefined;
}
export interface Spoken {
  readonly outcome: "linked" | "unlinked" | "was said already";
  readonly account: Named; // the persons as they are from now on
  readonly other: Named;
  readonly woken: number; // cases and wind-downs that look again because of it
}

/**
 * Goes in as a signal, so that every rebuild has it. Nothing that is known is written over: persons are resolved when they are
 * read, so the opposite word brings back whatever was so before.
 */
export async function say(world: World, speaking: Speaking): Promise<Spoken> {
  const before = peopleOf(world, world.clock());
  const pairs = await pairsOf(world, before, speaking);
  const about = await everybody(before, pairs);
  await mustBeTheirs(world, before, about, speaking.by);
  if (speaking.says === "one") for (const pair of pairs) await mustBeOne(before, about, pair);
  const signals: Signal[] = [];
  for (const pair of pairs) {
    const words = await wordsOf(before, pair);
    if (!isSaid(words, speaking, pair)) signals.push(signalOf(world, speaking, pair, words));
  }
  if (signals.length === 0) return { ...(await told(before, pairs)), outcome: "was said already", woken: 0 };
  const { toAnnounce } = await ingest(world, signals, { live: true, recordedAt: world.clock() });
  await announceAll(world, toAnnounce);
  const woken = await wakeCasesOf(world, about);
  const outcome = speaking.says === "one" ? "linked" : "unlinked";
  world.log("warn", `accounts ${outcome} by hand`, {
    by: speaking.by?.account ?? "terminal",
    accounts: pairs.flat().join(","),
  });
  return { ...(await told(peopleOf(world, world.clock()), pairs)), outcome, woken };
}

/** Of an address the word is about whoever is reached by it now. Who is taken out must be one account; what it leaves may be several. */
async function pairsOf(world: World, people: People, speaking: Speaking): Promise<readonly Pair[]> {
  const accounts = await accountsNamed(world, people, speaking.account, "account");
  const others = await accountsNamed(world, people, speaking.other, "other");
  const [account] = accounts;
  const alone = others.filter((one) => one !== account);
  if (account === undefined || alone.length === 0)
    throw badInput("these are the same account: name two", { where: "other" });
  if (speaking.says === "one") return alone.slice(0, 1).map((other) => [account, other]);
  if (accounts.length > 1)
    throw badInput("several accounts are reached by this address: name the one that is somebody else's", {
      where: "account",
      accounts: accounts.join(", "),
    });
  return alone.map((other) => [account, other]);
}

async function everybody(people: People, pairs: readonly Pair[]): Promise<readonly AccountId[]> {
  const all = await Promise.all(pairs.flat().map(async (one) => (await people.cluster(one)).accounts));
  return [...new Set(all.flat())].sort();
}

async function wordsOf(people: People, pair: Pair): Promise<readonly Word[]> {
  const ends = await Promise.all(pair.map((one) => people.subject(one)));
  return ends.flatMap((end, n) => wordsOn(end).filter(({ other }) => other === pair[1 - n]));
}

/** At both ends: what a crash left half said is said again. */
const isSaid = (words: readonly Word[], { says }: Speaking, [account]: Pair): boolean =>
  words.length === 2 && words.every((word) => word.says === says && (says === "one" || word.leaves === account));

function signalOf(
  world: World,
  { says, because, by }: Speaking,
  [account, other]: Pair,
  said: readonly Word[],
): Signal {
  const who: Actor = by
    ? { realm: "leasehold", name: by.account, via: "idp-user", account: by.account }
    : { realm: "leasehold", name: "terminal", via: "unknown" };
  const eventId = `word/${Buffer.from(world.random(12)).toString("hex")}`;
  const source = { connector: "leasehold", eventId, occurredAt: after(said, world.clock()) };
  const kind = says === "one" ? "person.linked" : "person.unlinked";
  return { kind, source, tenant: "", by: who, account, other, because };
}

/** Whoever speaks last is heard last, also within one tick of the clock. */
function after(said: readonly Word[], now: Instant): Instant {
  const last = said
    .map(({ at }) => at)
    .sort()
    .at(-1);
  return last === undefined || last < now ? now : instantOf(millisOf(last) + 1);
}

async function told(people: People, pairs: readonly Pair[]): Promise<Pick<Spoken, "account" | "other">> {
  const [account, other] = pairs[0] as Pair;
  return { account: await named(people, account), other: await named(people, other) };
}
