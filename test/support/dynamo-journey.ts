import { type AttributeValue, BatchWriteItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import type { Host } from "@leasehold/local/laptop";
import { client, freshTable } from "../units/dynamodb.ts";
import { lambdaHost } from "./lambda-host.ts";

const hosts = new Map<string, { readonly host: Host; readonly table: string }>();

/** A table of its own for the store of one story, filled as another's is where one is named; made before its file is opened. */
export async function tableFor(path: string, like?: string): Promise<void> {
  const { table, name } = await freshTable();
  hosts.set(path, { host: lambdaHost(table, `${path}.archive`), table: name });
  const from = like && hosts.get(like)?.table;
  if (from !== undefined) await copy(from, name);
}

export const hostOf = (path: string): Host | undefined => hosts.get(path)?.host;

const MOST = 25; // rows to one write, DynamoDB's own limit

async function copy(from: string, to: string): Promise<void> {
  let start: Record<string, AttributeValue> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName: from, ...(start && { ExclusiveStartKey: start }) }));
    const rows = page.Items ?? [];
    for (let n = 0; n < rows.length; n += MOST) {
      const puts = rows.slice(n, n + MOST).map((Item) => ({ PutRequest: { Item } }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { [to]: puts } }));
    }
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}
