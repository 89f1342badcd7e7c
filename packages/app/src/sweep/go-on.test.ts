import type { Page } from "@leasehold/core/connector";
import { badInput, denied, type Fault, type Instant, later, throttled } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import { beforeEach, describe, expect, it } from "vitest";
import { type Listed, listed } from "../../../../test/support/listed.ts";
import { type MemoryWorld, memoryWorld } from "../../../../test/support/memory-world.ts";
import { accessKey, byUser, hours, issuedKey, keyIs, seenKey } from "../../../../test/support/signals.ts";
import { ingest } from "../ingest/index.ts";
import { beginSweep, goOnSweeping, sweepEstate, sweepMark } from "./index.ts";

const KEYS = ["AKIAIOSFODNN7EXAMPLE", "AKIAI44QH8DHBEXAMPLE", "AKIAI55QH8DHBEXAMPLE", "AKIAI66QH8DHBEXAMPLE"] as const;
const pages = KEYS.map((id) => [seenKey({}, hours(0), id)]);

let world: MemoryWorld;
let aws: Listed;
beforeEach(async () => {
  aws = Object.assign(listed("aws-iam", "AWS IAM"), { pages });
  world = memoryWorld([aws]);
  await world.ledger.installed(hours(-24));
  world.pass(48);
});
const soon = () => later(world.now, 1);
const goOn = () => goOnSweeping(world, "aws-iam", soon());
const states = async () =>
  Promise.all(KEYS.map(async (id) => (await world.graph.node(accessKey(id)))?.value.subject.facts["state"]?.value));

/** Ends the run where that port is called for the nth time, as a kill would: nothing after it is done either. */
function killAt(nth: number): void {
  let calls = 0;
  world.hook = () => {
    calls += 1;
    if (calls >= nth) throw new Error("killed");
  };
}

describe("a sweep that was ended in the middle", () => {
  it("goes on where it was, and comes to what one in one go comes to", async () => {
    await beginSweep(world, "aws-iam");
    const kept = world.clock;
    let turns = 0;
    const clock = () => (aws.looks.length > turns ? later(world.now, 2) : kept()); // time is up after each page
    const whole: boolean[] = [];
    for (turns = 0; turns < KEYS.length; turns += 1)
      whole.push((await goOnSweeping({ ...world, clock }, "aws-iam", soon()))?.whole ?? false);
    expect(aws.looks).toEqual([undefined, "1", "2", "3"]);
    expect(whole).toEqual([false, false, false, true]);
    expect(await world.ledger.coverage()).toMatchObject([{ connector: "aws-iam", whole: true, seen: KEYS.length }]);
    expect(await goOn()).toBeUndefined();
  });

  it("comes to the same state wherever it was killed, and never says that something is gone which is there", async () => {
    for (let nth = 1; nth < 60; nth += 1) {
      aws = Object.assign(listed("aws-iam", "AWS IAM"), { pages });
      world = memoryWorld([aws]);
      await world.ledger.installed(hours(-24));
      world.pass(48);
      await ingest(world, [issuedKey(byUser("ada"), hours(1), "AKIAGONEGONE1EXAMPLE")], {
        ...{ live: true, recordedAt: world.now },
      });
      await beginSweep(world, "aws-iam");
      killAt(nth);
      const all = await goOn().catch((error: Error) => error.message);
      world.hook = () => {};
      if (all === "killed") {
        world.pass(0.5);
        await goOn();
      }
      expect(await states(), `killed at call ${nth}`).toEqual(["on", "on", "on", "on"]);
      const gone = await world.graph.node(accessKey("AKIAGONEGONE1EXAMPLE"));
      expect(gone?.value.subject.facts["state"]?.value).toBe("deleted");
      expect(await world.ledger.coverage()).toMatchObject([{ whole: true, seen: KEYS.length }]);
      expect(aws.looks.length).toBeLessThanOrEqual(KEYS.length + 1); // one page again at most
    }
  });

  it("begins anew where a page of it is not kept: what that page had would look absent", async () => {
    await beginSweep(world, "aws-iam");
    Object.assign(aws, { pages: [...pages.slice(0, 2), throttled("aws")] });
    expect(await goOn()).toMatchObject({ stopped: "Throttled" });
    await world.marks.put({ ...(await world.marks.get(`${sweepMark("aws-iam")}/0`))!, stamp: "another" });
    Object.assign(aws, { pages });
    expect(await goOn()).toMatchObject({ whole: true, gone: [], seen: KEYS.length });
  });
});

