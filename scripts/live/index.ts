import { parseArgs } from "node:util";
import { explained, linesOf as faultLines } from "@leasehold/cli/run";
import { plain } from "@leasehold/cli/terminal";
import { connectors } from "@leasehold/connectors";
import type { Connector } from "@leasehold/core/connector";
import { badInput, instantOf } from "@leasehold/core/kernel";
import { settingsFor } from "@leasehold/local/scan";
import { type Acted, act, type Cleaned, clean } from "./act.ts";
import { type Io, Stopped, type Tools, toolsOf } from "./io.ts";
import { actedLines, cleanedLines, linesOf } from "./lines.ts";
import { ownWay } from "./own.ts";
import { accountOfProfile, pointed } from "./place.ts";
import { exitOf, selfCheck } from "./self-check.ts";

const HELP = `npm run live: a connector's own check of itself against a real AWS account, by a profile of yours

  npm run live -- <connector> --profile <name> [--account <id>] [--json]
  npm run live -- aws-iam --profile <name> --account <id> --act
  npm run live -- aws-iam --profile <name> --account <id> --clean

It asks for every permission that the connector's list declares, then reads every page of the list, and prints numbers: what was
seen by kind, what was not understood, which permissions were refused and which were never needed, the pace, what was not
seen. No name of anybody and no value is printed, with --json neither; of what was not seen it says what the connector says (a
Region, a trail, a policy, an account), so look at that before you show a report. Only reads that the connector declares are
sent; nothing is kept.

With --act it makes a canary of its own (an IAM user without any right, named canary-of-leasehold-<random> and tagged so, with a
password and an access key whose secrets are never kept, and a policy to quarantine by), takes it down every rung and back by
the connector's own actions, prints when each was read back as it should be, and takes all of it away again, also after a failure
or Ctrl-C. It changes nothing that it did not make in the same run.

Flags:
  --profile  the AWS profile that asks; nothing else of the environment is taken
  --account  whose account it must be, any other is refused; needed with --act and --clean
  --region   where to look for what lives in Regions, with a comma between them (us-east-1)
  --set      a further setting of the connector, as identityStoreId=d-1234567890; as often as needed
  --act      down the ladder and back on a canary (aws-iam)
  --clean    takes away canaries that earlier runs left, once they are a quarter of an hour old
  --json     one JSON document on standard output, and nothing else there
  --help     this

It refuses where CI is set: no pipeline holds credentials of a real account for this.
Exit codes: 0 fine; 1 something is refused, not seen, not understood, not as it should be, or left behind; 2 bad input, nothing was
done; 3 AWS could not be reached, try again; 4 a bug.`;

type Exit = 0 | 1 | 2 | 3 | 4;

/** One command line from its words to its exit code. It never ends the process, and it throws nothing. */
export async function live(argv: readonly string[], io: Io): Promise<Exit> {
  const json = argv.includes("--json");
  const line = (sink: Io["stdout"], text: string) => void sink.write(`${plain(text)}\n`);
  try {
    const given = read(argv);
    if (given === undefined) {
      io.stdout.write(`${HELP}\n`);
      return 0;
    }
    allowed(given, io);
    const tools = toolsOf(io, (text) => line(json ? io.stderr : given.changes ? io.stdout : io.stderr, text));
    const { value, lines, exit } = await pointed(given.profile, () => told(given, tools));
    if (json) io.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    else for (const one of lines) line(io.stdout, one);
    return exit;
  } catch (error) {
    if (error instanceof Stopped) {
      line(io.stderr, "ended: somebody wanted an end, and nothing was changed");
      return 1;
    }
    const { fault, exit, frames } = explained(error);
    if (json) io.stdout.write(`${JSON.stringify({ error: fault }, null, 2)}\n`);
    else for (const one of [...faultLines(fault), ...frames]) line(io.stderr, one.replace(/^leasehold: /, "live: "));
    return exit;
  }
}

interface Given {
  readonly id: string;
  readonly profile: string;
  readonly account: string | undefined;
  readonly regions: readonly string[];
  readonly more: Readonly<Record<string, string>>;
  readonly does: "look" | "act" | "clean";
  readonly changes: boolean;
}

const OPTIONS = {
  profile: { type: "string" },
  account: { type: "string" },
  region: { type: "string" },
  set: { type: "string", multiple: true },
  act: { type: "boolean" },
  clean: { type: "boolean" },
  json: { type: "boolean" },
  help: { type: "boolean" },
} as const;

