import {
  DescribeSecretCommand,
  type DescribeSecretResponse,
  GetResourcePolicyCommand,
} from "@aws-sdk/client-secrets-manager";
import type { State, Target } from "@leasehold/core/connector";
import { badInput, Fault, type Instant, instantOf } from "@leasehold/core/kernel";
import { NEVER_TOUCH } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { askAws, isMissing } from "../../kit/index.ts";
import type { Api } from "./api.ts";
import { policyIn } from "./deny.ts";

const Handle = z.object({ account: z.string(), region: z.string(), name: z.string() });

export const READS = ["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"];

/** How it stands; undefined where it is not there, or is to be deleted: nobody can read it then. */
export interface Standing {
  readonly state: State;
  readonly secret?: DescribeSecretResponse;
  readonly policy?: string | undefined;
}

export async function standing(api: Api, target: Target): Promise<Standing> {
  const secret = await described(api, target);
  if (secret === undefined || secret.DeletedDate !== undefined) return { state: undefined };
  const { SecretId, send } = inRegion(api, target);
  const found = await askAws("secretsmanager:GetResourcePolicy", () =>
    send(new GetResourcePolicyCommand({ SecretId })),
  ).catch(isMissing);
  if (found === undefined) return { state: undefined };
  const { reads, rest } = policyIn(found.ResourcePolicy);
  // With when it was made: one that was made anew under the name is another one, and a plan for the old one has gone stale.
  const since = secret.CreatedDate === undefined ? "unknown" : instantOf(secret.CreatedDate.getTime());
  return { state: { reads, policy: rest, since }, secret, policy: found.ResourcePolicy };
}

/** The Regions of its copies of that status, as AWS tells it. */
export const copiesThat = (
  secret: DescribeSecretResponse | undefined,
  status: "InProgress" | "Failed",
): readonly string[] =>
  (secret?.ReplicationStatus ?? []).flatMap(({ Region, Status }) => (Status === status ? [Region ?? "a Region"] : []));

/** Of the day: it says no more; and nothing where it was never read. */
export async function lastUsed(api: Api, target: Target): Promise<Instant | null | undefined> {
  const secret = await described(api, target);
  if (secret === undefined) return undefined;
  return secret.LastAccessedDate === undefined ? null : instantOf(secret.LastAccessedDate.getTime());
}

/** Names may look like the end of an ARN, and are found in more than one way: what is answered must be what was asked for. */
async function described(api: Api, target: Target): Promise<DescribeSecretResponse | undefined> {
  const { SecretId, send } = inRegion(api, target);
  const ask = () => send(new DescribeSecretCommand({ SecretId }));
  const secret = await askAws("secretsmanager:DescribeSecret", ask).catch(isMissing);
  if (secret === undefined || secret.Name === SecretId) return secret;
  throw new Fault("Unavailable", "Secrets Manager answered about another secret", { provider: "aws" });
}

/** Why it is never touched, read live where it would be done: whatever was decided elsewhere. */
export function untouchable(target: Target, secret: DescribeSecretResponse): string | undefined {
  const { region, name = "" } = target.handle;
  if (name.startsWith("leasehold/")) return "never touched: it is Leasehold's own";
  if (secret.Tags?.some(({ Key }) => Key?.toLowerCase() === NEVER_TOUCH))
    return `never touched: it is tagged ${NEVER_TOUCH}`;
  if (secret.OwningService !== undefined) return `never touched: ${secret.OwningService} made it and keeps it`;
  const primary = secret.PrimaryRegion;
  return primary !== undefined && primary !== region ? `it is a copy: the one to act on is in ${primary}` : undefined;
}

/** By its name: a name is one secret's at a time. */
export function inRegion(api: Api, { handle }: Target) {
  const { success, data } = Handle.safeParse(handle);
  if (!success) throw badInput("this is no handle of a secret", { where: "handle" });
  if (data.account !== api.account)
    throw badInput(
      "the secret is of another account than the configuration names: name that one, too, in aws.accounts",
      { where: "handle.account" },
    );
  if (!api.regions.includes(data.region))
    throw badInput("the secret is in a Region that the settings do not name", { where: "handle.region" });
  return { SecretId: data.name, send: api.secrets(data.region) };
}
