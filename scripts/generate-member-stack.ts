import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { badInput, Fault } from "@leasehold/core/kernel";
import { loaded } from "../stacks/configuration.ts";
import { memberTemplate } from "../stacks/tables/member.ts";
import { routingOf } from "../stacks/tables/routing.ts";

const HELP = `Writes the CloudFormation template of the accounts that aws.accounts names, for a StackSet.

  npm run generate:member-stack -- --stage STAGE [--out FILE]

  --stage   the stage of the hub, as in \`sst deploy --stage STAGE\`
  --out     the file to write; without it the template goes to stdout
  --help    this

It reads leasehold.config.ts, or the file that LEASEHOLD_CONFIG names. How to roll it out: docs/accounts.md.
Exit codes: 0 written, 2 the input is wrong.`;

/** The template as it is uploaded, and the regions that it belongs into: home first, where the roles are made that the others name. */
export async function memberStack(
  stage: string,
): Promise<{ readonly text: string; readonly regions: readonly string[] }> {
  const given = await loaded(stage);
  if (given.aws.accounts.length === 0)
    throw badInput("leasehold.config.ts names no further account: add them (docs/accounts.md)", {
      where: "aws.accounts",
    });
  const regions = new Set([given.aws.region, ...routingOf(given).sent.map(({ region }) => region)]);
  return { text: `${JSON.stringify(memberTemplate(given), null, 2)}\n`, regions: [...regions] };
}

async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { stage: { type: "string" }, out: { type: "string" }, help: { type: "boolean" } },
  });
  if (values.help) return void console.log(HELP);
  if (values.stage === undefined) throw badInput("say of which stage: --stage prod", { where: "--stage" });
  const { text, regions } = await memberStack(values.stage);
  if (values.out === undefined) return void process.stdout.write(text);
  writeFileSync(values.out, text);
  console.error(`wrote ${values.out}; roll it out in ${regions.join(", ")}, in this order`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  await main(process.argv.slice(2)).catch((error: unknown) => {
    const { where } = error instanceof Fault ? error.facts : {};
    console.error(`${where === undefined ? "" : `${String(where)}: `}${(error as Error).message}`);
    process.exitCode = 2;
  });
