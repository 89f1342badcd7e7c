import { found } from "@leasehold/core/finding";
import { later } from "@leasehold/core/kernel";
import { beforeEach, describe, expect, it } from "vitest";
import { type Listed, listed } from "../../../../test/support/listed.ts";
import { type MemoryWorld, memoryWorld } from "../../../../test/support/memory-world.ts";
import { sweepEstate } from "./sweep-estate.ts";

const [OURS, OTHERS] = ["111122223333", "444455556666"];
const HOUR = 1;

let world: MemoryWorld;
let trails: Listed;
beforeEach(async () => {
  trails = listed("aws-cloudtrail", "AWS CloudTrail");
  world = memoryWorld([trails]);
  await world.ledger.installed(later(world.now, -24));
  trails.pages = [[], []];
  trails.looked = [{ tenant: OURS, type: "trail" }];
});

const tell = (kind: "the log stopped" | "the log was changed" | "still alive", facts: object, ago = HOUR) =>
  world.findings.put(found(kind, "idn_trail", later(world.now, -ago), "Ask.", { ...facts }));
const kinds = async () => (await world.findings.list()).items.map(({ kind }) => kind);
const OF_OURS = { account: OURS, type: "trail" };

describe("what an event told of a log", () => {
  it.each(["the log stopped", "the log was changed"] as const)("ends with a whole look at it: %s", async (kind) => {
    await tell(kind, OF_OURS);
    await sweepEstate(world, "aws-cloudtrail");
    expect(await kinds()).toEqual([]);
  });

  it.each<[string, Partial<Listed>]>([
    ["that was cut", { cut: true }],
    ["that finds one stopped", { gaps: [{ what: "In eu-west-1 the trail audit is stopped.", stopped: true }] }],
    ["that finds a Region without any", { gaps: [{ what: "In eu-west-1 there is no trail.", dark: true }] }],
    ["at the logs of another account", { looked: [{ tenant: OTHERS, type: "trail" }] }],
    ["at something else there", { looked: [{ tenant: OURS, type: "bucket" }] }],
    ["that says of no log that it was looked at", { looked: [] }],
  ])("stays after a look %s", async (_of, look) => {
    await tell("the log stopped", OF_OURS);
    Object.assign(trails, look);
    await sweepEstate(world, "aws-cloudtrail");
    expect(await kinds()).toContain("the log stopped");
  });

  it("ends where only something of less weight is not recorded", async () => {
    await tell("the log stopped", OF_OURS);
    trails.gaps = [{ what: "In eu-west-1 no trail records calls that only read." }];
    await sweepEstate(world, "aws-cloudtrail");
    expect(await kinds()).toEqual([]);
  });

  it("stays where it is younger than what a look can see", async () => {
    await tell("the log stopped", OF_OURS, 0.2);
    await sweepEstate(world, "aws-cloudtrail");
    expect(await kinds()).toEqual(["the log stopped"]);
  });

  it("is all that ends so", async () => {
    await tell("still alive", OF_OURS);
    await tell("the log stopped", { account: OURS, type: "event data store" });
    await sweepEstate(world, "aws-cloudtrail");
    expect((await kinds()).sort()).toEqual(["still alive", "the log stopped"]);
  });
});
