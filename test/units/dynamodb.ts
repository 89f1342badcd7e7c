import { randomUUID } from "node:crypto";
import { DeleteTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { createTable, dynamoTable, type Meter } from "@leasehold/store/dynamodb";

const endpoint = process.env["LEASEHOLD_DYNAMODB"];
if (endpoint === undefined) throw new Error("run this by `npm run test:units`, which starts a DynamoDB");

const client = new DynamoDBClient({
  ...{ endpoint, region: "eu-central-1" },
  credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "none" },
});
export const documents = DynamoDBDocumentClient.from(client);

/** A new table, and its end. */
export async function freshTable(meter?: Meter) {
  const name = `leasehold-${randomUUID()}`;
  await createTable(client, name);
  const table = dynamoTable({ client: documents, name, ...(meter && { meter }) });
  return { table, name, close: async () => void (await client.send(new DeleteTableCommand({ TableName: name }))) };
}
