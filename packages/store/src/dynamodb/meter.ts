/** What one call cost: request units, those of the indexes among them. */
export interface Spent {
  readonly read: number;
  readonly write: number;
  readonly index: number; // of the above, what the indexes took
}
export type Meter = (spent: Spent) => void;

interface Capacity {
  readonly CapacityUnits?: number | undefined;
  readonly GlobalSecondaryIndexes?:
    | Readonly<Record<string, { readonly CapacityUnits?: number | undefined }>>
    | undefined;
}
export interface Consumed {
  readonly ConsumedCapacity?: Capacity | readonly Capacity[] | undefined;
}

/** Sums what DynamoDB says a call consumed. A call that failed says nothing, and is charged for all the same. */
export function spentOf(kind: "read" | "write", { ConsumedCapacity = [] }: Consumed): Spent {
  const each: readonly Capacity[] = [ConsumedCapacity].flat();
  const units = sum(each.map(({ CapacityUnits = 0 }) => CapacityUnits));
  const indexes = each.flatMap(({ GlobalSecondaryIndexes = {} }) => Object.values(GlobalSecondaryIndexes));
  const index = sum(indexes.map(({ CapacityUnits = 0 }) => CapacityUnits));
  return { read: kind === "read" ? units : 0, write: kind === "write" ? units : 0, index };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
