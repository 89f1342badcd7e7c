import { createHash, createHmac } from "node:crypto";
import { badInput, denied, Fault, throttled, unavailable } from "@leasehold/core/kernel";

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}
export interface StsParts {
  readonly region: string;
  readonly now?: () => Date;
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

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
  const body = new URLSearchParams({ ...form, Version: "2011-06-15" }).toString();
  const host = `sts.${region}.amazonaws.com`;
  const headers = signed(keys, { region, host, body, at: now() });
  const signal = AbortSignal.timeout(5_000);
  const response = await send(`https://${host}/`, { method: "POST", headers, body, redirect: "manual", signal }).catch(
    () => {
      throw unavailable("aws"); // no cause: a network error may quote what was sent
    },
  );
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

interface Signing {
  readonly region: string;
  readonly host: string;
  readonly body: string;
  readonly at: Date;
}

/** Signature version 4 of one fixed kind of request. */
function signed(keys: Keys, { region, host, body, at }: Signing): Record<string, string> {
  const date = at.toISOString().replace(/[:-]|[.]\d{3}/g, "");
  const token = keys.sessionToken;
  const headers: Record<string, string> = {
    ...{ "content-type": FORM, host, "x-amz-date": date },
    ...(token === undefined ? {} : { "x-amz-security-token": token }),
  };
  const names = Object.keys(headers).sort().join(";");
  const lines = Object.entries(headers)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}:${value}\n`);
  const scope = `${date.slice(0, 8)}/${region}/sts/aws4_request`;
  const canonical = ["POST", "/", "", lines.join(""), names, sha256(body)].join("\n");
  const text = ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n");
  const key = scope.split("/").reduce<string | Buffer>((last, part) => hmac(last, part), `AWS4${keys.secretAccessKey}`);
  const credential = `${keys.accessKeyId}/${scope}`;
  const signature = hmac(key, text).toString("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...headers, authorization };
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
