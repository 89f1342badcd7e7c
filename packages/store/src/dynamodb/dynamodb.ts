import { setTimeout } from "node:timers/promises";
import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { checked, type Op, type Table } from "../table/index.ts";
import { faultOf, raced } from "./faults.ts";
import { attributesOf, keyIn, rowIn } from "./item.ts";
import { type Consumed, type Meter, spentOf } from "./meter.ts";
import { afterPlace, afterRow, afterScanned, indexed, queried, scanned, written } from "./requests.ts";

export interface Reached {
  readonly client: DynamoDBClient;
  readonly name: string;
  readonly meter?: Meter; // hears what every call consumed
  readonly wait?: (millis: number) => Promise<unknown>;
}

/** The table on AWS. Rows are read consistently, unless a glance is enough; an index gives keys only. */
export function dynamoTable(reached: Reached): Table {
  const { client, name, meter } = reached;
  const every = { TableName: name, ...(meter && { ReturnConsumedCapacity: "INDEXES" as const }) };
  const ask = asking(reached);
  return {
    forgets: true,
    get: async ({ pk, sk }, how) => {
      const Key = attributesOf({ pk, sk });
      const command = new GetItemCommand({ ...every, Key, ConsistentRead: how !== "may lag" });
      const { Item } = await ask("read", "GetItem", () => client.send(command));
      return Item && rowIn(Item);
    },
    query: async (range) => {
      const command = new QueryCommand({ ...every, ...queried(range), ConsistentRead: range.how !== "may lag" });
      const { Items = [], LastEvaluatedKey: last } = await ask("read", "Query", () => client.send(command));
      return { items: Items.map(rowIn), next: afterRow(range, last) };
    },
    index: async (index, range) => {
      const command = new QueryCommand({ ...every, ...indexed(index, range) });
      const { Items = [], LastEvaluatedKey: last } = await ask("read", "Query", () => client.send(command));
      return { items: Items.map(keyIn), next: afterPlace(index, range, last) };
    },
    scan: async (scan) => {
      const command = new ScanCommand({ ...every, ...scanned(scan), ConsistentRead: true });
      const { Items = [], LastEvaluatedKey: last } = await ask("read", "Scan", () => client.send(command));
      return { items: Items.map(rowIn), next: afterScanned(scan, last) };
    },
    write: async (ops) => {
      const { doing, call } = writing(reached, checked(ops));
      await ask("write", doing, call);
    },
  };
}

type Ask = <T extends Consumed>(kind: "read" | "write", doing: string, call: () => Promise<T>) => Promise<T>;

/** One call: its units to the meter, its errors as faults, and sent again where it only met another transaction. */
function asking({ meter, wait = setTimeout }: Reached): Ask {
  return async (kind, doing, call) => {
    const said = await again(call, wait).catch((error: unknown) => {
      throw faultOf(error, doing);
    });
    meter?.(spentOf(kind, said));
    return said;
  };
}

const TRIES = 8;

async function again<T>(call: () => Promise<T>, wait: (millis: number) => Promise<unknown>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (!raced(error) || attempt === TRIES) throw error;
      await wait(Math.random() * 10 * 2 ** attempt); // all of it jitter: those that met must not meet again
    }
  }
}

/** One row is a call of its own, at half the price of a transaction. */
function writing({ client, name, meter }: Reached, ops: readonly Op[]) {
  const metered = meter ? { ReturnConsumedCapacity: "INDEXES" as const } : {};
  const items = ops.map((op) => written(name, op));
  const [only, ...more] = items;
  if (more.length === 0 && only?.Put) {
    const command = new PutItemCommand({ ...only.Put, ...metered });
    return { doing: "PutItem", call: () => client.send(command) as Promise<Consumed> };
  }
  if (more.length === 0 && only?.Delete) {
    const command = new DeleteItemCommand({ ...only.Delete, ...metered });
    return { doing: "DeleteItem", call: () => client.send(command) as Promise<Consumed> };
  }
  const command = new TransactWriteItemsCommand({ TransactItems: items, ...metered });
  return { doing: "TransactWriteItems", call: () => client.send(command) as Promise<Consumed> };
}
