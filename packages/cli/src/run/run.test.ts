import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { EXITS, GLOBALS } from "../command/index.ts";
import { commands } from "../commands/index.ts";
import { estate } from "../trial/index.ts";

const here = estate();
afterAll(here.close);

/** What scripts stand on. Red means "say so in the changelog", not "forbidden". */
describe("what is frozen", () => {
  it("the exit codes", () => {
    expect(EXITS).toEqual({
      0: "fine",
      1: "the answer is no, or something is wrong with the estate (each command says what)",
      2: "bad usage or bad input: nothing was done",
      3: "the provider or the store could not be reached: try again",
      4: "a bug",
    });
  });

  it("the flags of every command", () => {
    expect(Object.keys(GLOBALS)).toEqual([
      "store",
      "config",
      "stage",
      "region",
      "profile",
      "url",
      "json",
      "quiet",
      "help",
    ]);
  });

  it("the commands, their arguments and their own flags", async () => {
    const all = Object.entries(commands);
    const shapes = await Promise.all(
      all.map(async ([name, load]) => {
        const { args, flags = {} } = await load();
        return [
          name,
          ...args,
          ...Object.entries(flags).map(([flag, { value }]) => `--${flag}${value ? ` <${value}>` : ""}`),
        ].join(" ");
      }),
    );
    expect(shapes).toEqual([
      "start --once --port <number>",
      "deliver <file…> --event-only",
      "replay <file|dir|-…>",
      "import cloudtrail [dir|file|s3://bucket/prefix] --lookup --days <number> --profile <name> --account <id> --role <arn> --region <region,…> --again",
      "import iam <get-account-authorization-details.json> --keys <file|dir> --credential-report <csv> --as-of <instant>",
      "import owners <CODEOWNERS> --repository <owner/name> --as-of <instant> --accept-none",
      "import people <file> --as-of <instant> --accept-fewer",
      "who <id> --at <instant> --known-by <instant>",
      "explain <id> --at <instant> --known-by <instant>",
      "owns <person>",
      "rebuild --check --write",
      "plan <person> --as-of <instant> --against <file>",
      "used <credential> --since <span>",
      "case list --all",
      "case show <id>",
      "case answer <decision> <item> <choice> --as <e-mail> --to <e-mail>",
      "case undo <case or wind-down> --as <e-mail>",
      "case retry <case or wind-down>",
      "case open <account, e-mail or key>",
      "reconcile --despite-unread",
      "scan --profile <name> --account <id> --region <region,…>",
      "first look",
      "sweep [connector]",
      "audit show <trail>",
      "audit verify [trail] --file <export.jsonl> --roots <file|dir> --partly",
      "audit export [case] --all --since <span> --out <file>",
      "audit report <case> --markdown --ids",
      "report [case] --since <span> --drills --csv --markdown --ids",
      "drill --history",
      "doctor",
      "clock --advance <span> --to <instant>",
      "finding list",
      "config check [proposed] --diff --exit-code",
      "brake status",
      "brake on --because <text>",
      "brake release [trip, batch or case] --because <text> --as <e-mail>",
      "secrets set <name>",
      "secrets list",
      "secrets retire <name>",
      "person show <account or e-mail>",
      "person link <account> <other> --because <text>",
      "person unlink <account> <other> --because <text>",
      "cost --events-per-day <number> --identities <number> --people <number>",
      "demo generate --people <number> --seed <number> --out <dir>",
    ]);
  });
});

describe("help", () => {
  it("of all names every command and every exit code", async () => {
    for (const argv of [[], ["--help"]]) {
      const { exit, out, err } = await here.run(...argv);
      expect([exit, err]).toEqual([0, ""]);
      for (const name of Object.keys(commands)) expect(out).toContain(`  ${name}`);
      for (const [code, says] of Object.entries(EXITS)) expect(out).toContain(`  ${code}  ${says}`);
    }
  });

  it.each(Object.keys(commands))("of %s says how it is used and how it ends, and does nothing", async (name) => {
    const { exit, out } = await here.run(...name.split(" "), "--help");
    expect(exit).toBe(0);
    expect(out).toMatch(new RegExp(`^leasehold ${name}: `));
    expect(out).toContain(`Usage: leasehold ${name}`);
    expect(out).toContain("--store <file>");
    expect(out).toMatch(/Exit codes: 0 fine;/);
    expect(existsSync(join(here.home, ".leasehold"))).toBe(false);
  });

  it("of a group names its parts", async () => {
    const { exit, out } = await here.run("case", "--help");
    expect(exit).toBe(0);
    for (const part of ["list", "show", "answer", "undo", "retry", "open"])
      expect(out).toContain(`leasehold case ${part}`);
  });

  it("is a document where one is asked for", async () => {
    expect(await here.json("who", "--help")).toMatchObject({
      help: expect.arrayContaining(["Usage: leasehold who <id> [flags]"]),
    });
  });
});

describe("bad usage", () => {
  it.each([
    [["sweeep"], "there is no such command", { nearest: "sweep" }],
    [["case", "lst"], "there is no such command", { nearest: "case list" }],
    [["case"], "this command has several parts: say which", { parts: expect.stringContaining("case show") }],
    [["who"], "something is missing", { missing: "<id>" }],
    [["case", "answer", "dec_1"], "something is missing", { missing: "<item>" }],
    [["who", "a", "b"], "this is one argument too many", { argument: "b" }],
    [["sweep", "--alll"], "there is no such flag", { flag: "--alll" }],
    [["case", "list", "--al"], "there is no such flag", { nearest: "--all" }],
    [["who", "a", "--to", "x"], "there is no such flag", { flag: "--to" }],
    [["who", "a", "--store"], "this flag needs a value", { flag: "--store", value: "file" }],
    [["clock", "--advance", "--quiet"], "this flag needs a value", { flag: "--advance" }],
    [["who", "a", "--quiet=yes"], "this flag takes no value", { flag: "--quiet" }],
  ])("%j: %s", async (argv, message, facts) => {
    const { exit, out, err } = await here.run(...argv);
    expect([exit, out]).toEqual([2, ""]);
    expect(err).toContain(`leasehold: ${message} (BadInput)`);
    const { error } = await here.json<{ error: object }>(...argv);
    expect(error).toMatchObject({ name: "BadInput", message, facts, next: expect.stringMatching(/[.]$/) });
  });
});

describe("what is said", () => {
  it("is nothing with --quiet but what went wrong", async () => {
    expect(await here.run("who", "x", "--quiet")).toMatchObject({
      exit: 2,
      out: "",
      err: expect.stringContaining("no store here yet"),
    });
  });

  it("is one document with --json, also where it fails", async () => {
    const { out, err, exit } = await here.run("who", "x", "--json");
    expect([exit, err]).toEqual([2, ""]);
    expect(JSON.parse(out)).toMatchObject({
      error: { name: "BadInput", message: "no store here yet: run `leasehold start`" },
    });
  });
});
