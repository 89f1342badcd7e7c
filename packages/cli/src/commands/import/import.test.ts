import { cpSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { FirstReport } from "@leasehold/app/import";
import { instantOf, later } from "@leasehold/core/kernel";
import { demoEvents, demoHistory } from "@leasehold/local/demo";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { estate, type Trial } from "../../trial/index.ts";

const generated = estate();
beforeAll(async () => {
  await generated.run("demo", "generate", "--people", "12", "--seed", "5", "--out", "made");
});
afterAll(() => generated.close());

let here: Trial;
beforeEach(() => {
  here = estate();
  cpSync(join(generated.home, "made"), join(here.home, "made"), { recursive: true });
});
afterEach(() => here.close());

interface Told<T> {
  readonly imported: T;
  readonly report: FirstReport;
}
const now = () => instantOf(Date.now());
const IAM = ["made/inventory/iam-account-authorization-details.json", "--keys", "made/inventory/iam-access-keys.json"];
const REPORT = ["--credential-report", "made/inventory/iam-credential-report.csv"];
const nobodyWasTold = async () => expect(await here.json("case", "list", "--all")).toEqual({ cases: [] });

function addsUp({ credentials, owned, likely, unowned, possible, ofLeavers, people }: FirstReport): void {
  expect(owned + likely + unowned).toBe(credentials);
  expect(possible).toBeLessThanOrEqual(unowned);
  expect(ofLeavers.length).toBeLessThanOrEqual(owned + likely);
  expect(Object.values(people.standing).reduce((sum, one) => sum + one, 0)).toBe(people.accounts);
}

describe("an estate in its vendors' own files", () => {
  it("is imported, reported in numbers that add up, and changed by no second time; no case is opened", async () => {
    const trail = await here.json<Told<{ files: number; writes: number }>>("import", "cloudtrail", "made/cloudtrail");
    expect(trail.imported.files).toBeGreaterThan(5);
    const iam = await here.json<Told<{ keys: number; whole: boolean }>>("import", "iam", ...IAM, ...REPORT);
    expect(iam.imported.whole).toBe(true);
    const people = await here.json<Told<{ people: number }>>("import", "people", "made/people.csv");
    const rows = readFileSync(join(here.home, "made/people.csv"), "utf8").trim().split("\n").length - 1;
    expect(people.imported.people).toBe(rows);
    for (const { report } of [trail, iam, people]) addsUp(report);
    expect(iam.report.credentials).toBeGreaterThanOrEqual(iam.imported.keys);
    expect(people.report.people.accounts).toBe(iam.report.people.accounts + rows);

    expect(await here.json("import", "cloudtrail", "made/cloudtrail")).toMatchObject({
      imported: { files: 0, writes: 0 },
    });
    expect(await here.json("import", "iam", ...IAM, ...REPORT)).toMatchObject({ imported: { writes: 0 } });
    expect(await here.json("import", "people", "made/people.csv")).toMatchObject({
      imported: { writes: 0 },
      report: people.report,
    });
    await nobodyWasTold();
  });

  it("gives the same in whatever order", async () => {
    const parts = [
      ["cloudtrail", "made/cloudtrail"],
      ["iam", ...IAM],
      ["people", "made/people.csv"],
    ];
    const reports: FirstReport[] = [];
    for (const order of [parts, parts.toReversed()]) {
      const [store] = [`${reports.length}.db`];
      for (const part of order) await here.run("import", ...part, "--store", store);
      reports.push(
        (await here.json<Told<unknown>>("import", "cloudtrail", "made/cloudtrail", "--store", store)).report,
      );
    }
    expect(reports[1]).toEqual(reports[0]);
  });

  it("says it in words too, with what could not be seen, and how far it is", async () => {
    const { exit, out, err } = await here.run("import", "cloudtrail", "made/cloudtrail");
    expect(exit).toBe(0);
    expect(out).toMatch(/Known now: \d+ credentials/);
    expect(out).toMatch(/owned +\d+ +the owner is certain/);
    expect(out).toContain("AWS IAM was never listed.");
    expect(err).toMatch(/read \d+ of \d+ files, \d+ records: \d+ signals about \d+ subjects/);
    expect((await here.run("import", "cloudtrail", "made/cloudtrail")).out).toMatch(/\d+ files read by an earlier run/);
  });
});

describe("how credentials were used", () => {
  const KEY = "AKIAUSEDHANDSEXAMPLE";
  const MOST = 90;
  const ago = (hours: number) => `${later(now(), -hours).slice(0, 19)}Z`;
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
  const call = (n: number, hours: number, more: object = {}) => ({
    ...{ eventVersion: "1.11", eventID: `call-${n}`, eventTime: ago(hours), eventType: "AwsApiCall" },
    ...{ eventSource: "s3.amazonaws.com", eventName: "PutObject", awsRegion: "eu-west-1" },
    ...{ sourceIPAddress: "192.0.2.7", recipientAccountId: "111122223333" },
    userIdentity: {
      ...{ type: "IAMUser", principalId: "AIDAEXAMPLE", accountId: "111122223333", userName: "deploy" },
      ...{ arn: "arn:aws:iam::111122223333:user/deploy", accessKeyId: KEY },
    },
    ...more,
  });
  const trail = (...records: readonly object[]) => JSON.stringify({ Records: records });
  interface UsedAnswer {
    readonly calls: number;
    readonly refused: number;
    readonly uses: readonly { readonly action: string; readonly count: number; readonly approximate: boolean }[];
  }
  const used = (...more: readonly string[]) => here.json<UsedAnswer>("used", KEY, "--since", `${MOST}d`, ...more);
  type Used = Told<{ used: { calls: number; credentials: number; tooOld: number; ahead: number } }>;
  const imported = async (...argv: readonly string[]) =>
    (await here.json<Used>("import", "cloudtrail", ...argv)).imported.used;

  beforeEach(() => {
    mkdirSync(join(here.home, "logs"));
    const denied = call(3, 48, { errorCode: "AccessDenied", eventName: "GetObject" });
    here.write("logs/one.json", trail(call(1, 3), call(2, 3), call(2, 3), denied));
    here.write("logs/two.json", trail(call(4, 70 * 24), call(5, 120 * 24), call(6, -24 * 365)));
  });

  it("is counted out of the files, and told by `used`", async () => {
    expect(await imported("logs")).toMatchObject({ calls: 4, credentials: 1, tooOld: 1, ahead: 1 });
    expect(await used()).toMatchObject({ calls: 4, refused: 1 });
    expect((await used()).uses).toMatchObject([
      { action: "PutObject", count: 3, approximate: false },
      { action: "GetObject", count: 1, refused: 1 },
    ]);
    const { out } = await here.run("import", "cloudtrail", "logs", "--again");
    expect(out).toContain("4 calls of 1 credential counted");
    expect(out).toMatch(/1 call from before the days that are kept.*\n1 call dated in the future/);
  });

  it("is the same however often a file is read, in whatever place, under whatever name, packed or not", async () => {
    await here.run("import", "cloudtrail", "logs");
    const once = await used();
    await here.run("import", "cloudtrail", "logs", "--again");
    mkdirSync(join(here.home, "copies"));
    writeFileSync(join(here.home, "copies/1.json.gz"), gzipSync(readFileSync(join(here.home, "logs/one.json"))));
    cpSync(join(here.home, "logs/one.json"), join(here.home, "copies/2.json"));
    utimesSync(join(here.home, "logs/two.json"), 1_700_000_000, 1_700_000_000);
    await here.run("import", "cloudtrail", "logs");
    expect(await imported("copies")).toMatchObject({ calls: 3 }); // two files, one content
    expect((await used()).uses).toEqual(once.uses);
    here.write("copies/3.json", trail(call(7, 3)));
    await here.run("import", "cloudtrail", "copies");
    expect((await used()).calls).toBe(once.calls + 1);
  });

  it("of a generated estate is of as many calls as its records with a key's id tell of", async () => {
    const { calls, credentials, tooOld } = await imported("made/cloudtrail");
    const read = readdirSync(join(here.home, "made/cloudtrail"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".json"))
      .flatMap((name) => JSON.parse(readFileSync(join(here.home, "made/cloudtrail", name), "utf8")).Records)
      .filter(({ userIdentity }) => userIdentity?.accessKeyId);
    const kept = read.filter(({ eventTime }) => eventTime >= ago(92 * 24)); // CloudTrail may deliver one twice
    const ids = (of: readonly { readonly eventID: string }[]) => new Set(of.map(({ eventID }) => eventID)).size;
    expect(calls).toBeGreaterThan(0);
    expect([calls, tooOld]).toEqual([ids(kept), read.length - kept.length]);
    expect(credentials).toBe(new Set(kept.map(({ userIdentity }) => userIdentity.accessKeyId)).size);
  });

  it("is not counted where no connector counts, and that is said", async () => {
    here.write("own.config.ts", `export default { fallback: { email: "sam@example.com" }, connectors: {} };`);
    const { out } = await here.run("import", "cloudtrail", "logs", "--config", "own.config.ts");
    expect(out).toContain("No call was counted: the configuration names no connector that counts them");
  });
});

describe("the first report", () => {
  it("names what leavers own, although nobody was told that they left", async () => {
    here.write("past.json", JSON.stringify([...demoHistory(now()), demoEvents.sueLeaves(now())]));
    await here.run("replay", "past.json");
    await here.run("sweep", "okta");
    const { report } = await here.json<Told<unknown>>("import", "cloudtrail", "past.json");
    addsUp(report);
    const { credentials } = await here.json<{ credentials: { first: boolean; word: string; credential: string }[] }>(
      "owns",
      "sue@example.com",
    );
    const hers = credentials.filter(({ first, word }) => first && (word === "certain" || word === "likely"));
    expect(hers.length).toBeGreaterThan(0);
    expect(report.ofLeavers.map(({ credential }) => credential).sort()).toEqual(
      hers.map(({ credential }) => credential).sort(),
    );
    expect(report.ofLeavers[0]?.owner).toMatchObject({ email: "sue@example.com", standing: "departed" });
    const { out } = await here.run("import", "cloudtrail", "past.json");
    expect(out).toContain("leasehold case open <account>");
    await nobodyWasTold();
  });
});

describe("what cannot be read", () => {
  it("of a trail is told by file and place, the rest goes on, and the end says so", async () => {
    mkdirSync(join(here.home, "logs"));
    here.write("logs/a.json", '{"Records":[{"eventVersion":"hunter2');
    here.write("logs/b.json", JSON.stringify({ Records: demoHistory(now()) }));
    const { exit, out, err } = await here.run("import", "cloudtrail", "logs");
    expect(exit).toBe(1);
    expect(out).toContain("logs/a.json:1 (record 0): truncated");
    expect(out).toContain("16 signals");
    expect(out + err).not.toContain("hunter2");
  });

  it("of people changes nothing, and is told line by line", async () => {
    await here.run("import", "people", "made/people.csv");
    const path = join(here.home, "made/people.csv");
    const text = readFileSync(path, "utf8");
    writeFileSync(path, `${text}E9999,Zoe,zoe,,,,Active,2020-01-01,,\n`);
    const { exit, err } = await here.run("import", "people", "made/people.csv");
    expect([exit, err]).toEqual([2, expect.stringContaining("column work_email: not an e-mail address")]);
    const half = text.trim().split("\n");
    writeFileSync(path, half.slice(0, Math.ceil(half.length / 2)).join("\n"));
    const fewer = await here.run("import", "people", "made/people.csv");
    expect(fewer.exit).toBe(2); // fewer people, or managers who are not in it any more
    writeFileSync(path, text);
    utimesSync(path, 1_700_000_000, 1_700_000_000);
    expect(await here.json("import", "people", "made/people.csv", "--as-of", now())).toMatchObject({
      imported: { writes: 0 },
    });
  });

  it("of an inventory says what is missing, and ends with 1", async () => {
    const { exit, out } = await here.run("import", "iam", IAM[0] ?? "");
    expect([exit, out]).toEqual([1, expect.stringContaining("give --keys with what list-access-keys prints")]);
    here.write("cut.json", '{"UserDetailList":[{"UserN');
    expect((await here.run("import", "iam", "cut.json")).err).toContain("not JSON, or was cut");
    here.write("keys.json", '{"AccessKeyMetadata":[{"UserN');
    expect((await here.run("import", "iam", IAM[0] ?? "", "--keys", "keys.json")).err).toContain(
      "a file of access keys cannot be read",
    );
  });

  it.each<[readonly string[], string]>([
    [["cloudtrail"], "name either a directory or s3://bucket/prefix, or --lookup"],
    [["cloudtrail", "x", "--lookup"], "name either a directory"],
    [["cloudtrail", "nope"], "there is no file or directory of this name"],
    [["cloudtrail", "s3://logs", "--profile", "audit"], "the demo never meets a real account"],
    [["cloudtrail", "--lookup", "--profile", "audit"], "the demo never meets a real account"],
    [["cloudtrail", "s3://UPPER"], "this is no place in S3"],
    [["people", "nope.csv"], "there is no file of this name"],
    [["people", "made"], "this is not a file"],
    [["people", "made/people.csv", "--as-of", "yesterday"], "this is not an instant"],
    [["owners", "made/people.csv"], "say whose file it is: --repository owner/name"],
    [["owners", "made/people.csv", "--repository", "search"], "a repository is named as GitHub names it"],
    [["owners", "nope", "--repository", "example/search"], "there is no file of this name"],
    [["owners", "made", "--repository", "example/search"], "this is not a file"],
    [["iam", "nope.json"], "there is no file of this name"],
  ])("of an instruction %j is refused", async (argv, says) => {
    const { exit, err } = await here.run("import", ...argv);
    expect([exit, err]).toEqual([2, expect.stringContaining(says)]);
  });
});

describe("a repository's CODEOWNERS", () => {
  const give = (text: string, ...more: readonly string[]) => {
    mkdirSync(join(here.home, "search/.github"), { recursive: true });
    here.write("search/.github/CODEOWNERS", text);
    return ["import", "owners", "search/.github/CODEOWNERS", "--repository", "example/search", ...more];
  };

  it("is imported, changed by no second time, and opens no case", async () => {
    const argv = give("* ada@example.com\n", "--as-of", "2026-01-05T09:00:00Z");
    expect(await here.json<Told<object>>(...argv)).toMatchObject({
      imported: { file: ".github/CODEOWNERS", asOf: "2026-01-05T09:00:00.000Z", general: { line: 1 }, writes: 1 },
      report: { credentials: 0 },
    });
    expect((await here.json<Told<{ writes: number }>>(...argv)).imported.writes).toBe(0);
    await nobodyWasTold();
  });

  it("says whom it names that is not visible, which lines count for nothing, and ends with 1", async () => {
    const argv = give("* @example/platform @example/tools @ada-example\n!x @ada\n");
    const { exit, out } = await here.run(...argv);
    expect(exit).toBe(1);
    expect(out).toContain(
      "for a workflow that no line names: line 1 (*): @example/platform @example/tools @ada-example",
    );
    expect(out).toContain("2 teams, whose members are not visible: @example/platform, @example/tools");
    expect(out).toContain("1 name of which GitHub has told no account yet: @ada-example");
    expect(out).toContain("line 2: GitHub knows no ! here");
    expect((await here.run(...give("/src/ ada@example.com\n"))).out).toContain("nobody is declared");
  });

  it("without an owner is refused, unless that is what is meant", async () => {
    const { exit, err } = await here.run(...give("# nobody\n"));
    expect([exit, err]).toEqual([2, expect.stringContaining("say --accept-none")]);
    expect((await here.run(...give("# nobody\n", "--accept-none"))).exit).toBe(0);
    expect((await here.run("import", "owners", "--help")).out).toContain("--repository <owner/name>");
  });
});

describe("a name out of a file", () => {
  const FORGED = "Ada\nowner: Mallory <mallory@example.com>, certain, active\u001b]0;x\u0007\u001b[2J";

  it.each(["who", "owns", "explain", "person show"])("begins no line of %s, and moves no cursor", async (asks) => {
    const [head = ""] = readFileSync(join(here.home, "made/people.csv"), "utf8").split("\n");
    const told: Readonly<Record<string, string>> = {
      employee_number: "1",
      name: `"${FORGED}"`,
      work_email: "ada@example.com",
    };
    here.write(
      "people.csv",
      [
        head,
        head
          .split(",")
          .map((column) => told[column] ?? "")
          .join(","),
      ].join("\n"),
    );
    await here.run("import", "people", "people.csv");
    const { out, err } = await here.run(...asks.split(" "), "ada@example.com");
    expect(out + err).toContain("Mallory");
    expect(`${out}${err}`.split("\n").filter((line) => line.startsWith("owner: Mallory"))).toEqual([]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(out + err).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });
});

describe("over the network, nothing is picked up", () => {
  const ROLE = "arn:aws:iam::111122223333:role/leasehold-read";
  const config = (connectors: object) =>
    here.write("own.config.ts", `export default { fallback: { email: "sam@example.com" }, connectors: ${JSON.stringify(connectors)} };`);
  const named = { "aws-iam": { settings: { account: "111122223333", role: ROLE, profile: "audit" } } };

  it.each<[readonly string[], object, string]>([
    [[], named, "name the AWS profile that asks"],
    [["--profile", "audit"], {}, "name the AWS account that is asked"],
    [["--profile", "audit", "--account", "1"], named, "name the AWS account that is asked"],
    [["--profile", "audit", "--role", ROLE.replace("1111", "4444")], named, "the role is of another account"],
    [["--profile", "audit", "--region", "mars"], named, "this is not a region"],
    [["--profile", "audit", "--days", "91"], named, "a whole number from 1 to 90"],
  ])("%j", async (flags, connectors, says) => {
    config(connectors);
    const { exit, err } = await here.run("import", "cloudtrail", "--lookup", ...flags, "--config", "own.config.ts");
    expect([exit, err]).toEqual([2, expect.stringContaining(says)]);
  });
}); // biome-ignore format: rows
