import { type Config, readConfig, trailFilesIn } from "@leasehold/app/config";
import type { Difference } from "@leasehold/app/preview";
import { badInput } from "@leasehold/core/kernel";
import type { Call, Command } from "../../command/index.ts";
import { ask, loadConfig } from "../../estate/index.ts";
import { count, list } from "../../terminal/index.ts";
import { courseLines } from "../plan/index.ts";
import { type GroupRead, groupLine, groupsNow } from "./groups.ts";

/** Whether a configuration is valid, and what it would do to the wind-downs that are open. */
export const configCheck: Command = {
  about: "whether a configuration is valid; --diff: what it would do to the wind-downs now open, before it is applied",
  args: ["[proposed]"],
  flags: {
    diff: { about: "compare it with the one in force: that of --config, of --stage or of the demo" },
    "exit-code": { about: "with --diff: end with 1 where something would change" },
  },
  more: [
    "<proposed> is a file such as leasehold.config.ts. Without it the file of --config is read, and not compared.",
    "Nothing is applied, and nothing acts. With --diff the connectors' own settings are not compared.",
    "Each group that security and operators name is asked of its directory, where this machine has the credentials for it:",
    "one that cannot be read, or with nobody in it, is an error.",
  ],
  no: "with --diff --exit-code: something would change",
  run: async (call) => {
    const proposed = await proposedIn(call);
    if (call.flags["diff"] === undefined) return valid(call, proposed);
    if (call.args[0] === undefined)
      throw badInput("name the proposed file: `leasehold config check <proposed> --diff`", { missing: "proposed" });
    const answer = await everyDifference(call, withoutSettings(proposed));
    const changes = answer.differing.length + answer.brake.length;
    const exit = call.flags["exit-code"] === true && changes > 0 ? 1 : 0;
    return { json: { valid: true, ...answer }, text: linesOf(answer), exit };
  },
};

/** A page at a time: no request takes longer than a stage answers. */
async function everyDifference(call: Call, proposed: Readonly<Record<string, unknown>>): Promise<Difference> {
  const pages: Difference[] = [];
  for (let after: string | undefined; ; ) {
    const { answer } = await ask(call, "config-check", { proposed, ...(after !== undefined && { after }) });
    pages.push(answer);
    const compared = pages.reduce((sum, page) => sum + page.compared, 0);
    after = answer.next;
    if (after === undefined) return { ...answer, compared, differing: pages.flatMap(({ differing }) => differing) };
    call.note(`compared ${compared} of ${count(answer.open, "wind-down")}`);
  }
}

async function proposedIn(call: Call): Promise<Config> {
  const [file] = call.args;
  const given = await loadConfig(file === undefined ? call : { flags: { config: file }, io: call.io });
  if (given === undefined)
    throw badInput("name the file to check: `leasehold config check <file>`", { missing: "proposed" });
  const config = readConfig(given);
  trailFilesIn(config.aws ?? {}); // read by the stacks alone, and told now rather than at the next deploy
  return config;
}

async function valid(call: Call, config: Config) {
  const stray = ["exit-code", "stage"].find((name) => call.flags[name] !== undefined);
  if (stray !== undefined) throw badInput("this flag goes with --diff", { flag: `--${stray}` });
  const { linkedIn } = await import("@leasehold/local/laptop");
  await linkedIn(config); // every connector is there, and takes its settings
  const ids = Object.keys(config.connectors);
  const groups = await groupsNow(call, config);
  const few = isFew(config.security, groups);
  return {
    json: { valid: true, connectors: ids, groups, ...(few && { few: FEW }) },
    text: [`It is valid, with ${count(ids.length, "connector")}.`, ...groups.map(groupLine), ...(few ? [FEW] : [])],
  };
}

/** How many are in a group only its directory knows: one that was not read may have enough. */
function isFew(security: Config["security"], groups: readonly GroupRead[]): boolean {
  const sizes = groups.flatMap((one) =>
    one.where.startsWith("security.") ? ["people" in one ? one.people : Number.POSITIVE_INFINITY] : [],
  );
  return sizes.reduce((sum, size) => sum + size, security.length - sizes.length) < 2;
}
const FEW =
  "security names fewer than two people: nobody can agree to what nothing brings back, or release a brake that tripped by more than ten times.";

/** What is compared, and nothing more: names of secrets and places of accounts stay here. */
function withoutSettings({ connectors, people: _, aws: __, ...rest }: Config): Readonly<Record<string, unknown>> {
  const modes = Object.entries(connectors).map(([id, { mode }]) => [id, { mode }]);
  return { ...rest, connectors: Object.fromEntries(modes) };
}

function linesOf({ open, compared, differing, brake, notVisible }: Difference): readonly string[] {
  return [
    `${count(open, "open wind-down")}, ${compared} compared: ${differing.length === 0 ? "none" : differing.length} would go another way. Nothing was applied.`,
    ...differing.flatMap(({ windDown, identity, type, present, proposed }) => [
      "",
      `${type ?? "credential"} of ${identity?.split("/").at(-1) ?? "an unknown identity"}  (${windDown})`,
      `  now:      ${courseLines(present ? [present] : [])[0] ?? "nothing more"}`,
      `  proposed: ${courseLines(proposed ? [proposed] : [])[0] ?? "nothing more"}`,
    ]),
    ...list(
      "The brake:",
      brake.map(({ limit, present, proposed }) => `${limit}: ${present} now, ${proposed} proposed`),
    ),
    ...list("What could not be seen:", notVisible),
  ];
}
