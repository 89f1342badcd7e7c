import { Instant } from "@leasehold/core/kernel";
import type { Identity, Signal, SignalOf } from "@leasehold/core/signal";
import { accessKey, iamIdentity, iamRole, iamRoleArn, iamUserArn, unmasked } from "./aws-ids.ts";

type Said = Pick<SignalOf<"credential.exposed">, "source" | "tenant" | "by">;

/** The exact credential: a key of a session is none, for nothing can be done to it but to whoever it acts for. */
export function exposedKey(said: Said, key: string | null | undefined): readonly Signal[] {
  const id = unmasked(key) ?? "";
  return /^(AKIA|ACCA)[A-Z0-9]{12,124}$/.test(id)
    ? [{ kind: "credential.exposed", ...said, credential: accessKey(id) }]
    : [];
}

export const exposedHolder = (said: Said, identity: Identity | undefined): readonly Signal[] =>
  identity === undefined ? [] : [{ kind: "identity.exposed", ...said, identity }];

/** What a finding tells of whose key it was; `type` is the provider's word for it, and `principalId` its own id of whoever it is. */
export interface Principal {
  readonly type?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly principalId?: string | null | undefined;
}

/**
 * A role and a user may have one name, and whoever is federated has a name of somebody else's choice: without the type, and the id
 * that belongs to it, a name is nobody's.
 */
export function holderOf(account: string, partition: string, { type, name, principalId }: Principal) {
  const [called, id] = [unmasked(name), unmasked(principalId)];
  if (called === undefined || !/^[\w+=,.@-]{1,128}$/.test(called) || !/^\d{12}$/.test(account)) return undefined;
  const told = /^A(ID|RO)A/.exec(id ?? "")?.[0]; // it belongs to the one kind or the other
  if (type === "IAMUser" && told !== "AROA") return iamIdentity(iamUserArn(account, called, partition));
  if (type === "AssumedRole" && told !== "AIDA") return iamRole(iamRoleArn(account, called, partition));
  return undefined;
}

/** AWS writes some times as `2026-11-02T09:00:00Z`, and others as `Mon, 02 Nov 2026 09:00:00 GMT`. */
export function timeIn(text: string | null | undefined): Instant | undefined {
  const exact = Instant.safeParse(text);
  if (exact.success) return exact.data;
  const millis = Date.parse(/^\w{3}, .+ GMT$/.test(text ?? "") ? (text ?? "") : "");
  return Number.isNaN(millis) ? undefined : Instant.safeParse(new Date(millis).toISOString()).data;
}
