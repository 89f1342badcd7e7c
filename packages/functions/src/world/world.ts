import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { World } from "@leasehold/app/world";
import { Fault } from "@leasehold/core/kernel";
import { dynamoTable } from "@leasehold/store/dynamodb";
import { createStore } from "@leasehold/store/repository";
import type { Table } from "@leasehold/store/table";
import type { functions, Run } from "@leasehold/workflows";
import { deployedHere } from "./deployed.ts";
import { type Host, host, once } from "./host.ts";
import type { Narrowing } from "./rows.ts";

type NeedOf<R extends Run> = (typeof functions)[R]["needs"][number];
interface PartOf {
  readonly bus: "publish";
  readonly life: "life";
  readonly archive: "archive";
  readonly runs: "runs";
  readonly read: "estate";
  readonly act: "estate";
  readonly delete: "estate";
  readonly desks: "estate";
}
type PartName = "publish" | "archive" | "runs" | "estate" | "life";

/** Makes one part of the world when it is first touched. A function's bundle has only those that its file names. */
export type Maker<T> = (on: Host, run: Run) => T;
/** Exactly the parts that the table of functions says it needs: one more or one less does not compile. */
export type Parts<R extends Run> = {
  readonly [P in PartOf[NeedOf<R> & keyof PartOf]]: Maker<NonNullable<World[P]>>;
} & ("rows" extends NeedOf<R> ? { readonly rows: Narrowing } : unknown);

/** The world of one function. What the table does not give it is there as a part that throws when it is touched. */
export function world<R extends Run>(run: R, parts: Parts<R>, on: Host = host): () => World {
  return once(() => {
    const given: { readonly [P in PartName]?: Maker<NonNullable<World[P]>> } = parts;
    const { rows }: { readonly rows?: Narrowing } = parts;
    const part = <P extends Exclude<PartName, "life">>(name: P): World[P] =>
      given[name]?.(on, run) ?? absent(run, name);
    const { table, usage } = tables(on);
    const held = rows === undefined ? { table, usage } : { table: rows(table), usage: rows(usage) };
    const store = createStore({ ...held, archive: part("archive"), clock: on.clock });
    return {
      ...store,
      ...{ clock: on.clock, log: on.log, config: deployedHere(on).config },
      random: (bytes) => new Uint8Array(randomBytes(bytes)),
      ...{ publish: part("publish"), runs: part("runs"), estate: part("estate") },
      ...(given.life && { life: given.life(on, run) }),
      pause: (millis) => pause(millis),
    };
  });
}

/** A part that this function has no right to. Touching it is a bug in the table of needs, and says so. */
function absent<T>(run: Run, part: string): T {
  const refuse = (): never => {
    throw new Fault("Unreachable", "the table of functions does not give this part to the function", {
      ...{ function: run, part },
    });
  };
  return new Proxy(refuse, { get: refuse }) as T;
}

/** Each is named by the environment where the function needs it, so none is looked for before it is touched. */
function tables({ env }: Host): { readonly table: Table; readonly usage: Table } {
  const client = new DynamoDBClient({});
  const lazy = (name: "LEASEHOLD_TABLE" | "LEASEHOLD_USAGE"): Table => {
    const made = once(() => dynamoTable({ client, name: env(name) }));
    return {
      forgets: true,
      get: async (...asked) => made().get(...asked),
      query: async (...asked) => made().query(...asked),
      scan: async (...asked) => made().scan(...asked),
      index: async (...asked) => made().index(...asked),
      write: async (...asked) => made().write(...asked),
    };
  };
  return { table: lazy("LEASEHOLD_TABLE"), usage: lazy("LEASEHOLD_USAGE") };
}
