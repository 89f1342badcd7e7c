import { type Config, checkNames, type Deployment, readConfig, settingsOf } from "@leasehold/app/config";
import { connectors } from "@leasehold/connectors";
import { type Connector, declare } from "@leasehold/core/connector";
import { badInput } from "@leasehold/core/kernel";
import { nameOn } from "@leasehold/workflows";
import { checkFiles } from "./files.ts";
import type { Linked } from "./linked.ts";
import { isCommercial, thingsOf } from "./place.ts";
import { isPartners } from "./sources.ts";
import { isAws, rightsOf } from "./vendors.ts";

/** What is deployed: `leasehold.config.ts`, read by us and by every connector that it names. */
export interface Given {
  readonly stage: string;
  readonly aws: Deployment;
  readonly config: Config;
  readonly written: Readonly<Record<string, unknown>>; // as it stands in the file, for the functions to read again
  readonly linked: readonly Linked[];
}

/** Checks a configuration for one stage, and refuses what would fail only once it is deployed, or not at all. */
export async function checkGiven(stage: string, written: unknown): Promise<Given> {
  nameOn(stage, "wake"); // refuses a stage whose things cannot be named
  const config = readConfig(written);
  const { aws } = config;
  if (aws === undefined)
    throw badInput("leasehold.config.ts says nothing of AWS: add `aws: { account, region }`", { where: "aws" });
  if (!LOG_DAYS.includes(aws.logDays))
    throw badInput(`CloudWatch keeps logs for ${LOG_DAYS.join(", ")} days only`, { where: "aws.logDays" });
  checkNames(config, Object.keys(connectors).sort());
  const linked = await Promise.all(Object.entries(config.connectors).map(([id, { settings }]) => link(id, settings)));
  if (!isCommercial(aws.region))
    throw badInput("this is wired for AWS's commercial regions: elsewhere IAM is heard in another region", {
      where: "aws.region",
    });
  for (const one of linked) checkPlace(one, config, aws);
  for (const one of linked) checkQuarantine(one, thingsOf({ stage, account: aws.account, region: aws.region }));
  checkPartners(aws, linked);
  checkAccounts(aws);
  checkFiles(aws, linked);
  return { stage, aws, config, written: written as Given["written"], linked };
}

/** The retentions that CloudWatch takes. */
const LOG_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

async function link(id: string, given: Readonly<Record<string, unknown>>): Promise<Linked> {
  const connector: Connector = await connectors[id as keyof typeof connectors]();
  const settings = settingsOf(connector, given) as Linked["settings"];
  const linked = { id, connector, declared: declare(connector), settings, given };
  checkSecrets(linked);
  if (id.startsWith("aws-") && settings["profile"] !== undefined) {
    throw badInput('a function has no profiles: say source "host" instead', {
      where: `connectors.${id}.settings.profile`,
    });
  }
  return linked;
}

/**
 * One role of the settings would be the role of the reader, of who acts and of who deletes. So it is for looking only; what
 * acts runs as the roles of its own functions, in the account where they are.
 */
function checkPlace(linked: Linked, { connectors: all }: Config, { account }: Deployment): void {
  const { id, declared, settings } = linked;
  if (!isAws(id) || rightsOf(linked).length === 0) return; // who only listens asks nothing of any account
  if (settings["account"] === undefined && settings["role"] === undefined) return; // nor does who names none, where that may be left out
  const where = `connectors.${id}.settings`;
  const acts = declared.hands.length > 0 && all[id]?.mode !== "observe";
  if (settings["role"] === undefined && settings["account"] !== account)
    throw badInput("our functions are of another account than this: name the role there that they take on to look", {
      where: `${where}.role`,
    });
  if (settings["role"] !== undefined && acts)
    throw badInput(
      'one role would look, act and delete: leave `role` out where the account is aws.account, or say mode "observe"',
      { where: `${where}.role` },
    );
}

/** Our own roles may attach the policy that this stage deploys, and no other: another would be refused only when it is needed. */
function checkQuarantine({ id, settings }: Linked, { name, policy }: ReturnType<typeof thingsOf>): void {
  const ours = policy(name("quarantine"));
  const named = settings["quarantine"];
  if (!isAws(id) || settings["role"] !== undefined || named === undefined || named === ours) return;
  throw badInput(`our roles may attach the policy of this stage alone: name ${ours}, or leave it out`, {
    where: `connectors.${id}.settings.quarantine`,
  });
}

/** Only what begins with the connector's own name can be read by its functions. */
function checkSecrets(linked: Linked): void {
  const { id, connector, settings } = linked;
  const signing = connector.signedWith?.(settings) ?? [];
  if (connector.desk?.read !== undefined && signing.length === 0) {
    throw badInput("answers come to a desk over HTTP, and its settings name no secret that they are signed with", {
      where: `connectors.${id}.settings`,
    });
  }
  const named = Object.entries(settings).filter(([key]) => key.endsWith("Name"));
  for (const [key, name] of [...named, ...signing.map((one) => ["signedWith", one] as const)]) {
    if (typeof name === "string" && !name.startsWith(`${id}.`)) {
      throw badInput(`on AWS the names of this connector's secrets begin with ${id}.`, {
        where: `connectors.${id}.settings.${key}`,
      });
    }
  }
}

/** Each once, none the stage's own; and no role is assumed without what keeps it from being anybody else's. */
function checkAccounts({ account, accounts, externalId }: Deployment): void {
  const ids = accounts.map(({ id }) => id);
  if (ids.includes(account))
    throw badInput("it names aws.account, which is not a further one: leave it out", { where: "aws.accounts" });
  if (new Set(ids).size < ids.length) throw badInput("it names an account twice", { where: "aws.accounts" });
  if (ids.length > 0 && externalId === undefined)
    throw badInput("choose an external id: the roles of further accounts ask for it (docs/accounts.md)", {
      where: "aws.externalId",
    });
}

function checkPartners({ partners }: Deployment, linked: readonly Linked[]): void {
  for (const id of Object.keys(partners)) {
    if (linked.some((one) => one.id === id && isPartners(one.connector))) continue;
    throw badInput("a partner's events need a connector that reads them", { where: `aws.partners.${id}` });
  }
}
