import { type AccountId, derivedId, type Instant, later } from "@leasehold/core/kernel";
import { emailAccount, lineageOf } from "@leasehold/core/lineage";
import { Signal } from "@leasehold/core/signal";
import { beforeEach, describe, expect, it } from "vitest";
import { MONDAY } from "../../../../../test/support/clock.ts";
import { type MemoryWorld, memoryWorld, writesOf } from "../../../../../test/support/memory-world.ts";
import { accessKey, inSession, issuedKey, openedSession, seenUser } from "../../../../../test/support/signals.ts";
import { ingest } from "../../ingest/index.ts";
import { past } from "../../past/index.ts";
import { who, whoFrom } from "../../question/index.ts";
import { rebuild } from "../../rebuild/index.ts";
import { every } from "../../world/index.ts";
import { importOwners } from "./index.ts";

const SESSION = "ASIA11I44QH8DEXAMPLE";
const SUBJECT = "repo:example/search:ref:refs/heads/main";
const PROVIDER = "token.actions.githubusercontent.com";
const pipeline = [
  openedSession(
    SESSION,
    { realm: "aws", name: SUBJECT, via: "workload" },
    { how: "web-identity", provider: PROVIDER, subject: SUBJECT },
  ),
  issuedKey(inSession(SESSION), later(MONDAY, 0.1)),
];
const [GRACE, SAM, OLD] = [1, 2, 3].map((id) => derivedId("acc", "github", String(id))) as [
  AccountId,
  AccountId,
  AccountId,
];

/** A run of a repository of its own, by whoever is called so: that is how GitHub tells of a name. */
const ranBy = (account: AccountId, name: string, at: Instant = MONDAY): Signal =>
  Signal.parse({
    ...{ kind: "pipeline.ran", source: { connector: "github", eventId: `${name}/${at}`, occurredAt: at } },
    ...{ tenant: "example", by: { realm: "github", name, via: "idp-user", account } },
    run: { repository: "example/elsewhere", ref: "main", event: "push", id: `${name}`, attempt: 1, startedAt: at },
  });

let world: MemoryWorld;
const hear = (...signals: readonly Signal[]) => ingest(world, signals, { live: false, recordedAt: world.now });
beforeEach(async () => {
  world = memoryWorld();
  world.pass(100);
  await hear(...pipeline, ranBy(GRACE, "grace-example"), ranBy(SAM, "sam-example"), seenUser("ada"));
  writesOf(world);
});

const give = (text: string | Uint8Array, more: object = {}) =>
  importOwners(world, {
    bytes: typeof text === "string" ? new TextEncoder().encode(text) : text,
    ...{ repository: "example/search", file: ".github/CODEOWNERS", asOf: later(MONDAY, 50), ...more },
  });
const named = async () => (await who(world, "AKIAIOSFODNN7EXAMPLE")).candidates.map(({ account }) => account).sort();

