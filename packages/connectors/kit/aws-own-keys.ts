import { badInput } from "@leasehold/core/kernel";
import { pointedBy } from "./aws-endpoint.ts";
import type { Keys } from "./sts.ts";

/** Those that the profile itself has, and no others that lie around. */
export function ownKeys(profile: string): () => Promise<Keys> {
  let own: (() => Promise<Keys>) | undefined;
  return async () => {
    const { fromIni } = await import("@aws-sdk/credential-providers");
    own ??= fromIni({ profile, clientConfig: pointedBy(profile, "STS") }) as () => Promise<Keys>;
    return own().catch((error: unknown) => {
      throw badInput(saidOf(error), { profile }); // no cause: its text may quote the file
    });
  };
}

function saidOf(error: unknown): string {
  const { name = "", message = "" } = error as Partial<Error>;
  if (/\bSSO\b|aws sso login/i.test(message) || name === "TokenProviderError")
    return "the SSO session of this AWS profile has ended: sign in again by `aws sso login --profile <name>`";
  if (/Could not resolve credentials using profile/.test(message))
    return "there is no AWS profile of this name with credentials: see `aws configure list-profiles`";
  return "this AWS profile has no credentials: it is not there, or you must sign in again";
}
