import { rateOf } from "@leasehold/core/feed";
import { badInput, denied, type Fault, type Instant, later, throttled, unavailable } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import { beforeEach, describe, expect, it } from "vitest";
import { type Listed, listed } from "../../../../test/support/listed.ts";
import { type MemoryWorld, memoryWorld } from "../../../../test/support/memory-world.ts";
import { hours, oktaUser, person } from "../../../../test/support/signals.ts";
import { readConfig } from "../config/index.ts";
import { ingest } from "../ingest/index.ts";
import { gapsOf } from "../question/index.ts";
import { steps } from "../steps/index.ts";
import { feedView, pollOne } from "./index.ts";

const ADA = oktaUser("ada");
const SILENT = "a source is silent";

let world: MemoryWorld;
let okta: Listed & { since: NonNullable<Listed["since"]> };
let log: (readonly Signal[] | Fault)[];
let cursors: (string | undefined)[];

beforeEach(async () => {
  log = [];
  cursors = [];
  okta = {
    ...listed("okta", "Okta"),
    since: async (cursor) => {
      cursors.push(cursor);
      const n = Number(cursor ?? 0);
      const page = log[n] ?? [];
      if (!Array.isArray(page)) throw page;
      return { signals: page, next: String(n < log.length ? n + 1 : n) };
    },
  };
  world = memoryWorld([okta]);
  configure({});
  await world.ledger.installed(hours(-24));
  world.pass(48);
});

const configure = (more: object) =>
  Object.assign(world, {
    config: readConfig({ fallback: { email: "last@example.com" }, connectors: { okta: { ...more } } }),
  });
const left = (who: string, at: Instant) => person("left", who, at);
const poll = () => steps["poll-feeds"].run(world, {});
const silent = async () => (await world.findings.of("okta")).filter(({ kind }) => kind === SILENT);
const findings = async () => (await world.findings.list()).items.map(({ kind, about }) => `${kind}: ${about}`);

describe("a poll", () => {
  it("takes in what happened as if it had come, and announces how it was found", async () => {
    log = [[left("ada", later(world.now, -1))]];
    await poll();
    expect([...world.said.values()]).toEqual([{ type: "person.left", account: ADA, found: "poll" }]);
  });

  it("says nothing of what came by itself before, and what comes by itself afterwards says nothing more", async () => {
    const [ada, bob] = [left("ada", later(world.now, -1)), left("bob", later(world.now, -1))];
    await steps["ingest-signals"].run(world, { signals: [ada], live: true, recordedAt: world.now });
    log = [[ada, bob]];
    expect(await pollOne(world, okta)).toMatchObject({ signals: 2, unheard: 1 });
    await steps["announce-pending"].run(world, {});
    const said = [...world.said];
    expect(said.map(([, event]) => event)).toEqual([
      { type: "person.left", account: ADA },
      { type: "person.left", account: oktaUser("bob"), found: "poll" },
    ]);
    await steps["ingest-signals"].run(world, { signals: [bob, ada, bob], live: true, recordedAt: world.now });
    expect([...world.said]).toEqual(said);
  });

  it("announces what was imported as history, and was never announced", async () => {
    const ada = left("ada", later(world.now, -1));
    await ingest(world, [ada], { live: false, recordedAt: world.now });
    log = [[ada]];
    await poll();
    expect([...world.said.values()]).toEqual([{ type: "person.left", account: ADA, found: "poll" }]);
  });

  it("goes on where it ended, page by page, and keeps its place after each", async () => {
    log = [[left("ada", world.now)], [left("bob", world.now)]];
    expect(await pollOne(world, okta)).toMatchObject({ pages: 3, signals: 2 });
    log.push([left("eve", world.now)]);
    expect(await pollOne(world, okta)).toMatchObject({ pages: 2, signals: 1 });
    expect(cursors).toEqual([undefined, "1", "2", "2", "3"]);
  });

  it("ends after twenty pages, and the next one reads on", async () => {
    log = Array.from({ length: 30 }, () => [left("ada", world.now)]);
    expect(await pollOne(world, okta)).toMatchObject({ pages: 20 });
    expect(await pollOne(world, okta)).toMatchObject({ pages: 11 });
    expect(cursors.filter((cursor) => cursor === "7")).toHaveLength(1);
  });

  it("killed before it kept its place reads the page again, and nobody is told twice", async () => {
    log = [[left("ada", later(world.now, -1))]];
    world.hook = (call) => {
      if (call === "marks.put") throw unavailable("the store");
    };
    await poll();
    world.hook = () => {};
    await poll();
    await steps["announce-pending"].run(world, {});
    expect(cursors.slice(0, 2)).toEqual([undefined, undefined]);
    expect(world.said.size).toBe(1);
  });

  it.each<[string, Fault, readonly string[]]>([
    ["asks us to wait", throttled("okta", 60), []],
    ["is away", unavailable("okta"), ["provider unavailable: poll/okta"]],
    ["refuses", denied("okta", "okta.logs.read"), ["permission missing: poll/okta"]],
  ])("where the provider %s stops, keeps what it has, and reads on at the next time", async (_title, fault, wanted) => {
    log = [[left("ada", later(world.now, -1))], fault];
    await poll();
    expect(world.said.size).toBe(1);
    expect(await findings()).toEqual(wanted);
    log[1] = [left("bob", later(world.now, -1))];
    await poll();
    expect(cursors.slice(2)).toEqual(["1", "2"]);
    expect(world.said.size).toBe(2);
    expect(await findings()).toEqual([]);
  });

  it("of what was before the installation changes the graph, and announces nothing", async () => {
    log = [[left("ada", hours(-25))]];
    await poll();
    expect((await world.graph.node(ADA))?.value.subject.facts["left"]?.at).toBe(hours(-25));
    expect(world.said.size).toBe(0);
  });

  it("goes on though a page has nothing on it, where there is more for now, and ends where there is none", async () => {
    const pages = [[], [left("ada", world.now)], [left("bob", world.now)]];
    okta.since = async (cursor) => {
      cursors.push(cursor);
      const n = Number(cursor ?? 0);
      return { signals: pages[n] ?? [], next: String(n + 1), more: n < 1 };
    };
    expect(await pollOne(world, okta)).toMatchObject({ pages: 2, signals: 1 });
    expect(await pollOne(world, okta)).toMatchObject({ pages: 1, signals: 1 });
  });

  it("ends in time, however much there is", async () => {
    okta.since = async (cursor) => {
      cursors.push(cursor);
      world.pass(0.03);
      return { signals: [], next: `${cursor}x`, more: true };
    };
    expect(await pollOne(world, okta)).toMatchObject({ pages: 4 });
  });

  it("that goes wrong in another way is said, and stops no other", async () => {
    log = [badInput("the cursor is not one of the System Log")];
    await expect(poll()).resolves.toEqual({ polled: { okta: 0 } });
    expect(world.lines).toContain("error not polled, and tried again in a quarter of an hour");
  });
});

