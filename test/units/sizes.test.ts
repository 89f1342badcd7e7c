import { createHash } from "node:crypto";
import { type AttributeValue, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { expect, it } from "vitest";
import { aCredential, account, anAccount, at } from "../support/store-fixtures.ts";
import { client } from "./dynamodb.ts";
import { metered } from "./metered.ts";

const KILOBYTE = 1024;

/** What DynamoDB charges for: the names of the attributes and what is in them. */
function sizeOf(item: Readonly<Record<string, AttributeValue>>): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + name.length + sizeOfValue(value), 0);
}

function sizeOfValue({ S, N, B }: AttributeValue): number {
  if (N !== undefined) return Math.ceil(N.length / 2) + 1;
  return B?.byteLength ?? Buffer.byteLength(S ?? "");
}

/** As random as an event id is, and the same on every run. */
function uuid(...of: readonly string[]): string {
  const hex = createHash("sha256").update(of.join()).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

const busy = aCredential("busy");
const crowded = {
  ...busy,
  subject: {
    ...busy.subject,
    evidence: ["ada", "grace", "sam", "kim"].flatMap((name) =>
      (["issued-by", "declared", "identity-made-by"] as const).map((kind, n) => ({
        ...{ kind, candidate: account(name), source: "aws-iam", at: at(-n) },
        eventId: uuid(name, kind),
      })),
    ),
  },
};

it.each([
  ["a credential", aCredential("key")],
  ["a credential with twelve pieces of evidence for four people", crowded],
  ["a leaver", anAccount("ada", "departed")],
])("%s fits into one kilobyte", async (_title, node) => {
  const { store, name, close } = await metered();
  await store.graph.put({ ...node, pending: [{ kind: "owner.changed", version: 1 }] }, 0);
  const command = new GetItemCommand({ TableName: name, Key: { pk: { S: node.subject.id }, sk: { S: "node" } } });
  const { Item = {} } = await client.send(command);
  await close();
  process.stdout.write(`${_title}: ${sizeOf(Item)} bytes, JSON ${JSON.stringify(node).length}\n`);
  expect(sizeOf(Item)).toBeGreaterThan(300);
  expect(sizeOf(Item)).toBeLessThanOrEqual(KILOBYTE);
});
