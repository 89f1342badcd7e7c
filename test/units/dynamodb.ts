import { randomUUID } from "node:crypto";
import { DeleteTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { createTable, dynamoTable, type Meter } from "@leasehold/store/dynamodb";

const endpoint = process.env["LEASEHOLD_DYNAMODB"];
if (endpoint === undefined) throw new Error("run this by `npm run test:units`, which starts a DynamoDB");

/** Something that looks signed: nobody checks it here, and signing each request would be most of a story's time. */
const SIGNED = {
  "x-amz-date": "20261102T090000Z",
  authorization:
    "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261102/eu-central-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0000000000000000000000000000000000000000000000000000000000000000",
};

export const client = new DynamoDBClient({
  ...{ endpoint, region: "eu-central-1" },
  credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "none" },
  signer: { sign: async (request) => ({ ...request, headers: { ...request.headers, ...SIGNED } }) as typeof request },
});

/** A new table, and its end. */
export async function freshTable(meter?: Meter) {
  const name = `leasehold-${randomUUID()}`;
  await createTable(client, name);
  const table = dynamoTable({ client, name, ...(meter && { meter }) });
  return { table, name, close: async () => void (await client.send(new DeleteTableCommand({ TableName: name }))) };
}
