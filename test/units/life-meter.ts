import { AsyncLocalStorage } from "node:async_hooks";
import { steps } from "@leasehold/app/steps";
import type { Estate, Hand, Provider } from "@leasehold/app/world";
import type { Host } from "@leasehold/local/laptop";
import { folderObjects, objectArchive } from "@leasehold/store/archive";
import type { Spent } from "@leasehold/store/dynamodb";
import { createStore } from "@leasehold/store/repository";
import { freshTable } from "./dynamodb.ts";

/** What one function spent: its runs, the calls of a provider's function that it made, and the units of the table. */
export interface Spending {
  readonly runs: number;
  readonly asks: number;
  readonly read: number;
  readonly write: number;
}
const NOTHING: Spending = { runs: 0, asks: 0, read: 0, write: 0 };

/** Stands in for AWS around a laptop, and writes down which function spent what. */
export async function lifeMeter(home: string) {
  const running = new AsyncLocalStorage<string>();
  const spent = new Map<string, Spending>();
  const add = (more: Partial<Spending>) => {
    const name = running.getStore() ?? "outside";
    const was = spent.get(name) ?? NOTHING;
    const sum = (of: keyof Spending) => was[of] + (more[of] ?? 0);
    spent.set(name, { runs: sum("runs"), asks: sum("asks"), read: sum("read"), write: sum("write") });
  };
  const { table, close } = await freshTable(({ read, write }: Spent) => add({ read, write }));
  const archive = objectArchive(folderObjects(home));
  const host: Host = {
    store: (clock) => createStore({ table, archive, clock }),
    estate: (estate) => counted(estate, () => add({ asks: 1 })),
    run: (world, name, input) =>
      running.run(name, () => {
        add({ runs: 1 });
        return steps[name].run(world, input);
      }),
  };
  return { host, close, spent: (): ReadonlyMap<string, Spending> => new Map(spent) };
}

/** On AWS each of these is a function of its own. */
function counted(estate: Estate, ask: () => void): Estate {
  const watch = <T extends object>(of: T): T =>
    new Proxy(of, {
      get: (target, key) => {
        const part = target[key as keyof T];
        if (typeof part !== "function") return part;
        return (...args: unknown[]) => {
          ask();
          return (part as (...all: unknown[]) => unknown).apply(target, args);
        };
      },
    });
  const watched =
    <In extends readonly unknown[], Out>(of: (...args: In) => Out) =>
    (...args: In): Out => {
      ask();
      return of(...args);
    };
  const all = estate.providers().map(
    (one): Provider => ({
      ...one,
      hands: one.hands.map((hand: Hand) => watch(hand)),
      person: one.person && watched(one.person),
      desk: one.desk && watch(one.desk),
    }),
  );
  return { provider: (id) => all.find((one) => one.id === id), providers: () => all };
}
