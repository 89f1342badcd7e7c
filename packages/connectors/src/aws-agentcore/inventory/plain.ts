import {
  ListAgentRuntimesCommand,
  ListApiKeyCredentialProvidersCommand,
  ListOauth2CredentialProvidersCommand,
  ListWorkloadIdentitiesCommand,
} from "@aws-sdk/client-bedrock-agentcore-control";
import { instantOf } from "@leasehold/core/kernel";
import type { Signal, SignalOf } from "@leasehold/core/signal";
import { askAws, awsCredential, awsIdentity, fewAtOnce, partitionOf, type RegionalList } from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import { PROVIDERS, type ProviderOf, providerHandle } from "../named.ts";
import { RUNTIME_SESSIONS, sessionsHandle } from "../sessions/index.ts";
import { type Look, newLook, ofAccount, seenBy, seenIdentity, tagsOf } from "./look.ts";

/** A thing that its list names whole: by its ARN. */
interface Listed {
  readonly arn: string | undefined;
  readonly name: string | undefined;
  readonly createdAt: Date | undefined;
}
interface Page {
  readonly items: readonly Listed[];
  readonly nextToken: string | undefined;
}
type Ask = (look: Look, nextToken: { readonly nextToken?: string }) => Promise<Page>;
type Show = (look: Look, arn: string, listed: Listed) => Promise<readonly Signal[]>;

const listOf = (name: string, permission: string, ask: Ask, show: Show): RegionalList<Api> => ({
  name,
  page: async (api, region, token, now) => {
    const look = newLook(api, region, now);
    const { items, nextToken } = await askAws(permission, () =>
      ask(look, token === undefined ? {} : { nextToken: token }),
    );
    const found = await fewAtOnce(items, async (one) =>
      one.arn === undefined ? [] : show(look, ofAccount(api, one.arn), one),
    );
    return { signals: found.flat(), next: nextToken, whole: look.whole };
  },
});

const identities =
  (type: string): Show =>
  async (look, arn, { createdAt }) => {
    const { owner } = await tagsOf(look, arn);
    return [seenIdentity(look, { arn, type, ...owner, createdAt })];
  };

/** It has no switch: it is on as long as it is there. Its secret lies in Secrets Manager, and is neither asked for nor answered. */
const providers =
  (of: ProviderOf): Show =>
  async (look, arn, { name = "", createdAt }) => {
    const { owner, tags } = await tagsOf(look, arn);
    const place = { partition: partitionOf(arn), region: look.region, account: look.api.account };
    return [
      {
        ...{ kind: "credential.seen", ...seenBy(look.api, arn, look.now), credential: awsCredential(arn) },
        ...{ type: PROVIDERS[of], identity: awsIdentity(arn), handle: providerHandle(place, name) },
        ...{ state: "on", reach: "unknown", ...owner, ...tags },
        ...(createdAt && { createdAt: instantOf(createdAt.getTime()) }),
      },
    ];
  };

export const runtimes = listOf(
  "runtimes",
  "bedrock-agentcore:ListAgentRuntimes",
  async ({ send }, next) => {
    const { agentRuntimes = [], nextToken } = await send(new ListAgentRuntimesCommand({ maxResults: 100, ...next }));
    const items = agentRuntimes.map((one) => ({
      ...{ arn: one.agentRuntimeArn, name: one.agentRuntimeName, createdAt: undefined },
    }));
    return { items, nextToken };
  },
  async (look, arn, listed) => {
    const { owner, tags } = await tagsOf(look, arn);
    const runtime = seenIdentity(look, { arn, type: "runtime", ...owner, createdAt: listed.createdAt });
    return [runtime, ...sessionsSeen(look, arn, { ...owner, ...tags })];
  },
);

type Told = Partial<Pick<SignalOf<"credential.seen">, "owner" | "tags">>;

/** An item of its own only where somebody lets us end them. AgentCore lists no session: that there can be some is all that is said. */
function sessionsSeen({ api, now }: Look, arn: string, told: Told): readonly Signal[] {
  const handle = api.contain && sessionsHandle(api.account, arn);
  if (handle === undefined) return [];
  const { source, tenant } = seenBy(api, `${arn}:sessions`, now);
  return [
    {
      ...{ kind: "credential.seen", source, tenant, credential: awsCredential(arn), type: RUNTIME_SESSIONS, handle },
      ...{ identity: awsIdentity(arn), state: "on", reach: "unknown", ...told },
    },
  ];
}

export const workloads = listOf(
  "workload-identities",
  "bedrock-agentcore:ListWorkloadIdentities",
  async ({ send }, next) => {
    const { workloadIdentities = [], nextToken } = await send(
      new ListWorkloadIdentitiesCommand({ maxResults: 20, ...next }),
    );
    const items = workloadIdentities.map(({ workloadIdentityArn: arn, name }) => ({ arn, name, createdAt: undefined }));
    return { items, nextToken };
  },
  identities("workload identity"),
);

interface Provider {
  readonly credentialProviderArn: string | undefined;
  readonly name: string | undefined;
  readonly createdTime: Date | undefined;
}
const provider = ({ credentialProviderArn: arn, name, createdTime: createdAt }: Provider): Listed => ({
  ...{ arn, name, createdAt },
});

export const oauth2Providers = listOf(
  "oauth2-credential-providers",
  "bedrock-agentcore:ListOauth2CredentialProviders",
  async ({ send }, next) => {
    const found = await send(new ListOauth2CredentialProvidersCommand({ maxResults: 20, ...next }));
    return { items: (found.credentialProviders ?? []).map(provider), nextToken: found.nextToken };
  },
  providers("Oauth2"),
);

export const apiKeyProviders = listOf(
  "api-key-credential-providers",
  "bedrock-agentcore:ListApiKeyCredentialProviders",
  async ({ send }, next) => {
    const found = await send(new ListApiKeyCredentialProvidersCommand({ maxResults: 100, ...next }));
    return { items: (found.credentialProviders ?? []).map(provider), nextToken: found.nextToken };
  },
  providers("ApiKey"),
);