describe("a poll of several accounts", () => {
  const ACCOUNTS = ["hub", "b", "c"];
  let asked: string[];
  let slow: number; // hours that each takes
  let gaps: Readonly<Record<string, string>>;
  beforeEach(() => {
    [asked, slow, gaps] = [[], 0, {}];
    okta.since = async (cursor, place) => {
      const n = place === undefined ? 0 : ACCOUNTS.indexOf(place);
      if (n < 0) throw badInput("no such account any more", { where: "cursor" });
      const of = String(ACCOUNTS[n]);
      asked.push(`${of} ${cursor ?? "first"}`);
      world.pass(slow);
      const [gap, next] = [gaps[of], String(Number(cursor ?? 0) + 1)];
      return { signals: [], next, more: false, gaps: gap === undefined ? [] : [gap], after: ACCOUNTS[n + 1] };
    };
  });
  const visible = () => gapsOf({ estate: world.estate, ledger: world.ledger });

  it("keeps a place for each", async () => {
    await poll();
    await poll();
    expect(asked).toEqual(["hub first", "b first", "c first", "hub 1", "b 1", "c 1"]);
  });

  it("begins where the last run had no time left, which is said until all had their turn", async () => {
    slow = 0.07;
    await poll();
    expect(asked.splice(0)).toEqual(["hub first", "b first"]);
    expect(await visible()).toContainEqual(expect.stringMatching(/no time for every account/));
    await poll();
    expect(asked.splice(0)).toEqual(["c first", "hub 1"]);
    slow = 0;
    await poll();
    expect(asked.splice(0)).toEqual(["b 1", "c 1", "hub 2"]);
    expect(await visible()).not.toContainEqual(expect.stringMatching(/no time/));
    await poll();
    expect(asked).toEqual(["hub 3", "b 2", "c 2"]);
  });

  it("gives the others their turn though one alone takes all the time there is, run after run", async () => {
    slow = 0.2;
    for (let runs = 0; runs < 4; runs += 1) await poll();
    expect(asked).toEqual(["hub first", "b first", "c first", "hub 1"]);
  });

  it.each<[string, () => Error]>([
    ["does not answer at all", () => unavailable("okta")],
    ["goes wrong in another way", () => badInput("another shape")],
  ])("does not leave out those after one where the provider's function %s", async (_title, fault) => {
    await poll();
    asked.splice(0);
    const { since } = okta;
    okta.since = async (cursor, place) => {
      if (place === "b") throw fault();
      return since(cursor, place);
    };
    for (let runs = 0; runs < 3; runs += 1) await poll();
    expect(asked).toEqual(["hub 1", "c 1", "hub 2", "c 2", "hub 3"]);
    okta.since = since;
    await poll();
    expect(asked.slice(5)).toEqual(["c 3", "hub 4", "b 1"]);
  });

  it("begins with the first where the next is not configured any more", async () => {
    slow = 0.07;
    await poll();
    ACCOUNTS.pop();
    [asked, slow] = [[], 0];
    await poll();
    ACCOUNTS.push("c");
    expect(asked).toEqual(["hub 1", "b 1"]);
  });

  it("says what could not be seen, and no longer than that", async () => {
    gaps = { b: "Account b: it was not polled." };
    await poll();
    const puts = () => world.calls.filter((call) => call === "ledger.cover").length;
    const before = puts();
    expect(await visible()).toContain("Account b: it was not polled.");
    await poll();
    expect(puts()).toBe(before);
    gaps = {};
    await poll();
    expect(await visible()).not.toContain("Account b: it was not polled.");
  });
});