it("keeps no row that grows with what a page had, and forgets nothing of it", async () => {
  const many = Array.from({ length: 4_500 }, (_, n) =>
    seenKey({}, hours(0), `AKIAMANY${String(n).padStart(5, "0")}EXAMPLE`),
  );
  const last = many.at(-1)!;
  Object.assign(aws, { pages: [many, throttled("aws")] });
  world.hook = (name, args) => {
    if (name === "marks.put" && JSON.stringify(args).length > 100_000)
      throw badInput("the table refuses a row of this size or shape");
  };
  await beginSweep(world, "aws-iam");
  expect(await goOn()).toMatchObject({ stopped: "Throttled", seen: many.length });
  Object.assign(aws, { pages: [many.slice(0, -1), [last]] });
  expect(await goOn()).toMatchObject({ whole: true, seen: many.length, gone: [] });
});

describe("it is gone on with", () => {
  it.each<[string, boolean, () => void | Promise<void>]>([
    ["where the provider could not answer", true, () => void Object.assign(aws, { pages })],
    ["not while another run has it", false, () => world.marks.put({ ...mark, notes: { claimed: soon() } })],
    ["not where it is older than a day", false, () => world.pass(25)],
    ["not where its time is up", false, () => void Object.assign(world, { clock: soon })],
  ])("%s", async (_title, goes, change) => {
    await beginSweep(world, "aws-iam");
    Object.assign(aws, { pages: [pages[0], throttled("aws")] });
    await goOn();
    mark = (await world.marks.get(sweepMark("aws-iam")))!;
    const until = soon();
    await change();
    expect((await goOnSweeping(world, "aws-iam", world.clock() > until ? soon() : until)) !== undefined).toBe(goes);
  });
  let mark: NonNullable<Awaited<ReturnType<MemoryWorld["marks"]["get"]>>>;

  it("not where a permission is missing: asking again does not help, and tomorrow's look says so again", async () => {
    await beginSweep(world, "aws-iam");
    Object.assign(aws, { pages: [pages[0], denied("aws", "iam:ListAccessKeys")] });
    expect(await goOn()).toMatchObject({ stopped: "PermissionMissing", whole: false });
    expect(await goOn()).toBeUndefined();
  });
});

it("that is of another configuration is begun again, and what it has seen is forgotten", async () => {
  await beginSweep(world, "aws-iam");
  Object.assign(aws, { pages: [...pages.slice(0, 2), throttled("aws")] });
  await goOn();
  Object.assign(aws, { pages: [...pages.slice(0, 2), badInput("of another", { where: "cursor" })] });
  expect(await goOn()).toBeUndefined();
  Object.assign(aws, { pages: pages.slice(2) });
  aws.looks.length = 0;
  expect(await goOn()).toMatchObject({ whole: true, seen: 2 });
  expect(aws.looks).toEqual([undefined, "1"]);
});

it("still knows in which Regions it has looked", async () => {
  const inRegion = (region: string, id: string) =>
    seenKey({ handle: { account: "111122223333", region, name: id } }, hours(0), id);
  const [here, gone, elsewhere, there] = KEYS;
  const page = aws.page!;
  const regions = ["eu-west-1", "us-east-1", "ap-east-1"];
  const within = async (cursor: string | undefined, now: Instant) => ({
    ...(await page(cursor, now)),
    region: regions[Number(cursor ?? 0)] as string,
  });
  const first = [inRegion("eu-west-1", here), inRegion("eu-west-1", gone)];
  Object.assign(aws, {
    page: within,
    pages: [first, [inRegion("us-east-1", there)], [inRegion("ap-east-1", elsewhere)]],
  });
  await sweepEstate(world, "aws-iam");
  world.pass(24);
  Object.assign(aws, { pages: [[first[0]], throttled("aws")] });
  await beginSweep(world, "aws-iam");
  await goOn();
  Object.assign(aws, { pages: [[first[0]], [inRegion("us-east-1", there)]] });
  expect(await goOn()).toMatchObject({ whole: true, gone: [accessKey(gone)] });
});

