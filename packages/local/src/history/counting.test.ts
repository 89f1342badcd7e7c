import { used } from "@leasehold/app/usage";
import { connectors } from "@leasehold/connectors";
import { expect, it } from "vitest";
import { memoryWorld } from "../../../../test/support/memory-world.ts";
import { keyOf, trailRecord } from "../../../../test/support/trail-record.ts";
import { counting, type KnownBy } from "./index.ts";

const heard = [await connectors["aws-iam"](), await connectors["aws-cloudtrail"]()];
const userIdentity = { type: "IAMUser", arn: "arn:aws:iam::111122223333:user/ada", accessKeyId: keyOf(9) };
const call = (n: number, eventTime: string) => trailRecord(n, { userIdentity, eventTime });

/** Source objects one after the other: the number of calls in each, by its name. */
async function after(knownBy: KnownBy, ...objects: readonly (readonly [name: string, calls: number])[]) {
  const world = memoryWorld();
  const { gather, counted } = counting(world, heard, knownBy);
  for (const [name, calls] of objects) {
    const gathering = gather(name);
    for (let n = 0; n < calls; n += 1) gathering.take(call(n, world.now));
    for (const not of [undefined, "text", { Records: [] }, { eventSource: 7 }]) gathering.take(not);
    await gathering.end();
  }
  const { calls, uses } = await used(world, { credential: keyOf(9), since: "24h" });
  return { calls, approximate: uses.some((one) => one.approximate), counted: counted().calls };
}

it.each<[string, KnownBy, readonly (readonly [string, number])[], object]>([
  ["a file once", "content", [["a", 3]], { calls: 3, approximate: false, counted: 3 }],
  ["one content under two names", "content", [["a", 3], ["b", 3]], { calls: 3, counted: 3 }],
  ["a file that was cut, and then was whole: too many, never too few", "content", [["a", 2], ["a", 3]], { calls: 5 }],
  ["a page that has more today, roughly", "place", [["a", 2], ["a", 3]], { calls: 3, approximate: true }],
  ["two pages", "place", [["a", 2], ["b", 2]], { calls: 4, approximate: true }],
])("counts %s", async (_title, knownBy, objects, answer) => {
  expect(await after(knownBy, ...objects)).toMatchObject(answer);
}); // biome-ignore format: rows
