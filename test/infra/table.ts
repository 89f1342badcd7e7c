import type { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { createTable } from "@leasehold/store/dynamodb";
import { expect, it } from "vitest";
import type { Synth } from "./harness.ts";
import { of } from "./look.ts";

type Input = CreateTableCommand["input"];

/** What the store's own tests make, without anybody to make it. */
async function asked(): Promise<Input> {
  let input: Input | undefined;
  const send = async (command: { input: Input }) => {
    if (input !== undefined) return { Table: { TableStatus: "ACTIVE" } };
    input = command.input;
    return {};
  };
  await createTable({ send, config: {} } as unknown as DynamoDBClient, "x");
  return input!;
}

export function oneTable(synth: () => Synth): void {
  it("has the table that the store is tested with: keys, indexes, and what they carry", async () => {
    const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, BillingMode } = await asked();
    const tables = of(synth(), "dynamodb/table:Table");
    const inputs = tables.find(({ inputs: made }) => String(made["name"]).endsWith("-table"))?.inputs;
    const key = (schema: Input["KeySchema"], type: string) =>
      schema?.find(({ KeyType }) => KeyType === type)?.AttributeName;
    expect(inputs).toMatchObject({
      billingMode: BillingMode,
      hashKey: key(KeySchema, "HASH"),
      rangeKey: key(KeySchema, "RANGE"),
      attributes: AttributeDefinitions?.map(({ AttributeName: name, AttributeType: type }) => ({ name, type })),
      globalSecondaryIndexes: GlobalSecondaryIndexes?.map((one) => ({
        name: one.IndexName,
        hashKey: key(one.KeySchema, "HASH"),
        rangeKey: key(one.KeySchema, "RANGE"),
        projectionType: one.Projection?.ProjectionType,
      })),
    });
  });

  it("keeps usage beside it under the same keys, in no index, and lets it end", () => {
    const usage = of(synth(), "dynamodb/table:Table").find(({ inputs }) => String(inputs["name"]).endsWith("-usage"));
    expect(usage?.inputs).toMatchObject({
      hashKey: "pk",
      rangeKey: "sk",
      ttl: { attributeName: "ttl", enabled: true },
    });
    expect(usage?.inputs["globalSecondaryIndexes"]).toBeUndefined();
  });
}
