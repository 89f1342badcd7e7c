import {
  CreateSecretCommand,
  DescribeSecretCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  type SecretListEntry,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { type Instant, instantOf } from "@leasehold/core/kernel";
import { awsFault, credentialsOf, isNamed, type Stage } from "../../stage/index.ts";
import type { Kept, Vault } from "./vault.ts";

const LIMITS = { requestHandler: { connectionTimeout: 5_000, requestTimeout: 15_000 }, maxAttempts: 3 } as const;

/** Secrets Manager, under the stage's own prefix, with the account's default key. */
export function secretsManager(stage: Stage): Vault {
  const { name: of, region, profile } = stage;
  const client = new SecretsManagerClient({
    ...{ ...LIMITS, credentials: credentialsOf(stage) },
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
  });
  const prefix = `leasehold/${of}/`;
  return {
    put: (name, value, token) =>
      named("secretsmanager:PutSecretValue and CreateSecret", prefix + name, async () => {
        const put = { SecretId: prefix + name, SecretString: value, ClientRequestToken: token };
        try {
          await client.send(new PutSecretValueCommand(put));
          return { created: false };
        } catch (error) {
          if (!isNamed(error, "ResourceNotFoundException")) throw error;
        }
        const Tags = [{ Key: "leasehold/stage", Value: of }];
        await client.send(
          new CreateSecretCommand({ Name: prefix + name, SecretString: value, ClientRequestToken: token, Tags }),
        );
        return { created: true };
      }),
    list: () => named("secretsmanager:ListSecrets", prefix, () => listed(client, prefix)),
    retire: (name) =>
      named("secretsmanager:DescribeSecret and UpdateSecretVersionStage", prefix + name, () =>
        retired(client, prefix + name),
      ),
  };
}

async function named<T>(permission: string, secret: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw awsFault(error, `${permission} on ${secret}`);
  }
}

/** The service's own filter is a loose one: what does not begin so is not ours. */
async function listed(client: SecretsManagerClient, prefix: string): Promise<readonly Kept[]> {
  const kept: Kept[] = [];
  let next: string | undefined;
  do {
    const page = await client.send(
      new ListSecretsCommand({ Filters: [{ Key: "name", Values: [prefix] }], MaxResults: 100, NextToken: next }),
    );
    const ours = (page.SecretList ?? []).filter(({ Name }) => Name?.startsWith(prefix));
    kept.push(...ours.map((entry) => keptOf(entry, prefix)));
    next = page.NextToken;
  } while (next !== undefined);
  return kept.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function keptOf(
  { Name = "", CreatedDate, LastChangedDate, SecretVersionsToStages }: SecretListEntry,
  prefix: string,
): Kept {
  return {
    name: Name.slice(prefix.length),
    ...{ created: at(CreatedDate), changed: at(LastChangedDate) },
    previousCounts: Object.values(SecretVersionsToStages ?? {}).some((stages) => stages.includes("AWSPREVIOUS")),
  };
}

const at = (date: Date | undefined): Instant | undefined => date && instantOf(date.getTime());

/**
 * A version that has lost its last label is deprecated, and whoever asks for AWSPREVIOUS finds none:
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html
 */
async function retired(client: SecretsManagerClient, id: string) {
  const versions = await client.send(new DescribeSecretCommand({ SecretId: id })).catch((error: unknown) => {
    if (isNamed(error, "ResourceNotFoundException")) return undefined;
    throw error;
  });
  if (versions === undefined) return undefined;
  const all = Object.entries(versions.VersionIdsToStages ?? {});
  const [previous] = all.find(([, stages]) => stages.includes("AWSPREVIOUS")) ?? [];
  if (previous === undefined) return "nothing to retire" as const;
  await client.send(
    new UpdateSecretVersionStageCommand({ SecretId: id, VersionStage: "AWSPREVIOUS", RemoveFromVersionId: previous }),
  );
  return "retired" as const;
}
