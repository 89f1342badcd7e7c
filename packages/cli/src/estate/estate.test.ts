import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { instantOf } from "@leasehold/core/kernel";
import { demoHistory } from "@leasehold/local/demo";
import { openLaptop } from "@leasehold/local/laptop";
import { afterEach, describe, expect, it } from "vitest";
import { corp, estate, type Trial } from "../trial/index.ts";

const trials: Trial[] = [];
const made = <T extends Trial>(trial: T): T => {
  trials.push(trial);
  return trial;
};
afterEach(() => {
  for (const trial of trials.splice(0)) trial.close();
});

const READS = [
  ["who", "x"],
  ["owns", "x@example.com"],
  ["case", "list"],
  ["case", "show", "cas_1"],
  ["audit", "verify"],
  ["doctor"],
  ["clock"],
  ["finding", "list"],
];
const ACTS = [
  ["case", "answer", "dec_1", "wdc_1", "keep", "--as", "a@example.com"],
  ["case", "undo", "cas_1"],
  ["case", "retry", "cas_1"],
  ["case", "open", "x@example.com"],
  ["clock", "--advance", "1h"],
];

describe("a store", () => {
  it.each([...READS, ...ACTS])("that is not there is said by %s %s, and none is made", async (...argv) => {
    const here = made(estate());
    const { exit, err } = await here.run(...argv);
    expect(exit).toBe(2);
    expect(err).toContain("no store here yet: run `leasehold start`");
    expect(readdirSync(here.home)).toEqual([]);
  });

  it("is made where it was named, with its directory", async () => {
    const here = made(estate());
    expect(await here.run("sweep", "--store", "deep/down/my.db", "--quiet")).toEqual({ exit: 0, out: "", err: "" });
    expect(existsSync(join(here.home, "deep/down/my.db"))).toBe(true);
    expect(existsSync(join(here.home, ".leasehold"))).toBe(false);
  });

  it("that is a directory, or lies under a file, is refused", async () => {
    const here = made(estate());
    mkdirSync(join(here.home, "folder"));
    here.write("file", "x");
    expect((await here.run("case", "list", "--store", "folder")).err).toContain("the store is a directory");
    expect(await here.run("sweep", "--store", "file/under.db")).toMatchObject({
      exit: 2,
      err: expect.stringContaining("the store's directory cannot be made"),
    });
  });

  it("that is not one of ours is refused, and left as it is", async () => {
    const here = made(estate());
    const junk = "this is no database, and longer than a header of one has to be: ".repeat(40);
    here.write("junk.db", junk);
    expect(await here.run("case", "list", "--store", "junk.db")).toMatchObject({
      exit: 2,
      err: expect.stringContaining("the store file is not a Leasehold store"),
    });
    expect(readFileSync(join(here.home, "junk.db"), "utf8")).toBe(junk);
  });

  it("of a later version is refused", async () => {
    const here = made(await corp());
    const db = new DatabaseSync(join(here.home, ".leasehold/demo.db"));
    db.exec("PRAGMA user_version=99");
    db.close();
    const { error } = await here.json<{ error: object }>("case", "list");
    expect(error).toMatchObject({
      name: "BadInput",
      message: expect.stringContaining("later version"),
      facts: { layout: 99 },
    });
  });

  it("that is damaged is refused, and no bug", async () => {
    const here = made(await corp());
    const path = ".leasehold/demo.db";
    const bytes = readFileSync(join(here.home, path));
    here.write(path, Buffer.concat([bytes.subarray(0, 4_096), Buffer.alloc(bytes.length - 4_096, 7)]));
    const { exit, err } = await here.run("case", "list");
    expect([exit, err]).toEqual([2, expect.stringContaining("damaged")]);
  });

  it("of the demo is never a real estate's", async () => {
    const here = made(await corp());
    here.write("leasehold.config.ts", 'export default { fallback: { email: "last@example.com" } };');
    const { exit, err } = await here.run(
      "case",
      "list",
      "--config",
      "leasehold.config.ts",
      "--store",
      ".leasehold/demo.db",
    );
    expect([exit, err]).toEqual([2, expect.stringContaining("other kind of estate")]);
  });
});

describe("the installation", () => {
  it("is dated by the first command that writes, and by no later one", async () => {
    const here = made(estate());
    here.write("past.json", JSON.stringify(demoHistory(instantOf(Date.now()))));
    const before = instantOf(Date.now());
    await here.run("replay", "past.json");
    const first = installed(here);
    expect(first !== undefined && first >= before).toBe(true);
    await here.run("clock", "--advance", "2h", "--quiet");
    expect(installed(here)).toBe(first);
  });

  it("is not dated by who only looks", async () => {
    const here = made(estate());
    mkdirSync(join(here.home, ".leasehold"));
    const path = join(here.home, ".leasehold/demo.db");
    (await openLaptop({ path, ticks: true, log: () => {} })).close();
    for (const argv of [["case", "list"], ["clock"], ["doctor"], ["finding", "list"], ["audit", "verify"]])
      await here.run(...argv);
    expect(installed(here)).toBeUndefined();
  });
});