/** Undefined: help is wanted. */
function read(argv: readonly string[]): Given | undefined {
  const { values, positionals } = parsed(argv);
  if (values.help) return undefined;
  const [id, ...others] = positionals;
  if (id === undefined || others.length > 0)
    throw badInput("name one connector, as aws-iam", { usage: "npm run live -- <connector> --profile <name>" });
  const { profile, account, region = "us-east-1" } = values;
  if (profile === undefined) throw badInput("name the AWS profile that asks", { flag: "--profile" });
  if (account !== undefined && !/^\d{12}$/.test(account))
    throw badInput("an AWS account id has 12 digits", { flag: "--account" });
  if (values.act && values.clean) throw badInput("one of them at a time", { flags: "--act, --clean" });
  const does = values.act ? "act" : values.clean ? "clean" : "look";
  if (does !== "look" && account === undefined)
    throw badInput("say in which account something may be changed", { flag: "--account" });
  return {
    ...{ id, profile, account, does, changes: does !== "look" },
    regions: region.split(",").map((one) => one.trim()),
    more: Object.fromEntries((values.set ?? []).map(pair)),
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw badInput((error as Error).message, { all: "npm run live -- --help" });
  }
}

function pair(given: string): readonly [string, string] {
  const at = given.indexOf("=");
  if (at < 1) throw badInput("a setting is a name and a value with = between them", { flag: "--set" });
  const name = given.slice(0, at);
  if (SAID.includes(name))
    throw badInput("who asks, and in which account, is said by --profile and --account alone", { flag: "--set", name });
  return [name, given.slice(at + 1)];
}

/** What would lead past the account that was named, and past what AWS said of the profile. */
const SAID = ["account", "profile", "role", "externalId", "source"];

const CANARIES: readonly string[] = ["aws-iam"];

function allowed({ id, does }: Given, { env }: Io): void {
  if (env["CI"]) throw badInput("not in a pipeline: run it by hand, by a profile of your own", { where: "CI" });
  if (does !== "look" && !CANARIES.includes(id))
    throw badInput("nobody has written a canary for this connector", { connector: id, known: CANARIES.join(", ") });
}

interface Told {
  readonly value: object;
  readonly lines: readonly string[];
  readonly exit: Exit;
}

async function told(given: Given, tools: Tools): Promise<Told> {
  const connector = await connectorOf(given.id);
  const { profile, regions, does } = given;
  const region = given.more["region"] ?? regions[0] ?? "us-east-1";
  const account = await accountOfProfile(profile, given.account, region);
  const where = { account, partition: partitionIn(region) };
  const connect = (more: object) =>
    connected(connector, { account, profile, regions }, { ...given.more, ...more }, tools);
  const of = { connector: connector.id, title: connector.title, account };
  if (does === "look") {
    const checked = await selfCheck(connector, connect({}), tools);
    return { value: { ...of, regions, ...checked }, lines: linesOf(of, checked), exit: exitOf(checked) };
  }
  const own = ownWay({ account, profile, region: given.more["region"] ?? "us-east-1" }); // as the connector has it
  if (does === "clean") {
    const cleaned = await clean(connector, { own }, where, tools);
    return { value: { ...of, ...cleaned }, lines: cleanedLines(cleaned), exit: exitOfCleaned(cleaned) };
  }
  const acted = await act(connector, { connect, own }, where, tools);
  return { value: { ...of, ...acted }, lines: actedLines(acted), exit: exitOfActed(acted) };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
const partitionIn = (region: string) =>
  region.startsWith("us-gov-") ? "aws-us-gov" : region.startsWith("cn-") ? "aws-cn" : "aws";

const exitOfCleaned = ({ left }: Cleaned) => (left.length === 0 ? 0 : 1);
const exitOfActed = ({ failed, leftBehind }: Acted) => (failed === undefined && leftBehind.length === 0 ? 0 : 1);

async function connectorOf(id: string): Promise<Connector> {
  const found = Object.entries(connectors).find(([name]) => name === id && name.startsWith("aws-"));
  const known = Object.keys(connectors).filter((name) => name.startsWith("aws-"));
  if (found === undefined)
    throw badInput("there is no such connector of AWS", { connector: id, known: known.join(", ") });
  const connector: Connector = await found[1]();
  if (connector.lists === undefined || connector.connect === undefined)
    throw badInput("this connector asks AWS nothing: it only listens", { connector: id });
  return connector;
}

function connected(
  connector: Connector,
  place: Parameters<typeof settingsFor>[1],
  more: object,
  { now }: Tools,
): unknown {
  const settings = settingsFor(connector, place, more);
  if (settings === undefined)
    throw badInput("this connector needs other settings: name them by --set and --region", {
      connector: connector.id,
      page: `packages/connectors/src/${connector.id}/README.md`,
    });
  const noSecrets = () => Promise.reject(badInput("no secret is read here"));
  return connector.connect?.(settings, noSecrets, () => instantOf(now()));
}
