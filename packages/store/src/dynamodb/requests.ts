import { cursorOf, type Index, keyOf, type Op, placeOf, type Range, type Scan, type When } from "../table/index.ts";
import { keysOf, nameOf } from "./create.ts";
import { attributesOf, type Item, itemOf, textIn } from "./item.ts";

/** The expression of a range: a partition, and where in it. */
function within(pk: string, sk: string, { pk: partition, prefix, from, to, limit }: Range) {
  const where =
    (prefix !== undefined && "begins_with(#sk, :sk)") ||
    (from !== undefined && "#sk >= :sk") ||
    (to !== undefined && "#sk <= :sk");
  return {
    KeyConditionExpression: where ? `#pk = :pk AND ${where}` : "#pk = :pk",
    ExpressionAttributeNames: { "#pk": pk, ...(where && { "#sk": sk }) },
    ExpressionAttributeValues: attributesOf({ ":pk": partition, ":sk": prefix ?? from ?? to }),
    Limit: limit,
  };
}

const startingAt = (key: Readonly<Record<string, string | undefined>> | undefined) =>
  key ? { ExclusiveStartKey: attributesOf(key) } : {};

const rowsOf = (pk: string) => `rows ${pk}`;

export function queried(range: Range) {
  const [sk] = placeOf(range.cursor, rowsOf(range.pk), 1) ?? [];
  return { ...within("pk", "sk", range), ...startingAt(sk === undefined ? undefined : { pk: range.pk, sk }) };
}

export const afterRow = ({ pk }: Range, last: Item | undefined) => last && cursorOf(rowsOf(pk), textIn(last, "sk"));

const placesOf = (name: Index, pk: string) => `${name} ${pk}`;

export function indexed(name: Index, range: Range) {
  const [pk, sk] = keysOf(name);
  const after = placeOf(range.cursor, placesOf(name, range.pk), 3);
  const start = after && { [pk]: range.pk, [sk]: after[0], pk: after[1], sk: after[2] };
  return { IndexName: nameOf(name), ...within(pk, sk, range), ...startingAt(start) };
}

export function afterPlace(name: Index, { pk }: Range, last: Item | undefined) {
  return last && cursorOf(placesOf(name, pk), textIn(last, keysOf(name)[1]), textIn(last, "pk"), textIn(last, "sk"));
}

const scanOf = (prefix: string) => `scan ${prefix}`;

/** `Limit` counts what is looked at, not what is found. */
export function scanned({ prefix, sk, limit, cursor }: Scan) {
  const after = placeOf(cursor, scanOf(prefix), 2);
  return {
    FilterExpression: "begins_with(pk, :prefix) AND sk = :sk",
    ExpressionAttributeValues: attributesOf({ ":prefix": prefix, ":sk": sk }),
    Limit: limit,
    ...startingAt(after && { pk: after[0], sk: after[1] }),
  };
}

export function afterScanned({ prefix }: Scan, last: Item | undefined) {
  return last && cursorOf(scanOf(prefix), textIn(last, "pk"), textIn(last, "sk"));
}

function condition(when: When | undefined) {
  if (when === undefined) return {};
  if (when === "absent") return { ConditionExpression: "attribute_not_exists(pk)" };
  return { ConditionExpression: "v = :v", ExpressionAttributeValues: attributesOf({ ":v": when.version }) };
}

export function written(table: string, op: Op) {
  const { pk, sk } = keyOf(op);
  const Key = attributesOf({ pk, sk });
  const on = { TableName: table, ...condition(op.when) };
  if (op.do === "put") return { Put: { ...on, Item: itemOf(op.row) } };
  if (op.do === "delete") return { Delete: { ...on, Key } };
  return { ConditionCheck: { ConditionExpression: "attribute_not_exists(pk)", ...on, Key } };
}
