import { derivedId, Instant } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { ownerOf, RepositoryName, repositoryIdentity } from "./repository.ts";
import { actorOf, Id, Text, User } from "./who.ts";

/**
 * Only the fields that we use: https://docs.github.com/webhooks/webhook-events-and-payloads#deploy_key. There is no field for the
 * key: it is the public half, and it is nothing to us. Nor for its title, which is whatever its maker wrote.
 */
export const KeyBody = z.object({
  action: Text,
  key: z.object({ id: Id, created_at: Instant, read_only: z.boolean() }),
  repository: z.object({ id: Id, full_name: RepositoryName }),
  sender: z.nullish(User),
});

/** Whoever added the key need not be the one who keeps its private half; nobody else is known to GitHub. */
export function keySaid(
  { action, key, repository, sender }: z.infer<typeof KeyBody>,
  cameAt: Instant | undefined,
): readonly Signal[] {
  const occurredAt = action === "created" ? key.created_at : cameAt;
  if (occurredAt === undefined) return []; // GitHub dates no deletion
  const credential = derivedId("crd", "github", "deploy key", String(key.id));
  const said = {
    source: { connector: "github", eventId: `keys/${key.id}/${action}`, occurredAt },
    tenant: ownerOf(repository),
    by: actorOf(sender),
    credential,
  };
  if (action === "deleted") return [{ kind: "credential.deleted", ...said }];
  if (action !== "created") return [];
  return [
    {
      kind: "credential.issued",
      ...said,
      type: "deploy key",
      identity: repositoryIdentity(repository),
      handle: { repository: repository.full_name, keyId: String(key.id) },
      reach: key.read_only ? "read" : "write",
    },
  ];
}