describe("of several lists", () => {
  const [a, b, c, d] = KEYS.map((id) => [seenKey({}, hours(0), id)]);
  const lists: Record<string, Page | Fault> = {};
  beforeEach(() => {
    const page = (signals: readonly Signal[] | undefined, next?: string): Page => ({
      ...{ signals: signals ?? [], next, whole: true },
    });
    const beginnings = { ...page([]), beside: ["a", "b", "c"] };
    Object.assign(lists, { "": beginnings, a: page(a), b: page(b, "b2"), b2: page(c), c: page(d) });
    const one = async (cursor = ""): Promise<Page> => {
      aws.looks.push(cursor);
      const found = lists[cursor];
      if (found === undefined || found instanceof Error) throw found;
      return found;
    };
    Object.assign(aws, { page: one });
  });

  it("one that is refused stops none of the others, and alone is asked for again", async () => {
    const refused = lists["a"];
    lists["a"] = throttled("aws");
    await beginSweep(world, "aws-iam");
    expect(await goOn()).toMatchObject({ stopped: "Throttled", whole: false, seen: 3 });
    expect(await world.ledger.coverage()).toMatchObject([{ whole: false, seen: 3 }]);
    Object.assign(lists, { a: refused });
    aws.looks.length = 0;
    expect(await goOn()).toMatchObject({ whole: true, seen: KEYS.length, gone: [] });
    expect(aws.looks).toEqual(["a"]);
  });

  it("each is gone on with where it was when its time was up", async () => {
    await beginSweep(world, "aws-iam");
    const now = world.clock;
    const clock = () => (aws.looks.length >= 3 ? later(world.now, 2) : now());
    expect(await goOnSweeping({ ...world, clock }, "aws-iam", soon())).toMatchObject({ whole: false, seen: 2 });
    expect(aws.looks).toEqual(["", "a", "b"]);
    world.pass(1);
    expect(await goOn()).toMatchObject({ whole: true, seen: KEYS.length, gone: [] });
    expect(aws.looks).toEqual(["", "a", "b", "b2", "c"]);
  });

  it("what is written after each page does not grow with how many there are", async () => {
    const many = Array.from({ length: 2_000 }, (_, n) => `list-${n}`);
    const place = (id: string) => ({ place: { id, name: `account ${id}` } });
    for (const id of many) lists[id] = { signals: [], next: undefined, whole: true, ...place(id) };
    Object.assign(lists, { "": { signals: [], next: undefined, whole: true, beside: many } });
    await beginSweep(world, "aws-iam");
    const sizes: number[] = [];
    const put = world.marks.put.bind(world.marks);
    const marks: typeof world.marks = {
      ...{ get: world.marks.get.bind(world.marks), glance: world.marks.glance.bind(world.marks) },
      put: (one) => {
        sizes.push(JSON.stringify(one).length);
        return put(one);
      },
    };
    const clock = () => (sizes.length > 60 ? later(world.now, 2) : world.now);
    expect(await goOnSweeping({ ...world, marks, clock }, "aws-iam", soon())).toMatchObject({ whole: false });
    expect(sizes.length).toBeGreaterThan(60);
    const [most = 0, ...rest] = sizes.toSorted((a, b) => b - a); // the beginning itself names them all, once
    expect(most).toBeGreaterThan(20_000);
    expect(rest[0]).toBeLessThan(1_000);
  });

  it.each([
    [0, 1],
    [1, 0],
  ])(
    "that two runs had at once, nothing is gone of what either has seen, whichever of them wrote last: %d, %d",
    async (...order) => {
      await sweepEstate(world, "aws-iam");
      world.pass(24);
      await beginSweep(world, "aws-iam");
      aws.looks.length = 0;
      const page = aws.page!;
      const runs = ["a", "b"].map((mine) => {
        const only = async (cursor: string | undefined, now: Instant) => {
          if (cursor !== undefined && cursor !== mine) throw throttled("aws");
          return page(cursor, now);
        };
        const provider = { ...aws, page: only };
        return { ...world, estate: { provider: () => provider, providers: () => [provider] } };
      });
      await Promise.all(order.map((n) => goOnSweeping(runs[n]!, "aws-iam", soon())));
      expect(aws.looks.toSorted()).toEqual(["", "", "a", "b"]);
      expect(await goOn()).toMatchObject({ whole: true, gone: [], seen: KEYS.length });
      expect(await states()).toEqual(["on", "on", "on", "on"]);
    },
  );
});

describe("what a page rests on that is older than the look", () => {
  const old = (asOf: Instant, ...of: typeof pages) => {
    const page = aws.page!;
    aws = Object.assign(aws, {
      pages: of,
      page: async (cursor: string | undefined, now: Instant) => ({ ...(await page(cursor, now)), asOf }),
    });
  };

  it("says nothing of what has come since: it is not gone", async () => {
    await ingest(world, [issuedKey(byUser("ada"), hours(46), KEYS[1])], { live: true, recordedAt: world.now });
    old(hours(45), [seenKey()]);
    expect(await sweepEstate(world, "aws-iam")).toMatchObject({ whole: true, gone: [] });
    expect((await states())[1]).toBe("on");
  });

  it("does not bring back what has gone since", async () => {
    await ingest(world, [issuedKey(byUser("ada")), keyIs("deleted", hours(46))], {
      ...{ live: true, recordedAt: world.now },
    });
    old(hours(45), [seenKey({}, hours(45))]);
    await sweepEstate(world, "aws-iam");
    expect((await states())[0]).toBe("deleted");
  });
});

it("what was looked for only in part is never gone because it is not there", async () => {
  await ingest(world, [issuedKey(byUser("ada"), hours(1), KEYS[1])], { live: true, recordedAt: world.now });
  const page = aws.page!;
  const partly = async (cursor: string | undefined, now: Instant) => ({
    ...(await page(cursor, now)),
    partly: ["access key"],
  });
  Object.assign(aws, { pages: [[seenKey()]], page: partly });
  expect(await sweepEstate(world, "aws-iam")).toMatchObject({ whole: true, gone: [] });
});
