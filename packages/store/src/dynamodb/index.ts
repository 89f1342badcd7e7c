export { createTable } from "./create.ts";
export { dynamoTable, type Reached } from "./dynamodb.ts";
export type { Meter, Spent } from "./meter.ts";
