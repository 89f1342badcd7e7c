import { CreateTableCommand, type DynamoDBClient, waitUntilTableExists } from "@aws-sdk/client-dynamodb";
import { INDEXES, type Index } from "../table/index.ts";

/** DynamoDB takes no name of two letters. */
export const nameOf = (name: Index) => `by-${name}`;
export const keysOf = (name: Index) => [`${name}p`, `${name}s`] as const;

/** Makes the table as the stack does: on demand, and indexes that carry keys alone, for whoever acts reads the row itself. */
export async function createTable(client: DynamoDBClient, table: string): Promise<void> {
  const names = ["pk", "sk", ...INDEXES.flatMap(keysOf)];
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
      KeySchema: keySchema("pk", "sk"),
      GlobalSecondaryIndexes: INDEXES.map((name) => ({
        IndexName: nameOf(name),
        KeySchema: keySchema(...keysOf(name)),
        Projection: { ProjectionType: "KEYS_ONLY" },
      })),
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1 }, { TableName: table });
}

function keySchema(partition: string, sort: string) {
  return [
    { AttributeName: partition, KeyType: "HASH" as const },
    { AttributeName: sort, KeyType: "RANGE" as const },
  ];
}
