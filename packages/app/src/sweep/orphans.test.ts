import { describe, expect, it } from "vitest";
import { type Listed, listed } from "../../../../test/support/listed.ts";
import { type MemoryWorld, memoryWorld } from "../../../../test/support/memory-world.ts";
import {
  accessKey,
  byUser,
  hours,
  issuedKey,
  keyIs,
  madeIdentity,
  oktaUser,
  person,
  seenKey,
  seenUser,
} from "../../../../test/support/signals.ts";
import { ingest } from "../ingest/index.ts";
import { orphans } from "./orphans.ts";
import { sweepEstate } from "./sweep-estate.ts";

const KEY = accessKey();
const ADA = oktaUser("ada");
const MONTH = 720;

type Signals = Parameters<typeof ingest>[1];
const live = (world: MemoryWorld, ...signals: Signals) => ingest(world, signals, { live: true, recordedAt: world.now });

/** Installed a month ago, and listed whole. */
async function estate(...signals: Signals): Promise<{ world: MemoryWorld; aws: Listed; okta: Listed }> {
  const [aws, okta] = [listed("aws-iam", "AWS IAM"), listed("okta", "Okta")];
  const world = memoryWorld([aws, okta]);
  await world.ledger.installed(hours(-24));
  world.pass(MONTH);
  await live(world, ...signals);
  for (const { id } of [Object.assign(aws, { pages: [[]] }), Object.assign(okta, { pages: [[]] })])
    await sweepEstate(world, id);
  return { world, aws, okta };
}
const ofAda = [issuedKey(byUser("ada"), hours(1)), madeIdentity("deploy", byUser("ada"), hours(1))];

describe("an orphan", () => {
  it.each<[title: string, signals: Signals, because: RegExp, noEvent: RegExp]>([
    ["nobody is a candidate", [seenKey()], /Nobody is a candidate/, /Only a list knows it/],
    [
      "nobody is a candidate, and it is from before us",
      [seenKey({ createdAt: hours(-800) })],
      /Nobody is a candidate/,
      /before the installation/,
    ],
    ["made by a role", [issuedKey(undefined, hours(1))], /Nobody is a candidate/, /names no person/],
    [
      "made by one of two",
      [
        issuedKey(byUser("ada"), hours(1)),
        madeIdentity("deploy", byUser("bob"), hours(1)),
        seenKey({ owner: oktaUser("bob") }, hours(2)),
      ],
      /No directory knows its owner/,
      /lists the owner's account/,
    ],
    ["of one whom no directory knows", ofAda, /No directory knows its owner/, /no event of theirs can come/],
    [
      "of one who left, as a list says",
      [...ofAda, seenUser("ada"), seenUser("ada", { standing: "departed" }, hours(9))],
      /has left/,
      /No event was seen: a list of okta says so since/,
    ],
    [
      "of one who left, as an event said",
      [...ofAda, person("left", "ada", hours(9))],
      /has left/,
      /was seen and announced/,
    ],
    ["of one who left before us", [...ofAda, person("left", "ada", hours(-90))], /has left/, /before the installation/],
    ["of one who is held", [...ofAda, person("held", "ada", hours(9))], /is suspended since/, /a hold/],
    ["of one who is on leave", [...ofAda, seenUser("ada", { standing: "on-leave" })], /is on leave/, /a hold/],
  ])("%s: it is listed, with the reason that no event was seen", async (_title, signals, because, noEvent) => {
    const { world } = await estate(...signals);
    const { items } = await orphans(world);
    expect(items).toMatchObject([
      { credential: KEY, because: expect.stringMatching(because), noEvent: expect.stringMatching(noEvent) },
    ]);
    expect(await world.findings.of(KEY)).toMatchObject([{ kind: "orphan credential" }]);
  });

  it("of one who left, as an import said, says that", async () => {
    const { world } = await estate(...ofAda);
    await ingest(world, [person("left", "ada", hours(9))], { live: false, recordedAt: world.now });
    expect((await orphans(world)).items).toMatchObject([{ noEvent: expect.stringMatching(/imported as history/) }]);
  });

  it("opens nothing and announces nothing itself", async () => {
    const { world } = await estate(seenKey());
    world.calls.length = 0;
    await orphans(world);
    expect(world.calls.filter((call) => /put|open|publish|change|start/.test(call))).toEqual(["findings.put"]);
  });
});

describe("what is no orphan", () => {
  it("has an active owner, or is gone", async () => {
    const { world } = await estate(...ofAda, seenUser("ada"));
    await live(
      world,
      seenKey({}, hours(1), "AKIAI44QH8DHBEXAMPLE", "search"),
      keyIs("deleted", hours(5), "AKIAI44QH8DHBEXAMPLE"),
    );
    expect(await orphans(world)).toMatchObject({ items: [], looked: 2 });
    expect((await world.findings.list()).items).toEqual([]);
  });

  it("has an owner by another of their accounts", async () => {
    const sso = { realm: "aws", name: "x/ada@example.com", via: "sso-session" } as const;
    const { world } = await estate(issuedKey(sso, hours(1)), seenUser("ada"));
    const { items } = await orphans(world);
    expect(items).toEqual([]);
  });

  it("is a finding no more once it has an owner again", async () => {
    const { world } = await estate(...ofAda, person("held", "ada", hours(9)));
    await orphans(world);
    await live(world, person("reinstated", "ada", hours(19)));
    expect((await orphans(world)).items).toEqual([]);
    expect(await world.findings.of(KEY)).toEqual([]);
  });
});

describe("what could not be seen", () => {
  it("is nothing where every source was listed whole", async () => {
    const { world } = await estate();
    expect(await orphans(world)).toMatchObject({ whole: true, notVisible: [] });
  });

  it("is said where a list was cut short or never made", async () => {
    const { world, aws } = await estate();
    aws.cut = true;
    world.pass(1);
    await sweepEstate(world, "aws-iam");
    expect(await orphans(world)).toMatchObject({
      whole: false,
      notVisible: [`The last list of AWS IAM, at ${world.now}, was not whole.`],
    });
    expect(await orphans(memoryWorld([aws]))).toMatchObject({
      whole: false,
      notVisible: ["AWS IAM was never listed."],
    });
  });
});

it("says whose it was, where that is known", async () => {
  const { world } = await estate(...ofAda, person("left", "ada", hours(9)));
  const { items } = await orphans(world);
  expect(items[0]?.owner).toMatchObject({ account: ADA, word: "likely" });
});

it("is listed and is no finding while a case has it in hand", async () => {
  const { world } = await estate(seenKey());
  await orphans(world);
  expect((await world.findings.list()).items.map(({ about }) => about)).toEqual([KEY]);

  const node = (await world.graph.node(KEY))!;
  await world.graph.put({ ...node.value, windDown: "wdc_1" }, node.version);
  const { items } = await orphans(world);
  expect(items).toMatchObject([{ credential: KEY, windDown: "wdc_1" }]);
  expect((await world.findings.list()).items).toEqual([]);
});
