import { badInput, conflict, type Instant } from "@leasehold/core/kernel";

/** Where a row stands: a partition, and its place in it. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** The sparse indexes: a row that names no place in one costs nothing there. What each is for is in docs/store.md. */
export const INDEXES = ["g1", "g2", "g3"] as const;
export type Index = (typeof INDEXES)[number];
export type Place = readonly [pk: string, sk: string];

/** Everything that is stored is one of these: a version that its writers agree on, and JSON. */
export interface Row extends Key, Readonly<Partial<Record<Index, Place | undefined>>> {
  readonly v: number;
  readonly data: unknown;
  readonly ends?: Instant | undefined; // DynamoDB may forget it after this, at no cost; whoever reads it judges for itself
}

/** What must be so at the moment of the write; without it, the write is carried out whatever is there. */
export type When = "absent" | { readonly version: number };
export type Op =
  | { readonly do: "put"; readonly row: Row; readonly when?: When | undefined }
  | { readonly do: "delete"; readonly key: Key; readonly when?: When | undefined }
  | { readonly do: "check"; readonly key: Key; readonly when: When };

/** A part of one partition, in the order of its keys. */
export interface Range {
  readonly pk: string;
  readonly prefix?: string | undefined; // at most one of the three
  readonly from?: string | undefined;
  readonly to?: string | undefined; // itself included
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly how?: Glance | undefined;
}
export interface Scan {
  readonly prefix: string; // of the partitions
  readonly sk: string;
  readonly limit: number; // a page may hold fewer, or none, and still have a next
  readonly cursor?: string | undefined;
}
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/** `may lag`: half the price, and it may be some moments old. Only for who writes under a condition, and reads again where that fails. */
export type Glance = "may lag";

/** The one thing that differs between the laptop and AWS. Everything that is a decision stands above it, in `repository`. */
export interface Table {
  /** It forgets rows after their `ends` by itself, at no cost; where it does not, who writes beside them clears them away. */
  readonly forgets?: true;
  /** Strongly consistent unless asked for a glance, as is `query`; `scan` always. */
  get(key: Key, how?: Glance): Promise<Row | undefined>;
  query(range: Range): Promise<Page<Row>>;
  scan(scan: Scan): Promise<Page<Row>>;
  /** May lag by moments behind the rows on AWS: whoever acts on what it names reads the row itself. */
  index(name: Index, range: Range): Promise<Page<Key>>;
  /** All or nothing, and durable when it resolves. `Conflict` where a condition does not hold. */
  write(ops: readonly Op[]): Promise<void>;
}

export const put = (row: Row, when?: When): Op => ({ do: "put", row, when });
export const remove = (key: Key, when?: When): Op => ({ do: "delete", key, when });
export const check = (key: Key, when: When): Op => ({ do: "check", key, when });

/** The condition that nothing moved since this version was read; 0 is that there was nothing. */
export const under = (version: number): When => (version === 0 ? "absent" : { version });

export const keyOf = (op: Op): Key => (op.do === "put" ? op.row : op.key);

const MOST = 100; // DynamoDB's own limit of one transaction

/** Refuses what one of the adapters could not do, so that the other never learns to. */
export function checked(ops: readonly Op[]): readonly Op[] {
  if (ops.length === 0 || ops.length > MOST)
    throw badInput("one write touches between one and a hundred rows", { rows: ops.length });
  const keys = new Set(ops.map(keyOf).map(({ pk, sk }) => JSON.stringify([pk, sk])));
  if (keys.size < ops.length) throw badInput("one write may not touch a row twice", { rows: ops.length });
  return ops;
}

/** Whether a condition holds for the version that is there; undefined where nothing is. */
function holds(when: When | undefined, version: number | undefined): boolean {
  if (when === undefined) return true;
  return when === "absent" ? version === undefined : version === when.version;
}

export function hold(op: Op, version: number | undefined): void {
  if (!holds(op.when, version)) throw conflict(keyOf(op).sk);
}
