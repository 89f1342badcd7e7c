import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { readConfig } from "@leasehold/app/config";
import { recordUsage, usedBetween } from "@leasehold/app/usage";
import { connectors } from "@leasehold/connectors";
import { badInput, denied, later, unavailable } from "@leasehold/core/kernel";
import type { Use } from "@leasehold/core/usage";
import { counting, importTrail } from "@leasehold/local/history";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fixturesOf } from "../../../../test/support/connectors.ts";
import { memoryWorld } from "../../../../test/support/memory-world.ts";
import { inTurn } from "../kit/index.ts";
import { counterStep, usage } from "../listeners/index.ts";
import { countFile } from "./count.ts";
import { filesReader, type Letter } from "./index.ts";

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  vi.spyOn(process.stdout, "write").mockImplementation((text) => Boolean(lines.push(String(text))));
});
afterEach(() => void vi.restoreAllMocks());

const CONNECTOR = "aws-cloudtrail";
const connector = await connectors[CONNECTOR]();
const UNDER = { bucket: "example-logs", prefix: "AWSLogs/" };
const keyOf = (name: string | number) => `AWSLogs/111122223333/CloudTrail/eu-west-1/2026/10/05/${name}.json.gz`;

type Json = Readonly<Record<string, unknown>>;
interface Said {
  readonly event: { readonly detail: Json };
  readonly uses: readonly [Use];
}
const all = fixturesOf(CONNECTOR);
const named = (name: string) => all.find(({ file }) => file === name) as unknown as Said;
const fixture = named("call-with-a-key.json");
const { credential, at: WHEN } = fixture.uses[0];
const call = (id: string, minute = 1, more: object = {}) => ({
  ...fixture.event.detail,
  ...{ eventID: `00000000-3a2b-4c3d-8e4f-${id.padStart(12, "0")}`, ...more },
  eventTime: `2026-10-05T09:${String(minute).padStart(2, "0")}:07Z`,
});
const trailFile = (...records: readonly unknown[]) => gzipSync(JSON.stringify({ Records: records }));

const notice = (...names: readonly (string | number)[]) =>
  JSON.stringify({
    Records: names.map((name) => ({
      ...{ eventSource: "aws:s3", eventName: "ObjectCreated:Put" },
      s3: { bucket: { name: UNDER.bucket }, object: { key: keyOf(name) } },
    })),
  });

