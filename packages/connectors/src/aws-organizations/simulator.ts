import type { Signal } from "@leasehold/core/signal";
import { type Live, type Memory, type Mood, type Simulator, sayAws, verbOf } from "../../kit/index.ts";
import type { Api, Send } from "./api.ts";
import { listener } from "./events/index.ts";

/** An organisation of the demo, as plain JSON. */
export interface World {
  account: string; // from which it is asked
  organization: string;
  management: string;
  covered: string[];
  accounts: Account[];
  delegates: string[];
  policies: { name: string; managed: boolean }[];
}
export interface Account {
  id: string;
  name: string;
  state: string;
  path: string; // below the organisation
}

export const empty: World = {
  ...{ account: "111122223333", organization: "o-exampleorgid", management: "111122223333" },
  ...{ covered: ["111122223333"], accounts: [], delegates: [], policies: [] },
};

export const anAccount = (id: string, name: string, over: Partial<Account> = {}): Account => ({
  ...{ id, name, state: "ACTIVE", path: "r-exam/ou-exam-11111111" },
  ...over,
});

export const sample: World = {
  ...empty,
  covered: ["111122223333", "444455556666"],
  accounts: [
    anAccount("111122223333", "Management", { path: "r-exam" }),
    anAccount("444455556666", "Agents"),
    anAccount("333344445555", "Security"),
    anAccount("222233334444", "Sandbox", { state: "SUSPENDED" }),
    anAccount("555566667777", "Old", { state: "CLOSED" }),
  ],
  delegates: ["333344445555"],
  policies: [
    { name: "FullAWSAccess", managed: true },
    { name: "DenyLeaving", managed: false },
    { name: "DenyRegions", managed: false },
  ],
};

const PAGE = 2; // small, so that the laws turn pages
const ADDRESS = "root-of-the-account@example.com"; // AWS answers with it, and nobody may keep it

interface Input {
  readonly NextToken?: string;
}
type Call = (world: World, input: Input) => object;

function page<T>(all: readonly T[], { NextToken = "0" }: Input, name: string, shown: (one: T) => object): object {
  const from = Number(NextToken);
  const more = from + PAGE < all.length;
  return { [name]: all.slice(from, from + PAGE).map(shown), ...(more && { NextToken: String(from + PAGE) }) };
}

const described = ({ organization, management }: World, { id, name, state, path }: Account) => ({
  ...{ Id: id, Arn: `arn:aws:organizations::${management}:account/${organization}/${id}`, Email: ADDRESS },
  ...{ Name: name, State: state, Paths: [`${organization}/${path}/`], JoinedMethod: "CREATED" },
});

const reads: { readonly [verb: string]: Call } = {
  ListAccounts: (world, input) => page(world.accounts, input, "Accounts", (one) => described(world, one)),
  ListDelegatedAdministrators: (world, input) =>
    page(
      world.accounts.filter(({ id }) => world.delegates.includes(id)),
      input,
      "DelegatedAdministrators",
      (one) => described(world, one),
    ),
  ListPolicies: ({ policies }, input) =>
    page(policies, input, "Policies", ({ name, managed }) => ({ Name: name, AwsManaged: managed })),
};

/** An organisation that believes what the bus tells it. Nothing of ours writes to it, so it has nothing to tell. */
function live(memory: Memory<World>): Live<Api> {
  const now = () => memory.get() ?? empty; // what was kept, and not to be changed
  const calls: string[] = [];
  async function send(command: unknown) {
    calls.push(`organizations:${verbOf(command)}`);
    sayAws(self.mood);
    return reads[verbOf(command)]?.(now(), (command as { input: Input }).input) ?? {};
  }
  const self: Live<Api> & { mood: Mood } = {
    api: {
      send: send as Send,
      get account() {
        return now().account;
      },
      get covered() {
        return now().covered;
      },
    },
    calls,
    mood: "willing",
    absorb: (event) => {
      const read = listener.event.safeParse(event);
      const world = structuredClone(now());
      const heard = read.success ? listener.normalise(read.data) : [];
      for (const signal of heard) believe(world, signal);
      if (heard.length > 0) memory.set(world);
    },
  };
  return self;
}

function believe(world: World, signal: Signal): void {
  if (signal.kind !== "identity.created" && signal.kind !== "identity.deleted") return;
  const id = signal.identity.name.split(":")[4] ?? "";
  const others = world.accounts.filter((one) => one.id !== id);
  const known = world.accounts.length > others.length;
  if (signal.kind === "identity.deleted") world.accounts = others;
  else if (!known) world.accounts.push(anAccount(id, id, { path: "r-exam" }));
}

/** Organizations in memory: it behaves as the service does. */
export const simulator: Simulator<Api, World> = { sample: { world: sample }, live };
