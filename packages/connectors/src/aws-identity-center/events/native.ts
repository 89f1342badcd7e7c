import { Instant } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { unmasked } from "../../../kit/index.ts";
import { isAttribute, person, type Said, Text, type What } from "./person.ts";

const KINDS = { "User Created": "joined", "User Updated": "moved", "User Deleted": "left" } as const;

// The documentation shows the envelope and says that `resources` names what is meant; of `detail` we have seen no example.
// So each field is looked for under the spellings that AWS uses elsewhere, and what has another type is not there.
const soft = <S extends z.ZodMiniType>(schema: S) => z.catch(z.optional(schema), undefined);
const SoftId = soft(z.string().check(z.maxLength(128)));
const Names = soft(z.array(z.string().check(z.maxLength(128))).check(z.maxLength(256)));

export const NativeEvent = z.object({
  "detail-type": z.enum(["User Created", "User Updated", "User Deleted"]),
  source: z.literal("aws.identitystore"),
  id: z.string().check(z.maxLength(128)),
  account: z.string().check(z.maxLength(32)),
  time: Instant,
  resources: z._default(z.array(Text).check(z.maxLength(64)), []),
  detail: z.object({
    ...{ "identity-store-id": SoftId, identityStoreId: SoftId, IdentityStoreId: SoftId },
    ...{ "user-id": SoftId, userId: SoftId, UserId: SoftId },
    ...{ "user-status": SoftId, userStatus: SoftId, UserStatus: SoftId },
    ...{ "changed-attributes": Names, changedAttributes: Names, ChangedAttributes: Names },
  }),
});
export type NativeEvent = z.infer<typeof NativeEvent>;

/** The notification names no actor: who did it stands in CloudTrail's record only. */
export function normaliseNative(event: NativeEvent): readonly Signal[] {
  const { detail, resources } = event;
  const storeId =
    unmasked(detail["identity-store-id"] ?? detail.identityStoreId ?? detail.IdentityStoreId) ?? storeOf(resources);
  const userId = unmasked(detail["user-id"] ?? detail.userId ?? detail.UserId) ?? userOf(resources);
  if (storeId === undefined || userId === undefined) return []; // CloudTrail's record and the next list still tell
  const said: Said = {
    source: { connector: "aws-identity-center", eventId: event.id, occurredAt: event.time },
    tenant: event.account,
    by: { realm: "aws", name: "unknown", via: "unknown" },
  };
  return [person(said, storeId, userId, whatOf(event), changedOf(event))];
}

function whatOf({ "detail-type": type, detail }: NativeEvent): What {
  const status = detail["user-status"] ?? detail.userStatus ?? detail.UserStatus;
  return type === "User Updated" && status === "DISABLED" ? "held" : KINDS[type];
}

const changedOf = ({ detail }: NativeEvent) =>
  (detail["changed-attributes"] ?? detail.changedAttributes ?? detail.ChangedAttributes ?? []).filter(isAttribute);

const storeOf = (resources: readonly string[]) => part(resources, /:identitystore\/([^/]{1,128})$/);
const userOf = (resources: readonly string[]) => part(resources, /:identitystore:[^:]*:[^:]*:user\/([^/]{1,128})$/);

function part(resources: readonly string[], shape: RegExp): string | undefined {
  for (const arn of resources) {
    const found = unmasked(shape.exec(arn)?.[1]);
    if (found !== undefined) return found;
  }
  return undefined;
}
