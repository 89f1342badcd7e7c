import { beginSweep, goOnSweeping } from "@leasehold/app/sweep";
import { connected, each, type Provider } from "@leasehold/app/world";
import { connectors } from "@leasehold/connectors";
import { startPacer } from "@leasehold/connectors/kit";
import type { Connector } from "@leasehold/core/connector";
import { derivedId, later } from "@leasehold/core/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MONDAY } from "../support/clock.ts";
import { simulatorOf } from "../support/connectors.ts";
import { largeAccount, leastCalls, PAGE } from "../support/large-account.ts";
import { type MemoryWorld, memoryWorld } from "../support/memory-world.ts";
import { virtualTime } from "../support/virtual-time.ts";

const awsIam = (await connectors["aws-iam"]()) as Connector;
const simulator = await simulatorOf("aws-iam");

/** Five a second, and nothing beforehand. */
const LIMIT = {
  ...{ calls: 325, seconds: 60, burst: 1, change: 1, published: false },
  source: "https://example.com",
};
const A_SECOND = 5;
const accountOf = (n: number) => String(100_000_000_000 + n);

/** What its users hold is of no other account. */
function account(n: number, users: number) {
  const one = largeAccount(users);
  const own = (id: string) => `${id}A${String(n).padStart(3, "0")}`;
  const user = ({ keys, certificates = [], ...rest }: (typeof one.users)[number]) => ({
    ...rest,
    keys: keys.map((key) => ({ ...key, accessKeyId: own(key.accessKeyId) })),
    certificates: certificates.map((certificate) => ({ ...certificate, id: own(certificate.id) })),
  });
  return { ...one, account: accountOf(n), users: one.users.map(user) };
}

type Mood = "willing" | "refusing" | "busy";

/** IAM of several accounts, one provider, each account on a pacer of its own, on a clock that moves when all of them wait. */
async function estate(sizes: readonly number[], moods: Readonly<Record<number, Mood>> = {}) {
  const time = virtualTime(MONDAY);
  const world = Object.assign(memoryWorld(), { clock: time.clock });
  await world.ledger.installed(later(MONDAY, -24));
  const accounts = sizes.map((users, n) => account(n, users));
  const lives = new Map(
    accounts.map((of, n) => {
      const live = simulator.live({ get: () => accounts[n], set: () => {} }, time.clock, () => {});
      live.mood = moods[n] ?? "willing";
      return [of.account, live] as const;
    }),
  );
  const provider = (): Provider => {
    const connect = (settings: unknown) => {
      const live = lives.get((settings as { readonly account: string }).account)!;
      const api = live.api as { readonly account: string; send(command: never): Promise<unknown> };
      const pacer = startPacer("aws", LIMIT, { ...time, patience: 1e9 });
      return { account: api.account, send: (command: never) => pacer(() => api.send(command)) };
    };
    const settings = { account: accountOf(0), source: "host" };
    const members = sizes.slice(1).map((_, n) => {
      const id = accountOf(n + 1);
      return {
        id,
        name: undefined,
        role: `arn:aws:iam::${id}:role/leasehold-prod-read`,
        externalId: "leasehold-example",
      };
    });
    return connected(awsIam, { mode: "observe", settings }, connect, members);
  };
  const calls = () => [...lives.values()].map((live) => live.calls?.length ?? 0);
  const all = (n: number) => lives.get(accountOf(n))!;
  const laid = (one: Provider) =>
    Object.assign(world, { estate: { provider: () => one, providers: () => [one] } } satisfies Pick<
      MemoryWorld,
      "estate"
    >);
  const sweep = () => time.of(() => goOnSweeping(laid(provider()), "aws-iam", later(time.clock(), 12)));
  return { world, time, calls, sweep, accounts, mood: (n: number, mood: Mood) => Object.assign(all(n), { mood }) };
}

const known = async (world: MemoryWorld) => {
  const all: string[] = [];
  for (const kind of ["credential", "identity"] as const)
    for await (const { value } of each((cursor) => world.graph.list(kind, cursor))) {
      const { id, facts } = value.subject;
      all.push(
        JSON.stringify([
          id,
          Object.entries(facts)
            .map(([name, { value }]) => [name, value])
            .toSorted(),
        ]),
      );
    }
  return all;
};
const sum = (all: readonly number[]) => all.reduce((one, other) => one + other, 0);

