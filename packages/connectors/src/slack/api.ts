import type { Secrets } from "@leasehold/core/connector";
import { type Clock, denied, Fault, throttled, unavailable } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import {
  createHttp,
  DESK_PATIENCE,
  type Fetch,
  type Http,
  SecretName,
  shaped,
  signingNameOf,
  startPacer,
} from "../../kit/index.ts";
import { limit } from "./limit.ts";

export interface Api {
  readonly http: Http;
  readonly people: Map<string, Person>; // by e-mail, so that each is looked up once
}
export interface Person {
  readonly team: string;
  readonly user: string;
}

export const SLACK = "https://slack.com";

export const Settings = z.strictObject({
  tokenName: SecretName.check(z.describe("the name of the secret that holds the Bot User OAuth Token")),
  signingName: z
    .optional(signingNameOf("slack"))
    .check(
      z.describe(
        "the name of the secret that holds the Signing Secret, as slack.signing; needed for answers by button",
      ),
    ),
});
export type Settings = z.infer<typeof Settings>;

/** `fetch` is given by tests only. */
export function connect({ tokenName }: Settings, secrets: Secrets, clock: Clock, fetch?: Fetch): Api {
  const headers = async () => ({ authorization: `Bearer ${await secrets(tokenName)}` });
  const pacer = startPacer("slack", limit, { patience: DESK_PATIENCE });
  const client = { provider: "slack", base: SLACK, hosts: ["slack.com"], clock, random: Math.random, headers, pacer };
  return { http: createHttp({ ...client, ...(fetch && { fetch }) }), people: new Map() };
}

/** Slack's own names of its methods, the scope that each needs, and whether it only reads. */
const METHODS = {
  "users.lookupByEmail": { scope: "users:read.email", reads: true },
  "users.info": { scope: "users:read", reads: true },
  "conversations.open": { scope: "im:write", reads: false },
  "conversations.history": { scope: "im:history", reads: true },
  "users.conversations": { scope: "im:read", reads: true },
  "chat.postMessage": { scope: "chat:write", reads: false },
  "chat.postEphemeral": { scope: "chat:write", reads: false },
  "chat.update": { scope: "chat:write", reads: false },
  "chat.delete": { scope: "chat:write", reads: false },
} as const;
export type Method = keyof typeof METHODS;

export const scopes: readonly string[] = [...new Set(Object.values(METHODS).map(({ scope }) => scope))];

const Said = z.object({ ok: z.boolean(), error: z.optional(z.string()) });

/**
 * Asks Slack, which says no with 200 and a word. `undefined` where it says one of `absent`: that is an answer.
 * A method that reads takes a form, one that writes takes JSON.
 */
export async function ask<T>(
  { http }: Api,
  method: Method,
  args: Readonly<Record<string, unknown>>,
  answer: z.ZodMiniType<T>,
  absent: readonly string[] = [],
): Promise<T | undefined> {
  const { scope: permission, reads } = METHODS[method];
  const form = Object.fromEntries(Object.entries(args).map(([name, value]) => [name, String(value)]));
  const content = reads ? { form } : { body: args };
  const { json } = await http.call({ method: "POST", path: `/api/${method}`, permission, reads, ...content });
  const { ok, error = "unknown" } = shaped("slack", Said, json);
  if (ok) return shaped("slack", answer, json);
  if (absent.includes(error)) return undefined;
  throw faultOf(error, permission);
}

const REFUSED =
  /^(missing_scope|not_authed|invalid_auth|account_inactive|token_(revoked|expired)|no_permission|not_allowed_token_type|access_denied|org_login_required|ekm_access_denied|team_access_not_granted)$/;
const DOWN = /^(internal_error|fatal_error|service_unavailable|request_timeout|team_added_to_org)$/;

function faultOf(error: string, permission: string): Fault {
  if (REFUSED.test(error)) return denied("slack", permission);
  if (/^(rate_?limited|message_limit_exceeded)$/.test(error)) return throttled("slack");
  if (DOWN.test(error)) return unavailable("slack");
  const word = /^[a-z_]{1,48}$/.test(error) ? error : "unknown"; // Slack's fixed words; anything else may quote what was sent
  return new Fault("Unexpected", "the provider answered in a way that nobody planned for", { provider: "slack", word });
}