describe("a heartbeat", () => {
  const came = (n: number) =>
    steps["ingest-signals"].run(world, {
      ...{ signals: [person("held", "ada", world.now)], live: true, recordedAt: world.now, delivery: `d${n}` },
    });

  it("is written once an hour, however much comes", async () => {
    const before = (await world.ledger.heartbeats()).length;
    for (let n = 0; n < 5; n += 1) await came(n);
    const [first] = await world.ledger.heartbeats();
    world.pass(0.4);
    await came(6);
    expect([before, await world.ledger.heartbeats()]).toEqual([0, [first]]);
    world.pass(1);
    await came(7);
    expect(await world.ledger.heartbeats()).toMatchObject([
      { connector: "okta", first: first?.first, last: world.now },
    ]);
  });

  it("that cannot be kept loses nothing of what came", async () => {
    world.hook = (call) => {
      if (call === "ledger.hear") throw unavailable("the store");
    };
    await came(1);
    expect((await world.graph.node(ADA))?.value.subject.facts["standing"]?.value).toBe("suspended");
    expect(world.lines).toContain("warn a heartbeat was not kept");
  });

  it("of history is none", async () => {
    await steps["ingest-signals"].run(world, {
      ...{ signals: [left("ada", hours(0))], live: false, recordedAt: world.now },
    });
    expect(await world.ledger.heartbeats()).toEqual([]);
  });
});

describe("a source that is silent", () => {
  const watch = () => steps["watch-feeds"].run(world, {});
  const speak = () => world.ledger.hear("okta", world.now);
  /** The clock goes on, and the watch runs every hour as its schedule has it. */
  async function live(count: number, speaks = false) {
    for (let hour = 0; hour < count; hour += 1) {
      world.pass(1);
      if (speaks) await speak();
      await watch();
    }
  }

  it("by its own history is a finding that pages, once, and ends when it speaks", async () => {
    await live(24 * 21, true);
    expect(rateOf((await world.ledger.heartbeats())[0] as never)).toEqual({ pace: "steady", hoursAWeek: 168 });
    await live(3);
    expect(await silent()).toEqual([]);
    await live(9);
    const [finding] = await silent();
    expect(finding).toMatchObject({ severity: "critical", facts: { because: expect.stringMatching(/improbable/) } });
    const paged = () => [...world.said.values()].filter(({ type }) => type === "finding.raised");
    expect(paged()).toEqual([{ type: "finding.raised", finding: finding?.id, about: "okta" }]);
    await live(9);
    expect(await silent()).toEqual([finding]);
    expect(paged()).toHaveLength(1);
    await live(1, true);
    expect(await silent()).toEqual([]);
  });

  it("as the configuration says, where it says something", async () => {
    configure({ silentAfter: 6 });
    await live(1, true);
    await live(5);
    expect(await silent()).toEqual([]);
    await live(1);
    expect(await silent()).toMatchObject([{ facts: { because: expect.stringMatching(/6 hours/) } }]);
  });

  it("is proven so by what a poll found; what only a poll ever told of is not silent", async () => {
    await live(1);
    log = [[left("ada", world.now)]];
    await poll();
    await live(3);
    expect(await silent()).toEqual([]);
    await live(1, true);
    await live(2);
    log.push([left("bob", world.now)]);
    await poll();
    expect(await silent()).toEqual([]);
    await live(2);
    expect(await silent()).toMatchObject([{ facts: { because: expect.stringMatching(/poll found/) } }]);
  });

  it("is not proven by what a hook may not carry", async () => {
    await live(1, true);
    await live(2);
    log = [[person("moved", "ada", world.now)]];
    expect(await pollOne(world, okta)).toMatchObject({ signals: 1 });
    await live(3);
    expect(await silent()).toEqual([]);
  });

  it("is not one while it was we who slept", async () => {
    await live(24 * 21, true);
    world.pass(100);
    await live(2);
    expect(await silent()).toEqual([]);
    await live(12);
    expect(await silent()).toHaveLength(1);
  });

  it("is seen by doctor, with how fresh it is and what is to be expected", async () => {
    await live(24 * 21, true);
    await live(12);
    await poll();
    expect(await feedView(world, "okta", await world.ledger.heartbeats())).toEqual({
      heard: { at: later(world.now, -12), ageHours: 12, pace: "steady", hoursAWeek: 168 },
      polled: { at: world.now, ageHours: 0, missed: undefined },
      silent: { since: expect.any(String), because: expect.stringMatching(/improbable/) },
    });
    expect(await feedView(world, "slack", [])).toEqual({ heard: undefined, polled: undefined, silent: undefined });
  });
});
