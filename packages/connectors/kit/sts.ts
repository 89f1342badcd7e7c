import { badInput, denied, Fault, throttled, unavailable } from "@leasehold/core/kernel";
import { Sha256 } from "./sha256.ts";

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}
export interface StsParts {
  readonly region: string;
  readonly now?: () => Date;
  readonly endpoint?: string | undefined; // where it answers, if not at AWS's own address
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** One that no account can switch off, of the same partition: which account it is they all say. */
export const surely = (region: string): string =>
  region.startsWith("us-gov-") ? "us-gov-west-1" : region.startsWith("cn-") ? "cn-north-1" : "us-east-1";

/** https://docs.aws.amazon.com/general/latest/gr/sts.html */
export const suffixOf = (region: string): string => (region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com");

const FORM = "application/x-www-form-urlencoded; charset=utf-8";

/** Which account these credentials are of, as AWS itself says: it cannot be denied, and no name of ours can lie about it. */
export async function accountBehind(keys: Keys, parts: StsParts): Promise<string> {
  const said = await ask(keys, { Action: "GetCallerIdentity" }, "sts:GetCallerIdentity", parts);
  return only(said, "Account");
}

/** Credentials of a role for an hour. */
export async function assumed(
  keys: Keys,
  { role, externalId }: { readonly role: string; readonly externalId?: string | undefined },
  parts: StsParts,
): Promise<Keys> {
  const form = { Action: "AssumeRole", RoleArn: role, RoleSessionName: "leasehold" };
  const said = await ask(keys, { ...form, ...(externalId && { ExternalId: externalId }) }, "sts:AssumeRole", parts);
  return {
    accessKeyId: only(said, "AccessKeyId"),
    secretAccessKey: only(said, "SecretAccessKey"),
    sessionToken: only(said, "SessionToken"),
    expiration: new Date(only(said, "Expiration")),
  };
}

/** The SDK's client for two calls would be a fifth of a function's bundle. */
async function ask(keys: Keys, form: Record<string, string>, permission: string, parts: StsParts): Promise<string> {
  const { region, now = () => new Date(), fetch: send = fetch } = parts;
  const at = new URL(parts.endpoint ?? `https://sts.${region}.${suffixOf(region)}`);
  const body = new URLSearchParams({ ...form, Version: "2011-06-15" }).toString();
  const { SignatureV4 } = await import("@smithy/signature-v4"); // who calls no AWS loads nothing that signs
  const signer = new SignatureV4({ service: "sts", region, credentials: keys, sha256: Sha256 });
  const unsigned = { "content-type": FORM, host: at.host };
  const { headers } = await signer.sign(
    { method: "POST", protocol: at.protocol, hostname: at.hostname, path: "/", query: {}, headers: unsigned, body },
    { signingDate: now() },
  );
  const signal = AbortSignal.timeout(5_000);
  const response = await send(`${at.origin}/`, {
    method: "POST",
    headers,
    body,
    redirect: "manual",
    signal,
  }).catch(() => {
    throw unavailable("aws"); // no cause: a network error may quote what was sent
  });
  const { status } = response;
  if (status === 200) return response.text().catch(() => Promise.reject(unavailable("aws")));
  if (status === 429) throw throttled("aws");
  if (status >= 500) throw unavailable("aws");
  if (status === 400 || status === 401 || status === 403) throw denied("aws", permission);
  throw new Fault("Unexpected", "AWS answered in a way that nobody planned for", { permission, status });
}

function only(xml: string, name: string): string {
  const found = new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml)?.[1];
  if (found === undefined)
    throw badInput("AWS's answer has another shape than expected", { provider: "aws", where: name });
  return found;
}
