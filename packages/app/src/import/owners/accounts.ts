import type { AccountId, Instant } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import { each, type World } from "../../world/index.ts";

/** Whom a file's names mean: by what GitHub has told of each account's name, and an address by itself. */
export interface Named {
  readonly found: ReadonlyMap<string, AccountId>;
  readonly teams: readonly string[];
  readonly unknown: readonly string[];
  readonly ambiguous: readonly string[];
}

export async function accountsNamed(
  world: Pick<World, "graph">,
  owners: readonly string[],
  onProgress: ((accounts: number) => void) | undefined,
): Promise<Named> {
  const all = [...new Set(owners)].sort();
  const isTeam = (one: string) => one.startsWith("@") && one.includes("/");
  const people = all.filter((one) => one.startsWith("@") && !isTeam(one));
  const addresses = all.filter((one) => !one.startsWith("@"));
  const called = await accountsCalled(world, new Set(people.map(plain)), onProgress);
  const accountOf = (one: string) => called.get(plain(one));
  const found = people.flatMap((one) => {
    const account = accountOf(one)?.account;
    return account === undefined ? [] : [[one, account] as const];
  });
  return {
    found: new Map([...found, ...addresses.map((one) => [one, emailAccount(one)] as const)]),
    teams: all.filter(isTeam),
    unknown: people.filter((one) => accountOf(one) === undefined),
    ambiguous: people.filter((one) => accountOf(one) !== undefined && accountOf(one)?.account === undefined),
  };
}

const plain = (name: string): string => name.replace(/^@/, "").toLowerCase(); // GitHub takes a name in any case

interface Called {
  readonly account: AccountId | undefined; // undefined: two had that name on one day
  readonly at: Instant;
}

const OFTEN = 1_000;

/** Who was last heard of by each name: one may be given up, and taken by somebody else. */
async function accountsCalled(
  { graph }: Pick<World, "graph">,
  names: ReadonlySet<string>,
  onProgress: ((accounts: number) => void) | undefined,
): Promise<ReadonlyMap<string, Called>> {
  const called = new Map<string, Called>();
  if (names.size === 0) return called;
  let seen = 0;
  for await (const { value } of each((cursor) => graph.list("account", cursor))) {
    seen += 1;
    if (seen % OFTEN === 0) onProgress?.(seen);
    const { id, facts } = value.subject;
    const name = facts["connector"]?.value === "github" ? facts["name"] : undefined;
    if (name === undefined || !names.has(plain(name.value))) continue;
    const before = called.get(plain(name.value));
    if (before !== undefined && before.at > name.at) continue;
    called.set(plain(name.value), { at: name.at, account: before?.at === name.at ? undefined : (id as AccountId) });
  }
  return called;
}
