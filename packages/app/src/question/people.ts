import type { AccountId, Instant } from "@leasehold/core/kernel";
import type { Subject } from "@leasehold/core/lineage";
import {
  accountAt,
  addressesOf,
  against,
  type Chain,
  type ChainOf,
  type Cluster,
  chainOf,
  cluster,
  type Explained,
  explained,
  type Forbidden,
  type Known,
  type Lookup,
  perhaps,
  type Standing,
  standingOf,
} from "@leasehold/core/person";
import type { LookingPorts } from "../world/index.ts";

/** Who belongs together, read from the graph as far as a question needs it. Each account is read once: make a new one for each question. */
export interface People {
  cluster(account: AccountId): Promise<Cluster>;
  /** The same with every link behind it, and with what forbids others. */
  explained(account: AccountId): Promise<Explained>;
  /** Every account that might be the same person's, whatever people say: two of them are one voice. */
  perhaps(account: AccountId): Promise<readonly AccountId[]>;
  /** Every account that is reached by an address now; of an account that is no address none. */
  reached(address: AccountId): Promise<readonly AccountId[]>;
  /** What stands against these being one person, but for what was said of these two. */
  against(accounts: readonly AccountId[], anew: readonly AccountId[]): Promise<Forbidden | undefined>;
  /** Who was reached by an address at an instant, as the account that stands for that person today. */
  standsFor(account: AccountId, at: Instant): Promise<AccountId>;
  standing(account: AccountId): Promise<Standing>;
  chain(of: ChainOf): Promise<Chain>;
  /** Every account under which this person's credentials may be listed: also of addresses that they had once. */
  places(account: AccountId): Promise<readonly AccountId[]>;
  subject(account: AccountId): Promise<Subject | undefined>;
}

interface PeoplePorts extends Pick<LookingPorts, "graph"> {
  readonly config: Pick<LookingPorts["config"], "authority">;
}

export function peopleOf(world: PeoplePorts, now: Instant): People {
  const known = new Map<AccountId, Known>();
  const lookup: Lookup = (account) => known.get(account);
  const read = async (account: AccountId) => void known.set(account, await knownOf(world.graph, account));
  const settled = async <T extends { readonly unread: readonly AccountId[] }>(ask: () => T): Promise<T> => {
    let answer = ask();
    while (answer.unread.length > 0) {
      await Promise.all(answer.unread.map(read));
      answer = ask();
    }
    return answer;
  };
  const clusters = new Map<AccountId, Cluster>(); // nothing that was read changes it: all that it rests on is known
  const clusterOf = async (account: AccountId) => {
    const found = clusters.get(account) ?? (await settled(() => cluster(account, lookup, now)));
    clusters.set(account, found);
    return found;
  };
  return {
    cluster: clusterOf,
    explained: (account) => settled(() => explained(account, lookup, now)),
    perhaps: async (account) => (await settled(() => perhaps(account, lookup, now))).accounts,
    reached: async (address) => (await settled(() => accountAt(address, lookup, now))).all,
    against: async (accounts, anew) => (await settled(() => against(accounts, lookup, anew))).forbids,
    standsFor: async (account, at) => {
      const { first } = await settled(() => accountAt(account, lookup, at));
      return (await clusterOf(first)).first;
    },
    standing: async (account) => standingOf((await clusterOf(account)).accounts, lookup, world.config.authority),
    chain: (of) => settled(() => chainOf(of, lookup)),
    places: async (account) => {
      const { accounts } = await clusterOf(account);
      const addresses = accounts.flatMap((one) => addressesOf(lookup(one)?.subject));
      return [...new Set([...accounts, ...addresses])].sort();
    },
    subject: async (account) => {
      if (!known.has(account)) await read(account);
      return known.get(account)?.subject;
    },
  };
}

async function knownOf(graph: LookingPorts["graph"], account: AccountId): Promise<Known> {
  const [node, same, addressed] = await Promise.all([
    graph.node(account),
    graph.edges(account, "same-as"),
    graph.edges(account, "addressed-by"),
  ]);
  return { subject: node?.value.subject, links: [...same, ...addressed] };
}
