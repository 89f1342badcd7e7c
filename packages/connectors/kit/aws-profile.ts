import { badInput, Fault } from "@leasehold/core/kernel";
import { hosted } from "./aws-connect.ts";
import { ownKeys } from "./aws-own-keys.ts";
import { accountBehind, type Keys, type StsParts, surely } from "./sts.ts";

export interface ProfilePlace {
  readonly account: string;
  readonly profile: string;
  readonly role?: string | undefined;
}

/** Credentials of a profile that somebody named, or of a role from there; refused where AWS says that they are of another account. */
export function profileKeys(place: ProfilePlace, parts: StsParts): () => Promise<Keys> {
  const keys = hosted({ account: place.account, role: place.role }, ownKeys(place.profile), parts);
  let kept: Promise<Keys> | undefined;
  let until = 0;
  const now = parts.now ?? (() => new Date());
  return async () => {
    if (kept === undefined || now().getTime() > until) {
      kept = keys();
      until = now().getTime() + RENEWS;
    }
    return kept.catch((error: unknown) => {
      kept = undefined;
      throw error;
    });
  };
}

/** Which account a profile's own credentials are of, as AWS says. What AWS does not take is no matter of a permission: this call needs none. */
export async function profileAccount(profile: string, parts: StsParts): Promise<string> {
  const keys = await ownKeys(profile)();
  return accountBehind(keys, { ...parts, region: surely(parts.region) }).catch((error: unknown) => {
    if (!(error instanceof Fault) || error.name !== "PermissionMissing") throw error;
    throw badInput("AWS does not take the credentials of this profile: they have ended, sign in again", { profile });
  });
}

const RENEWS = 900_000; // milliseconds: a role's credentials last an hour