const installed = ({ home }: Trial): string | undefined => {
  const db = new DatabaseSync(join(home, ".leasehold/demo.db"), { readOnly: true });
  const found = db.prepare("SELECT data FROM rows WHERE pk = 'ledger' AND sk = 'installed'").get();
  db.close();
  return found && JSON.parse(String(found["data"])).at;
};

describe("a configuration", () => {
  it.each([
    ["is not there", undefined, "there is no configuration file of this name"],
    ["throws", 'throw new Error("hunter2 is the word");', "the configuration file could not be run"],
    ["cannot be parsed", "export default {", "the configuration file could not be run"],
    [
      "imports what is not there",
      'import { a } from "@leasehold/nowhere";\nexport default a;',
      "it imports what is not found from its folder",
    ],
    ["exports nothing", "const a = 1;", "the configuration file exports nothing"],
    ["has an unknown key", 'export default { fallback: { email: "a@example.com" }, colour: 1 };', "unknown key colour"],
    ["has a wrong value", "export default { fallback: { email: 7 } };", "fallback.email"],
    ["names no fallback", "export const config = {};", "fallback"],
    [
      "names a connector that does not exist",
      'export default { fallback: { email: "a@example.com" }, connectors: { nope: {} } };',
      "where: connectors.nope",
    ],
    [
      "never touches what no connector has",
      'export default { fallback: { email: "a@example.com" }, neverTouch: [{ because: "x", connector: "aws_iam" }] };',
      "where: neverTouch.0.connector",
    ],
    [
      "believes a directory that does not exist",
      'export default { fallback: { email: "a@example.com" }, authority: ["people-file", "otka"] };',
      "where: authority.1",
    ],
    [
      "misspells a connector's setting",
      'export default { fallback: { email: "a@example.com" }, connectors: { slack: { settings: { tokenNam: "x" } } } };',
      "connectors.slack.settings: unknown key tokenNam",
    ],
    [
      "names an account of eleven digits",
      'export default { fallback: { email: "a@example.com" }, connectors: { "aws-iam": { settings: { account: "11112222333" } } } };',
      "connectors.aws-iam.settings.account: an AWS account id has 12 digits",
    ],
  ])("that %s is refused by what is wrong with it, and leaves no store", async (_, text, says) => {
    const here = made(estate());
    if (text !== undefined) here.write("my.config.ts", text);
    const { exit, err } = await here.run("start", "--config", "my.config.ts");
    expect(exit).toBe(2);
    expect(err).toContain(says);
    expect(err).not.toContain("hunter2");
    expect(existsSync(join(here.home, ".leasehold/leasehold.db"))).toBe(false);
    if (text !== undefined) expect((await here.run("config", "check", "my.config.ts")).err).toBe(err);
  });

  it("is a module, and no JSON", async () => {
    const here = made(estate());
    here.write("my.json", '{ "fallback": { "email": "a@example.com" } }');
    const { exit, err } = await here.run("config", "check", "my.json");
    expect([exit, err]).toEqual([2, expect.stringContaining("a configuration is a module, as leasehold.config.ts")]);
  });

  it("makes it a real estate with a file of its own", async () => {
    const here = made(estate());
    here.write("my.config.ts", 'export const config = { fallback: { email: "last@example.com" } };');
    expect((await here.run("sweep", "--config", "my.config.ts")).exit).toBe(0);
    expect(readdirSync(join(here.home, ".leasehold"))).toEqual(["leasehold.db", "leasehold.db.life"]);
    const { store, connectors } = await here.json<{ store: object; connectors: readonly [] }>(
      "doctor",
      "--config",
      "my.config.ts",
    );
    expect(store).toMatchObject({ kind: "real", layout: 1 });
    expect(connectors).toEqual([]);
  });

  it.each([
    [["deliver", "sue.json"], "events are delivered to simulators only"],
    [["clock"], "only the demo's clock"],
    [["case", "answer", "dec_1", "wdc_1", "keep", "--as", "a@example.com"], "answers are given on the desk"],
    [["case", "undo", "wdc_1", "--as", "a@example.com"], "a terminal proves nobody's name"],
  ])("refuses %j before anything is opened", async (argv, says) => {
    const here = made(estate());
    here.write("my.config.ts", 'export default { fallback: { email: "last@example.com" } };');
    const { exit, err } = await here.run(...argv, "--config", "my.config.ts");
    expect([exit, err]).toEqual([2, expect.stringContaining(says)]);
    expect(existsSync(join(here.home, ".leasehold"))).toBe(false);
  });
});
