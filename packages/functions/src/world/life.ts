import type { Life, World } from "@leasehold/app/world";
import { type Clock, hoursBetween, type Instant, instantOf } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import type { Aws } from "../aws/index.ts";
import type { Maker } from "./world.ts";

const Described = z.object({ Table: z.object({ TableId: z.string(), CreationDateTime: z.number() }) });
const MINUTE = 1 / 60; // hours

/**
 * Which table this is: AWS restores into a new one, whose id is its own
 * (docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html; CreationDateTime in seconds). Asked again
 * after a minute: no table is deleted and restored under its name in less.
 */
export function lifeOf(aws: Aws, table: () => string, clock: Clock): NonNullable<World["life"]> {
  let known: { readonly life: Life; readonly at: Instant } | undefined;
  return async () => {
    if (known !== undefined && hoursBetween(known.at, clock()) < MINUTE) return known.life;
    const at = clock();
    const input = { TableName: table() };
    const said = await aws({ permission: "dynamodb:DescribeTable", input, answer: Described });
    const { TableId, CreationDateTime } = (said as z.infer<typeof Described>).Table;
    const life = { id: TableId, made: instantOf(CreationDateTime * 1_000) };
    known = { life, at };
    return life;
  };
}

export const life: Maker<NonNullable<World["life"]>> = ({ aws, env, clock }) =>
  lifeOf(aws, () => env("LEASEHOLD_TABLE"), clock);
