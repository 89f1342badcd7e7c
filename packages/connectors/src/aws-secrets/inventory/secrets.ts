import {
  GetResourcePolicyCommand,
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
  type SecretListEntry,
} from "@aws-sdk/client-secrets-manager";
import { instantOf } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import { askAws, fewAtOnce, lookAt, lookAtAll, partitionOf, type RegionalList } from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import { secretNamed } from "../named.ts";
import { type Look, ofAccount, seenKept } from "./look.ts";
import { readersOf } from "./readers.ts";

const SECRETS_A_PAGE = 100;

/** Every secret, those that are to be deleted too: until then somebody may take that back. */
export const secrets: RegionalList<Api> = {
  name: "secrets",
  page: async (api, region, token, now) => {
    const look: Look = { api, region, now, whole: true };
    const listed = await askAws("secretsmanager:ListSecrets", () =>
      api.secrets(region)(
        new ListSecretsCommand({
          ...{ IncludePlannedDeletion: true, MaxResults: SECRETS_A_PAGE },
          ...(token !== undefined && { NextToken: token }),
        }),
      ),
    );
    const found = await fewAtOnce(listed.SecretList ?? [], (entry) => seen(look, entry));
    return { signals: found.flat(), next: listed.NextToken, whole: look.whole };
  },
};

async function seen(look: Look, entry: SecretListEntry): Promise<readonly Signal[]> {
  if (entry.ARN === undefined || entry.Name === undefined) return [];
  const arn = ofAccount(look.api, entry.ARN);
  const readers = await readersNow(look, arn);
  const storedAt = await currentSince(look, arn);
  const { CreatedDate, LastAccessedDate, DeletedDate, Description, Tags = [] } = entry;
  const lastUsed = LastAccessedDate === undefined ? null : instantOf(LastAccessedDate.getTime());
  const state = DeletedDate === undefined ? "on" : "off";
  const dates = { createdAt: CreatedDate, storedAt };
  const shown = { state, lastUsed, tags: Tags, description: Description, ...dates } as const;
  const kept = secretNamed({ ...placeOf(look), partition: partitionOf(arn) }, entry.Name);
  return [seenKept(look, kept, { ...shown, ...(readers !== undefined && { readers }) })];
}

const placeOf = ({ api: { account }, region }: Look) => ({ region, account });

async function readersNow(look: Look, SecretId: string) {
  const found = await lookAt(look, "secretsmanager:GetResourcePolicy", () =>
    look.api.secrets(look.region)(new GetResourcePolicyCommand({ SecretId })),
  );
  return found && readersOf(found.ResourcePolicy);
}

/** Since when it has its value: a change of its description or policy moves its own dates, a value is a version. */
async function currentSince(look: Look, SecretId: string): Promise<Date | undefined> {
  const pages = await lookAtAll(look, "secretsmanager:ListSecretVersionIds", async (NextToken) => {
    const page = await look.api.secrets(look.region)(
      new ListSecretVersionIdsCommand({ SecretId, MaxResults: 100, ...(NextToken !== undefined && { NextToken }) }),
    );
    return { versions: page.Versions ?? [], nextToken: page.NextToken || undefined }; // an empty one says no more
  });
  return pages.flatMap(({ versions }) => versions).find((one) => one.VersionStages?.includes("AWSCURRENT"))
    ?.CreatedDate;
}