describe("a sweep of many accounts", () => {
  it("of 500 users each takes as long as one of them, and asks each the least, at its pace", async () => {
    const one = await estate(Array.from({ length: 20 }, () => 500));
    await beginSweep(one.world, "aws-iam");
    const { came, seconds } = await one.sweep();
    expect(came).toMatchObject({ whole: true, gone: [] });
    expect(one.calls()).toEqual(Array.from({ length: 20 }, () => leastCalls(500)));
    const alone = leastCalls(500) / A_SECOND;
    expect(seconds).toBeGreaterThan(alone * 0.95);
    expect(seconds).toBeLessThan(alone * 1.05);
  });

  it("takes as long as the largest of them, however many more there are than are asked at once", async () => {
    const one = await estate([...Array.from({ length: 30 }, () => 20), 400]);
    await beginSweep(one.world, "aws-iam");
    const { seconds } = await one.sweep();
    expect(seconds).toBeLessThan((leastCalls(400) / A_SECOND) * 1.15);
    expect(seconds).toBeLessThan(sum(one.calls()) / A_SECOND / 2);
  });

  it.each<Mood>(["refusing", "busy"])("does not wait for one that is %s, and says so of that one", async (mood) => {
    const all = [await estate([100, 100, 100]), await estate([100, 100, 100], { 1: mood })];
    const took: number[] = [];
    for (const { world, sweep } of all) {
      await beginSweep(world, "aws-iam");
      took.push((await sweep()).seconds);
    }
    expect(took[1]).toBeLessThanOrEqual(took[0]! + 1);
    expect(await all[1]!.world.ledger.coverage()).toMatchObject([
      { whole: false, places: [0, 1, 2].map((n) => ({ id: accountOf(n), whole: n !== 1 })) },
    ]);
    expect(await all[1]!.sweep()).toMatchObject({ came: undefined }); // it came to its end
  });

  it.each<Mood>(["refusing", "busy"])(
    "says what is gone from the others while one is %s, and nothing of that one",
    async (mood) => {
      const one = await estate([30, 30, 30]);
      await beginSweep(one.world, "aws-iam");
      expect((await one.sweep()).came).toMatchObject({ whole: true, gone: [] });
      await one.time.of(() => one.time.wait(24 * 3_600_000));
      const taken = one.accounts.map((of, n) => {
        const { keys } = of.users.find((user) => user.keys.length > 1)!;
        return { n, key: derivedId("crd", "aws", keys.splice(1)[0]!.accessKeyId) };
      });
      one.mood(1, mood);
      await beginSweep(one.world, "aws-iam");
      const { came } = await one.sweep();
      expect(came?.whole).toBe(false);
      expect(came?.gone.toSorted()).toEqual(taken.flatMap(({ n, key }) => (n === 1 ? [] : [key])).toSorted());
      one.mood(1, "willing");
      await one.time.of(() => one.time.wait(24 * 3_600_000));
      await beginSweep(one.world, "aws-iam");
      expect((await one.sweep()).came).toMatchObject({ whole: true, gone: [taken[1]!.key] });
    },
  );

  it("comes to the same wherever it is killed, and does no more than a page of each again", async () => {
    const sizes = [150, 350, 20, 250];
    const whole = await estate(sizes);
    await beginSweep(whole.world, "aws-iam");
    await whole.sweep();
    const same = await known(whole.world);
    const [points = []] = fc.sample(fc.array(fc.integer({ min: 40, max: 1_200 }), { minLength: 3, maxLength: 3 }), 1);
    const one = await estate(sizes);
    await beginSweep(one.world, "aws-iam");
    for (const point of points) {
      let calls = 0;
      one.world.hook = () => {
        calls += 1;
        if (calls >= point) throw new Error("killed");
      };
      await one.sweep().catch(() => {});
      one.world.hook = () => {};
      await one.time.of(() => one.time.wait(3_600_000)); // its claim is over
    }
    const { came } = await one.sweep();
    if (came !== undefined) expect(came).toMatchObject({ whole: true, gone: [] });
    expect(await one.world.ledger.coverage()).toMatchObject([
      { whole: true, places: sizes.map((_, n) => ({ id: accountOf(n), whole: true })) },
    ]);
    const after = await known(one.world);
    expect(after.find((item, n) => item !== same[n])).toBe(same.find((item, n) => item !== after[n]));
    const again = 2 + 2 + 2 * PAGE + 2; // what all share, and one page
    for (const [n, calls] of one.calls().entries())
      expect(calls, `account ${n}, killed at ${points}`).toBeLessThanOrEqual(whole.calls()[n]! + points.length * again);
  });
});
