import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { millisOf } from "@leasehold/core/kernel";
import { INDEXES, type Key, type Row } from "../table/index.ts";
import { condense, expand } from "./condense.ts";
import { keysOf } from "./create.ts";

export type Item = Readonly<Record<string, AttributeValue>>;

/** The attribute by which the table forgets, in seconds. */
const TTL = "ttl";

/** As DynamoDB spells what a row is made of: text, numbers and bytes. What is undefined is left out. */
export function attributesOf(
  values: Readonly<Record<string, string | number | Uint8Array | undefined>>,
): Record<string, AttributeValue> {
  const item: Record<string, AttributeValue> = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === "string") item[name] = { S: value };
    else if (typeof value === "number") item[name] = { N: String(value) };
    else if (value !== undefined) item[name] = { B: value };
  }
  return item;
}

/** The text of one attribute. */
export const textIn = (item: Item, name: string): string => String(item[name]?.S);

/** A row as an item: short names, for they are paid for too. */
export function itemOf(row: Row): Record<string, AttributeValue> {
  const { pk, sk, v, data, ends } = row;
  const places = INDEXES.flatMap((name) => keysOf(name).map((key, n) => [key, row[name]?.[n]] as const));
  const ttl = ends === undefined ? undefined : Math.ceil(millisOf(ends) / 1000);
  return attributesOf({ pk, sk, v, [TTL]: ttl, d: condense(data), ...Object.fromEntries(places) });
}

export function rowIn(item: Item): Row {
  const places = INDEXES.flatMap((name) => {
    const [pk, sk] = keysOf(name);
    return item[pk] === undefined ? [] : [[name, [textIn(item, pk), textIn(item, sk)]] as const];
  });
  const data = expand(item["d"]?.S ?? item["d"]?.B);
  return { ...keyIn(item), v: Number(item["v"]?.N), data, ...Object.fromEntries(places) };
}

export const keyIn = (item: Item): Key => ({ pk: textIn(item, "pk"), sk: textIn(item, "sk") });
