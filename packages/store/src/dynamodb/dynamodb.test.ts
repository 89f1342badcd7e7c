import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { expect, it } from "vitest";
import { put, remove } from "../table/index.ts";
import { dynamoTable } from "./dynamodb.ts";
import type { Spent } from "./meter.ts";

interface Sent {
  readonly constructor: { readonly name: string };
  readonly input: Record<string, unknown>;
}

/** A client that answers what it is told to, in order, and keeps what it was sent. */
function told(...answers: readonly unknown[]) {
  const sent: Sent[] = [];
  const waited: number[] = [];
  const meter: Spent[] = [];
  let n = 0;
  const client = {
    send: async (command: Sent) => {
      sent.push(command);
      const answer = answers[Math.min(n++, answers.length - 1)];
      if (answer instanceof Error || (answer as { name?: string } | undefined)?.name) throw answer;
      return answer ?? {};
    },
  } as unknown as DynamoDBClient;
  const wait = async (millis: number) => void waited.push(millis);
  const table = dynamoTable({ client, name: "t", wait, meter: (spent) => meter.push(spent) });
  return { table, sent, waited, meter };
}

const RACED = {
  name: "TransactionCanceledException",
  CancellationReasons: [{ Code: "TransactionConflict" }, { Code: "None" }],
};
const ROW = { pk: "p", sk: "s", v: 1, data: {} };
const OTHER = { ...ROW, sk: "t" };

it("sends again what only met another transaction, with jitter", async () => {
  const { table, sent, waited } = told(RACED, RACED, {});
  await table.write([put(ROW), put(OTHER)]);
  expect(sent).toHaveLength(3);
  expect(waited).toHaveLength(2);
  for (const [n, millis] of waited.entries()) expect(millis).toBeLessThanOrEqual(20 * 2 ** n);
});

it("gives up as a conflict after a while", async () => {
  const { table, sent } = told(RACED);
  await expect(table.write([put(ROW), put(OTHER)])).rejects.toMatchObject({ name: "Conflict" });
  expect(sent).toHaveLength(8);
});

it("never sends again what failed its condition", async () => {
  const { table, sent, waited } = told({ name: "ConditionalCheckFailedException" });
  await expect(table.write([put(ROW, "absent")])).rejects.toMatchObject({ name: "Conflict" });
  expect([sent.length, waited.length]).toEqual([1, 0]);
});

it("asks one row of the single-row calls, and several of a transaction", async () => {
  const { table, sent } = told({});
  await table.write([put(ROW)]);
  await table.write([remove(ROW)]);
  await table.write([put(ROW), remove(OTHER)]);
  expect(sent.map((command) => command.constructor.name)).toEqual([
    "PutItemCommand",
    "DeleteItemCommand",
    "TransactWriteItemsCommand",
  ]);
});

it("reads rows consistently, but for a glance that may lag", async () => {
  const { table, sent } = told({});
  await table.get(ROW);
  await table.get(ROW, "may lag");
  await table.query({ pk: "p", limit: 1 });
  await table.query({ pk: "p", limit: 1, how: "may lag" });
  await table.scan({ prefix: "p", sk: "s", limit: 1 });
  expect(sent.map(({ input }) => input["ConsistentRead"])).toEqual([true, false, true, false, true]);
});

it("tells the meter what a call consumed, the indexes among it", async () => {
  const consumed = {
    CapacityUnits: 3,
    GlobalSecondaryIndexes: { "by-g1": { CapacityUnits: 1 }, "by-g2": { CapacityUnits: 1 } },
  };
  const { table, meter } = told(
    { ConsumedCapacity: consumed },
    { ConsumedCapacity: [consumed, { CapacityUnits: 2 }] },
    { ConsumedCapacity: { CapacityUnits: 0.5 } },
  );
  await table.write([put(ROW)]);
  await table.write([put(ROW), put(OTHER)]);
  await table.index("g1", { pk: "p", limit: 1 });
  expect(meter).toEqual([
    { read: 0, write: 3, index: 2 },
    { read: 0, write: 5, index: 2 },
    { read: 0.5, write: 0, index: 0 },
  ]);
});
