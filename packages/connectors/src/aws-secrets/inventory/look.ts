import { badInput, type CredentialId, type Instant, instantOf } from "@leasehold/core/kernel";
import { MOST_KEPT, marksOf, type SignalOf } from "@leasehold/core/signal";
import { accessKey, accountOf, awsIdentity, type Looking, ownerIn } from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import { credentialOf, handleOf, type Kept } from "../named.ts";

export interface Look extends Looking {
  readonly api: Api;
  readonly region: string;
  readonly now: Instant;
}

type Seen = SignalOf<"credential.seen">;
interface Shown extends Pick<Seen, "state">, Partial<Pick<Seen, "lastUsed" | "readers">> {
  readonly createdAt?: Date | undefined;
  readonly storedAt?: Date | undefined;
  readonly tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined; // undefined: not seen
  readonly description?: string | undefined;
}

/** Dated by the look: neither service has a time for what is written on a thing, or taken from it. */
export function seenKept(look: Look, kept: Kept, { createdAt, storedAt, tags, description, ...shown }: Shown): Seen {
  const all =
    tags && Object.fromEntries(tags.flatMap(({ Key, Value = "" }) => (Key === undefined ? [] : [[Key, Value]])));
  const owner = all && ownerIn(all);
  const marks = all && marksOf(all);
  const words = [kept.name, description ?? "", ...Object.entries(all ?? {}).flat()];
  return {
    kind: "credential.seen",
    source: { connector: "aws-secrets", eventId: `list:${kept.arn}:${look.now}`, occurredAt: look.now },
    tenant: look.api.account,
    ...{ credential: credentialOf(kept), type: kept.type, identity: awsIdentity(kept.arn), handle: handleOf(kept) },
    ...{ reach: "unknown", ...shown },
    ...(tags !== undefined && { keeps: [...keysIn(words)] }),
    ...(owner && { owner }),
    ...(marks && { tags: [...marks] }),
    ...(createdAt && { createdAt: instantOf(createdAt.getTime()) }),
    ...(storedAt && { storedAt: instantOf(storedAt.getTime()) }),
  };
}

const KEY_ID = /(?<![A-Z0-9])(?:AKIA|ACCA)[A-Z0-9]{16}(?![A-Z0-9])/g;

/**
 * The credentials whose ids stand in what people wrote on it. An access key's id opens nothing, and is the only thing that says for
 * sure which credential is meant; that this one's value lies here is the word of whoever wrote it.
 */
function keysIn(words: readonly string[]): readonly CredentialId[] {
  const ids = new Set(words.flatMap((text) => text.match(KEY_ID) ?? []));
  return [...ids].sort().slice(0, MOST_KEPT).map(accessKey);
}

/** The role answers for the account that the configuration names, or it is the wrong role. */
export function ofAccount(api: Api, arn: string): string {
  if (accountOf(arn) !== api.account)
    throw badInput("the role is of another account than the configuration names", { where: "account" });
  return arn;
}
