import { badInput, Fault, throttled, unavailable } from "@leasehold/core/kernel";

const EXPIRED = ["ExpiredTokenException", "ExpiredToken", "RequestExpired", "InvalidGrantException"];
const UNKNOWN = [
  ...["UnrecognizedClientException", "InvalidClientTokenId", "InvalidSignatureException"],
  ...["SignatureDoesNotMatch", "IncompleteSignature", "MissingAuthenticationToken"],
];
const SLOWER = ["ThrottlingException", "Throttling", "TooManyRequestsException", "LimitExceededException"];
const NO_CREDENTIALS = ["CredentialsProviderError", "TokenProviderError", "ProviderError"];

export const expired = () =>
  badInput("your AWS session has expired: sign in again, for example with `aws sso login`, and run this again");

export const notKnown = () =>
  badInput("AWS does not accept these credentials: see that --profile is the right one and that the clock is right");

export const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;

/** An SDK's error as one of ours. Its text stays behind: it may quote what was sent. */
export function awsFault(error: unknown, permission: string): Fault {
  if (error instanceof Fault) return error;
  const name = error instanceof Error ? error.name : "";
  const text = error instanceof Error ? error.message : "";
  if (NO_CREDENTIALS.includes(name)) return /expired|sso login|refresh/i.test(text) ? expired() : nobody();
  if (EXPIRED.includes(name)) return expired();
  if (UNKNOWN.includes(name)) return notKnown();
  if (name === "AccessDeniedException" || name === "AccessDenied") return refused(permission);
  if (SLOWER.includes(name)) return throttled("aws");
  if (/region is missing/i.test(text))
    return badInput("AWS regions are many: say which one the stage is in", { flag: "--region" });
  return isOurs(error) ? badInput("AWS refused this request", { permission }) : unavailable("aws");
}

const nobody = () =>
  badInput("no AWS credentials were found: sign in, or say with --profile which of your profiles signs");

export const refused = (permission: string) =>
  new Fault("PermissionMissing", "your AWS identity may not do this", { permission });

const isOurs = (error: unknown): boolean => (error as { readonly $fault?: unknown } | undefined)?.$fault === "client";
