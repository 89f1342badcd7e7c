import { millisOf } from "@leasehold/core/kernel";
import { INDEXES, type Key, type Row } from "../table/index.ts";
import { condense, expand } from "./condense.ts";
import { keysOf } from "./create.ts";

type Item = Readonly<Record<string, unknown>>;

/** The attribute by which the table forgets, in seconds. */
export const TTL = "ttl";

/** A row as an item: short names, for they are paid for too. */
export function itemOf(row: Row): Record<string, unknown> {
  const { pk, sk, v, data, ends } = row;
  const places = INDEXES.flatMap((name) => keysOf(name).map((key, n) => [key, row[name]?.[n]]));
  const ttl = ends === undefined ? {} : { [TTL]: Math.ceil(millisOf(ends) / 1000) };
  return {
    pk,
    sk,
    v,
    ...ttl,
    d: condense(data),
    ...Object.fromEntries(places.filter(([, text]) => text !== undefined)),
  };
}

export function rowIn(item: Item): Row {
  const places = INDEXES.map((name) => [name, keysOf(name).map((key) => item[key])] as const);
  return {
    ...{ ...keyIn(item), v: Number(item["v"]), data: expand(item["d"]) },
    ...Object.fromEntries(places.filter(([, [pk]]) => pk !== undefined)),
  };
}

export const keyIn = (item: Item): Key => ({ pk: String(item["pk"]), sk: String(item["sk"]) });