describe("a CODEOWNERS", () => {
  it("names accounts by what GitHub calls them, in any case, and addresses; and says what is not visible", async () => {
    const told = await give(
      "* @Grace-Example lee@example.com @example/platform @nobody-yet # all\n/src/ @sam-example\n!x @a\n",
    );
    expect(told).toMatchObject({
      ...{ rules: 2, general: { line: 1 }, accounts: 2, later: undefined, teams: ["@example/platform"] },
      ...{ unknown: ["@nobody-yet"], ambiguous: [], skipped: [{ line: 3 }] },
    });
    expect(told.lines).toHaveLength(1);
    expect(await named()).toEqual([GRACE, emailAccount("lee@example.com")].sort());
  });

  it("changes nothing the second time, and mends what a crash left", async () => {
    let puts = 0;
    world.hook = (call) => {
      if (call.endsWith(".put") && ++puts === 2) throw new Error("killed");
    };
    await expect(give("* @grace-example")).rejects.toThrow("killed");
    world.hook = () => {};
    expect(await named()).toEqual([]);
    await give("* @grace-example");
    expect(await named()).toEqual([GRACE]);
    writesOf(world);
    world.pass(1);
    expect(await give("* @grace-example")).toMatchObject({ writes: 0 });
    expect(writesOf(world).filter((call) => /put|join/.test(call))).toEqual([]);
    expect(await rebuild(world, { write: false })).toMatchObject({ equal: true });
  });

  it("knows more of the same file once GitHub has told more names", async () => {
    await give("* @grace-example @lee-example");
    expect(await named()).toEqual([GRACE]);
    const lee = derivedId("acc", "github", "4");
    await hear(ranBy(lee, "lee-example"));
    world.pass(1);
    expect(await give("* @grace-example @lee-example")).toMatchObject({ unknown: [], accounts: 2 });
    expect(await named()).toEqual([GRACE, lee].sort());
  });

  it("that is later holds, whichever is imported first, and an earlier one is told so", async () => {
    await give("* @sam-example", { asOf: later(MONDAY, 60) });
    expect(await give("* @grace-example")).toMatchObject({ later: later(MONDAY, 60) });
    expect(await named()).toEqual([SAM]);
    expect(await rebuild(world, { write: false })).toMatchObject({ equal: true });
    expect((await give("* @sam-example", { asOf: later(MONDAY, 999) })).asOf).toBe(world.now);
  });

  it.each<[string, readonly Signal[], readonly AccountId[], string[]]>([
    ["goes to whoever had the name last", [ranBy(OLD, "grace-example", later(MONDAY, -200))], [GRACE], []],
    ["is nobody's where two had it on one day", [ranBy(OLD, "grace-example")], [], ["@grace-example"]],
  ])("a name that was taken over %s", async (_title, signals, whose, ambiguous) => {
    await hear(...signals);
    expect(await give("* @grace-example")).toMatchObject({ ambiguous, unknown: [] });
    expect(await named()).toEqual(whose);
  });

  it("is asked about as of an instant: who was named by then", async () => {
    await give("* @grace-example", { asOf: later(MONDAY, 20) });
    await give("* @sam-example", { asOf: later(MONDAY, 40) });
    const at = async (hours: number) => {
      const then = await past(world, "AKIAIOSFODNN7EXAMPLE", { at: later(MONDAY, hours), knownBy: undefined });
      const { candidates } = await whoFrom(then, "AKIAIOSFODNN7EXAMPLE", async () => []);
      return candidates.map(({ account }) => account);
    };
    expect([await at(10), await at(30), await at(50)]).toEqual([[], [GRACE], [SAM]]);
  });

  it("that takes everybody out is taken where that is said", async () => {
    await give("* @grace-example");
    await give("* ", { acceptNone: true, asOf: later(MONDAY, 60) });
    expect(await named()).toEqual([]);
  });

  it("is archived, and the same after a rebuild from nothing else", async () => {
    await give("* @grace-example");
    const archived = await every((cursor) => world.archive.read(cursor));
    const made = lineageOf(archived.map(({ signal }) => signal)).subjects.find(({ id }) => id === accessKey());
    expect(made).toEqual((await world.graph.node(accessKey()))?.value.subject);
    expect(JSON.stringify(made?.facts)).toContain(GRACE);
  });
});

describe("what is no CODEOWNERS is refused, and nothing is changed", () => {
  it.each<[string, string | Uint8Array, object, string, object]>([
    ["empty", "", {}, "no line of the file names an owner", { where: "file" }],
    ["comments alone", "# * @ada\n", {}, "no line of the file names an owner", { where: "file" }],
    ["files without owners", "*.js\n/src/\n", {}, "say --accept-none", { where: "file" }],
    ["lines with faults alone", "* ada\n", {}, "no line of the file names an owner", { where: "file" }],
    ["no text", new Uint8Array([42, 0, 64, 97]), {}, "this is no text", { where: "file" }],
    ["another encoding", new Uint8Array([0xff, 0xfe, 42, 0]), {}, "save it as UTF-8", { where: "encoding" }],
    ["bytes of a picture", new Uint8Array([0x89, 0x50, 0x4e, 0x47]), {}, "not UTF-8", { where: "encoding" }],
    ["too large", `* @ada\n${"#".repeat(3_000_000)}`, {}, "3 MB and more", { where: "file" }],
    ["too many lines", "*.yml @ada\n".repeat(257), {}, "over 256 lines may speak", { where: "file" }],
    ["a crowd", `/src/ @ada\n* ${"@ada ".repeat(33)}\n`, {}, "over 32 owners", { line: 2 }],
    ["no repository", "* @ada", { repository: "" }, "--repository owner/name", { flag: "--repository" }],
    ["half a repository", "* @ada", { repository: "search" }, "--repository", { flag: "--repository" }],
    ["an address of one", "* @ada", { repository: "https://github.com/a/b" }, "--repository", { flag: "--repository" }],
  ])("%s", async (_title, bytes, more, says, facts) => {
    const fault = await give(bytes, more).catch((error: unknown) => error);
    expect(fault).toMatchObject({ name: "BadInput", message: expect.stringContaining(says), facts });
    expect(writesOf(world)).toEqual([]);
  });
});