function here(config: object = { [CONNECTOR]: {} }) {
  const world = memoryWorld();
  const configured = readConfig({ fallback: { email: "last@example.com" }, connectors: config });
  Object.assign(world, { now: later(WHEN, 1), config: configured });
  const objects = new Map<string, Uint8Array | Error>();
  const letters: Letter[] = [];
  const fetched: string[] = [];
  const by = { fails: undefined as Error | undefined, left: 60_000 };
  const reader = filesReader(usage, () => ({
    under: UNDER,
    objects: async function* (key) {
      fetched.push(key);
      const found = objects.get(key) ?? denied("aws", "s3:GetObject");
      if (found instanceof Error) throw found;
      yield* [found.subarray(0, 20), found.subarray(20)];
    },
    letters: async (letter) => {
      if (by.fails) throw by.fails;
      letters.push(letter);
    },
  }));
  const context = { awsRequestId: "0f8a7c1e-5b1d-4f0a-9c3e-2d6b7a8c9e0f", getRemainingTimeInMillis: () => by.left };
  const run = async (...bodies: readonly string[]) => {
    const Records = bodies.map((body, n) => ({ messageId: `m${n}`, body, attributes: {} }));
    const { batchItemFailures } = await inTurn(reader, () => world)({ Records }, context as never);
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
  const told = () => usedBetween(world, credential, later(world.now, -24), world.now);
  const known = async () => (await told()).reduce((sum, { count }) => sum + count, 0);
  const put = (name: string | number, file: Uint8Array | Error) => void objects.set(keyOf(name), file);
  return { world, put, letters, fetched, by, run, told, known };
}
const numbers = () =>
  lines
    .map((line) => JSON.parse(line))
    .flatMap((line) => ("EventsNotUnderstood" in line ? [[line.connector, line.EventsNotUnderstood]] : []));

describe("a trail's files that are told of", () => {
  it("are counted exactly, as the fixtures say, and the source was heard", async () => {
    const { world, put, run, told } = here();
    put("a", trailFile(...all.map(({ event }) => (event as { detail: Json }).detail)));
    expect(await run(notice("a"))).toEqual([]);
    const mine = all.flatMap(({ uses = [] }) => uses).filter((use) => use.credential === credential);
    const found = await told();
    expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(mine.length);
    expect(found.every(({ approximate }) => !approximate)).toBe(true);
    expect(await world.ledger.heartbeats()).toMatchObject([{ connector: CONNECTOR, last: world.now }]);
    expect(numbers()).toEqual([]);
  });

  it("count once, however often and under whatever name they come", async () => {
    const { put, run, known, world } = here();
    put("a", trailFile(call("1"), call("2")));
    put("copy", Buffer.from(JSON.stringify({ Records: [call("1"), call("2")] })));
    await run(notice("a"), notice("a"), notice("a", "copy"));
    await run(notice("copy"));
    expect(await known()).toBe(2);
    expect(world.calls.filter((one) => one === "usage.put")).toHaveLength(5);
  });

  it.each(["before", "after"])("count once where one was imported %s", async (when) => {
    const { world, put, run, known } = here();
    const file = trailFile(call("1"), call("2"), call("3", 2, { userIdentity: { type: "AWSService" } }));
    put("a", file);
    const imported = async () => {
      const counted = counting(world, [connector], "content");
      const object = { source: "trail/laptop", stamp: "1", name: "elsewhere.json.gz", size: file.length };
      const records = (JSON.parse(JSON.stringify({ of: [call("1"), call("2")] })) as { of: object[] }).of;
      const items = async function* () {
        for (const record of records) yield { place: { file: object.name, line: 1 }, bytes: 1, record };
      };
      const objects = [{ ...object, items }];
      await importTrail({ world, connectors: [connector], objects, now: world.now, gather: counted.gather });
    };
    if (when === "before") await imported();
    await run(notice("a"));
    if (when === "after") await imported();
    expect(await known()).toBe(2);
  });

  it.each(["before", "after"])(
    "hold where the bus has brought the same calls %s: of an hour they are never added",
    async (when) => {
      const { world, put, run, told } = here({ [CONNECTOR]: { settings: { usage: "bus" } } });
      put("a", trailFile(call("1", 1), call("2", 5)));
      const event = (detail: object) => ({ connector: CONNECTOR, event: { ...fixture.event, detail } });
      const heard = () =>
        counterStep(usage).run(world, {
          events: [event(call("1", 1)), event(call("3", 9)), event(call("4", 7, { eventName: "StopTask" }))],
        });
      if (when === "before") await heard();
      await run(notice("a"));
      if (when === "after") await heard();
      expect(
        (await told()).map(({ action, count, approximate, last }) => [action, count, approximate, last.slice(11, 16)]),
      ).toEqual([
        ["RunTask", 2, false, "09:09"], // what the bus heard later is the last, and is no call more
        ["StopTask", 1, true, "09:07"], // and of what no file tells yet it alone is believed
      ]);
    },
  );

  it("tell of one refusal once, though the bus has told of it, too", async () => {
    const { world, put, run, told } = here({ [CONNECTOR]: { settings: { usage: "refused" } } });
    const { event } = named("call-refused.json");
    await counterStep(usage).run(world, { events: [{ connector: CONNECTOR, event }] });
    put("a", trailFile(event.detail));
    await run(notice("a"));
    expect((await told()).map(({ refused, refusals }) => [refused, refusals?.length])).toEqual([[1, 1]]);
    expect((await world.usage.refusedOn(world.now)).items).toEqual([credential]);
  });

  it("of one file that cannot be fetched now, its message alone comes again", async () => {
    const { put, run, known, letters } = here();
    put("a", trailFile(call("1")));
    put("b", unavailable("aws"));
    put("d", trailFile(call("2")));
    expect(await run(notice("a"), notice("b"), notice("nobody"), notice("d"))).toEqual(["m1", "m2"]);
    expect(await known()).toBe(2);
    put("b", trailFile(call("3")));
    expect(await run(notice("b"))).toEqual([]);
    expect([await known(), letters]).toEqual([3, []]);
  });

  it("come again where they cannot be written", async () => {
    const { world, put, run, known } = here();
    put("a", trailFile(call("1")));
    world.hook = (port) => {
      if (port === "usage.put") throw unavailable("dynamodb");
    };
    expect(await run(notice("a"))).toEqual(["m0"]);
    world.hook = () => {};
    expect(await run(notice("a"))).toEqual([]);
    expect(await known()).toBe(1);
  });

  it("for which there is no time left are not begun, and come again", async () => {
    const { put, run, fetched, by } = here();
    for (const name of ["a", "b", "c"]) put(name, trailFile(call(name)));
    Object.defineProperty(by, "left", { get: () => (fetched.length < 2 ? 60_000 : 29_000) });
    expect(await run(notice("a"), notice("b"), notice("c"))).toEqual(["m2"]);
    expect(fetched).toEqual([keyOf("a"), keyOf("b")]);
  });

  it("are not let go where no connector counts", async () => {
    const { put, run } = here({ "aws-iam": {} });
    put("a", trailFile(call("1")));
    expect(await run(notice("a"))).toEqual(["m0"]);
  });
});

describe("what can never be read", () => {
  const whole = trailFile(call("1"), call("2"));
  const LOST = "not JSON: what follows in this file was not read";
  it.each<[string, Uint8Array | Error, string]>([
    ["is cut short", whole.subarray(0, whole.length - 20), "gzip that ends too early"],
    ["has a letter changed", Buffer.concat([whole.subarray(0, -8), Buffer.from("CANARY!!")]), "malformed gzip"],
    ["is no gzip behind its first bytes", Buffer.from([0x1f, 0x8b, ...Buffer.from("CANARY CANARY")]), "malformed gzip"],
    ["is no JSON", Buffer.from("CANARY CANARY CANARY CANARY"), "not JSON"],
    ["is no JSON from somewhere on", gzipSync(`{"Records":[\n${JSON.stringify(call("1"))},\n{"CANARY"!}]}`), LOST],
    ["ends within a record", gzipSync(JSON.stringify({ Records: [call("1"), call("2")] }).slice(0, -40)), "truncated"],
    ["is too large", badInput("larger than any file that is read"), "larger than any file that is read"],
  ])(
    "%s: nothing of it is counted, its key is left by itself, and the others are counted",
    async (_title, file, why) => {
      const { put, run, known, letters } = here();
      put("bad", file);
      put("good", trailFile(call("3")));
      expect(await run(notice("bad"), notice("good"))).toEqual([]);
      expect(letters).toEqual([{ bucket: UNDER.bucket, key: keyOf("bad"), why }]);
      expect(await known()).toBe(1);
      expect(lines.join() + JSON.stringify(letters)).not.toContain("CANARY");
    },
  );

  it("comes again where its key cannot be left", async () => {
    const { put, run, by, letters } = here();
    put("bad", Buffer.from("CANARY CANARY CANARY CANARY"));
    by.fails = unavailable("sqs");
    expect(await run(notice("bad"))).toEqual(["m0"]);
    by.fails = undefined;
    expect(await run(notice("bad"))).toEqual([]);
    expect(letters).toHaveLength(1);
  });

  it("is a file that unpacks to more than its limit: it is not read to its end", async () => {
    const { world } = here();
    const bomb = gzipSync(Buffer.concat([Buffer.from('{"Records":['), Buffer.alloc(4_000_000, " ")]));
    const ears = new Map([[CONNECTOR, connector.listens!]]);
    const bytes = async function* () {
      yield bomb;
    };
    const counted = (unpacked: number) => countFile(world, ears, bytes(), { unpacked, records: 9 });
    expect(await counted(1_000_000)).toEqual({ unreadable: "larger than any file that is read" });
    expect(await counted(5_000_000)).toEqual({ unreadable: "truncated" });
  });

  it("is a file of more calls than there is memory for: it would end the function, and the others with it", async () => {
    const { world, known } = here();
    const ears = new Map([[CONNECTOR, connector.listens!]]);
    const counted = (...records: readonly unknown[]) =>
      countFile(world, ears, Readable.from([trailFile(...records)]), { unpacked: 1_000_000, records: 3 });
    expect(await counted(call("1"), call("2"), 7, {})).toEqual({ unreadable: "larger than any file that is read" });
    expect(await known()).toBe(0);
    expect(await counted(call("1"), call("2"), {})).toMatchObject({ calls: 2 });
  });

  it("is one record among others: these are counted, and it is a number", async () => {
    const { put, run, known, letters } = here();
    const large = call("9", 1, { requestParameters: { CANARY: "x".repeat(1_100_000) } });
    put(
      "a",
      trailFile(call("1"), { ...call("2"), eventName: "CANARY".repeat(60) }, large, 7, { CANARY: 1 }, call("3")),
    );
    expect(await run(notice("a"))).toEqual([]);
    expect([await known(), letters, numbers()]).toEqual([2, [], [[CONNECTOR, 2]]]);
    expect(lines.join()).not.toContain("CANARY");
  });

  it("is a message: it is a number, and is not kept", async () => {
    const { put, run, known, letters } = here();
    put("a", trailFile(call("1")));
    expect(await run("CANARY{", notice("a"), '{"CANARY":1}')).toEqual([]);
    expect([await known(), letters, numbers()]).toEqual([
      1,
      [],
      [
        [CONNECTOR, 1],
        [CONNECTOR, 1],
      ],
    ]);
    expect(lines.join()).not.toContain("CANARY");
  });
});

it("nothing of what was asked or answered is kept, be it a token", async () => {
  const { world, put, run } = here();
  const kept: string[] = [];
  world.hook = (_port, args) => void kept.push(JSON.stringify(args));
  const token = {
    credentials: { accessKeyId: "ASIAEXAMPLECANARY001", sessionToken: "CANARY-TOKEN", secretAccessKey: "CANARY" },
  };
  const more = {
    ...{ eventSource: "sts.amazonaws.com", eventName: "AssumeRole", responseElements: token },
    ...{
      requestParameters: { externalId: "CANARY", policy: "CANARY" },
      userAgent: "CANARY",
      sourceIPAddress: "CANARY",
    },
    ...{ additionalEventData: { CANARY: 1 }, tlsDetails: { CANARY: 1 }, errorMessage: "CANARY" },
  };
  put("a", trailFile(call("1", 1, more), ...all.map(({ event }) => (event as { detail: Json }).detail)));
  expect(await run(notice("a"))).toEqual([]);
  expect(kept.join()).toContain("AssumeRole");
  expect(kept.join() + lines.join()).not.toMatch(/CANARY|nobody\/may\/keep/);
});

describe("the law", () => {
  const calls = fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 1, max: 999_999 }),
      minute: fc.integer({ min: 0, max: 59 }),
      name: fc.constantFrom("RunTask", "StopTask"),
    }),
    { selector: ({ id }) => id, minLength: 1, maxLength: 12 },
  );

  it("any division of the calls into files, in any order and repetition of notices, counts the same", async () => {
    await fc.assert(
      fc.asyncProperty(calls, fc.infiniteStream(fc.nat()), async (some, dice) => {
        const roll = (sides: number) => (dice.next().value as number) % sides;
        const told = async (parts: readonly (readonly object[])[], bodies: readonly string[]) => {
          const { put, run, told: what } = here();
          for (const [n, part] of parts.entries()) put(n, trailFile(...part));
          for (let at = 0; at < bodies.length; at += 3) expect(await run(...bodies.slice(at, at + 3))).toEqual([]);
          return what();
        };
        const records = some.map(({ id, minute, name }) => call(String(id), minute, { eventName: name }));
        const once = await told([records], [notice(0)]);
        const parts: object[][] = [[], [], [], []];
        for (const one of records) parts[roll(4)]?.push(one);
        const names = [0, 1, 2, 3].flatMap((n) => Array.from({ length: 1 + roll(3) }, () => n));
        const shuffled = names.map((n) => [roll(1_000), n] as const).sort(([a], [b]) => a - b);
        expect(
          await told(
            parts,
            shuffled.map(([, n]) => notice(n)),
          ),
        ).toEqual(once);
        expect(once.reduce((sum, { count }) => sum + count, 0)).toBe(records.length);
      }),
      { numRuns: 40 },
    );
  });
});

it("what was looked up of the same hour is never added to what a file tells of it", async () => {
  const { world, put, run, known } = here();
  const uses = [{ ...fixture.uses[0], eventId: "looked-up" }];
  await recordUsage(world, { sourceObject: "lookup/a", uses, approximate: true });
  put("a", trailFile(call("1")));
  await run(notice("a"));
  expect(await known()).toBe(1);
});
