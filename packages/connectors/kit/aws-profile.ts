import { badInput } from "@leasehold/core/kernel";
import { hosted } from "./aws-connect.ts";
import type { Keys, StsParts } from "./sts.ts";

export interface ProfilePlace {
  readonly account: string;
  readonly profile: string;
  readonly role?: string | undefined;
}

/** Credentials of a profile that somebody named, or of a role from there; refused where AWS says that they are of another account. */
export function profileKeys(place: ProfilePlace, parts: StsParts): () => Promise<Keys> {
  let own: (() => Promise<Keys>) | undefined;
  const start = async () => {
    const { fromIni } = await import("@aws-sdk/credential-providers");
    own ??= fromIni({ profile: place.profile }) as () => Promise<Keys>;
    return own().catch(() => {
      // no cause: its text may quote the file
      throw badInput("this AWS profile has no credentials: it is not there, or you must sign in again", {
        profile: place.profile,
      });
    });
  };
  const keys = hosted({ account: place.account, role: place.role }, start, parts);
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

const RENEWS = 900_000; // milliseconds: a role's credentials last an hour
