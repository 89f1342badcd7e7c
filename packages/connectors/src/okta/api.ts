import type { Secrets } from "@leasehold/core/connector";
import { badInput, type Clock, type Instant, laterBy, millisOf } from "@leasehold/core/kernel";
import { importJWK, importPKCS8, SignJWT } from "jose";
import * as z from "zod/mini";
import {
  createHttp,
  type Fetch,
  type Http,
  SecretName,
  SettingText,
  shaped,
  signingNameOf,
  startPacer,
} from "../../kit/index.ts";
import { orgOfHost } from "./ids.ts";
import { limit } from "./limit.ts";

export interface Api {
  readonly http: Omit<Http, "urgent"> & Partial<Http>;
  readonly org: string; // the first label of its host
  readonly clock: Clock;
}

// Not a custom domain: a log stream tells the label of the Okta domain, and both must name one organisation.
export const OKTA_HOSTS = [".okta.com", ".oktapreview.com", ".okta-emea.com", ".okta-gov.com", ".okta.mil"];
const READ = ["okta.logs.read", "okta.users.read"] as const;

const isOrg = (text: string) => {
  const url = URL.parse(text);
  const [label = "", ...domain] = url?.hostname.split(".") ?? [];
  const bare = url?.protocol === "https:" && [url.origin, `${url.origin}/`].includes(text);
  return bare && OKTA_HOSTS.includes(`.${domain.join(".")}`) && !label.endsWith("-admin");
};

export const Settings = z.strictObject({
  org: SettingText.check(
    z.refine(isOrg, "the Okta domain as https://example.okta.com: not a custom one, not the Admin Console's"),
    z.describe("the Okta domain, as https://example.okta.com"),
  ),
  clientId: SettingText.check(
    z.regex(/^0oa\w+$/, "the client ID of the API Services app, which begins with 0oa"),
    z.describe("the client ID of the API Services app"),
  ),
  keyName: SecretName.check(z.describe("the name of the secret that holds the app's private key, as PKCS 8 or JWK")),
  keyId: z
    .optional(SettingText)
    .check(z.describe("which key of the app it is, where it has several and the key does not say")),
  scopes: z
    ._default(z.array(z.string().check(z.regex(/^okta[.]\w+[.](read|manage)$/))).check(z.minLength(1)), [...READ])
    .check(z.describe("the scopes that were granted to the app")),
  signingName: z
    .optional(signingNameOf("okta"))
    .check(z.describe("the name of the secret that an event hook sends, as okta.hook; needed for the event hook")),
});
export type Settings = z.infer<typeof Settings>;

/** Signed in as the API Services app. `fetch` is given by tests only. */
export function connect(settings: Settings, secrets: Secrets, clock: Clock, fetch?: Fetch): Api {
  const { org } = settings;
  const client = {
    provider: "okta",
    base: org,
    hosts: OKTA_HOSTS,
    clock,
    random: Math.random,
    pacer: startPacer("okta", limit),
    ...(fetch && { fetch }),
  };
  const token = startToken(settings, createHttp(client), secrets, clock);
  const headers = async () => ({ authorization: `Bearer ${await token()}` });
  return { http: createHttp({ ...client, headers }), org: orgOfHost(new URL(org).hostname), clock };
}

const Token = z.object({
  access_token: z.string().check(z.minLength(1)),
  expires_in: z.number().check(z.positive()),
  token_type: z.literal("Bearer"),
});
const EARLY_SECONDS = 60; // a token that ends on its way is no token

function startToken(settings: Settings, http: Http, secrets: Secrets, clock: Clock): () => Promise<string> {
  let held: { readonly until: Instant; readonly value: string } | undefined; // in this closure only: nobody can log it
  return async () => {
    if (held !== undefined && clock() < held.until) return held.value;
    const form = {
      grant_type: "client_credentials",
      scope: settings.scopes.join(" "),
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: await assertion(settings, await secrets(settings.keyName), clock()),
    };
    const permission = settings.scopes.join(" ");
    const { json } = await http.call({ method: "POST", path: "/oauth2/v1/token", form, permission, reads: true });
    const { access_token: value, expires_in } = shaped("okta", Token, json);
    held = { value, until: laterBy(clock(), Math.max(0, expires_in - EARLY_SECONDS)) };
    return value;
  };
}

async function assertion({ org, clientId, keyId }: Settings, secret: string, now: Instant): Promise<string> {
  const { key, alg, kid = keyId } = await keyIn(secret);
  const seconds = Math.floor(millisOf(now) / 1000);
  return new SignJWT()
    .setProtectedHeader({ alg, ...(kid && { kid }) })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(`${new URL(org).origin}/oauth2/v1/token`)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + 300)
    .setJti(crypto.randomUUID())
    .sign(key);
}

/** No error of the parser goes on: it may quote the key. */
async function keyIn(secret: string) {
  try {
    if (!secret.trimStart().startsWith("{"))
      return { key: await importPKCS8(secret, "RS256"), alg: "RS256", kid: undefined };
    const jwk = JSON.parse(secret);
    const alg = jwk.alg ?? "RS256";
    return { key: await importJWK(jwk, alg), alg: String(alg), kid: jwk.kid as string | undefined };
  } catch {
    throw badInput("the private key of the Okta app is neither PKCS 8 nor JWK", { field: "keyName" });
  }
}

/** What is still missing, each as what to do about it in Okta's own Admin Console. */
export async function check({ http }: Api): Promise<readonly string[]> {
  const looks = [
    ["okta.users.read", "/api/v1/users?limit=1"],
    ["okta.logs.read", "/api/v1/logs?limit=1"],
  ] as const;
  const missing: string[] = [];
  for (const [permission, path] of looks) {
    const { status } = await http.call({ method: "GET", path, permission, accept: [401, 403] });
    if (status !== 200)
      missing.push(
        `Grant ${permission} to the app under Okta API Scopes, and give the app an admin role that can read it.`,
      );
  }
  return missing;
}
