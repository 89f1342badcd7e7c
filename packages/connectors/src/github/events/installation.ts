import { derivedId, Instant, instantOf } from "@leasehold/core/kernel";
import type { Identity, Reach, Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { accountOf, actorOf, Id, Text, User } from "./who.ts";

/** GitHub writes the times of one and the same field now as seconds, now as text. */
const Stamp = z.union([
  z.pipe(
    z.int().check(z.positive(), z.maximum(253_402_300_799)), // the last second of the year 9999
    z.transform((seconds: number) => instantOf(seconds * 1_000)),
  ),
  Instant,
]);

/** Only the fields that we use: https://docs.github.com/webhooks/webhook-events-and-payloads#installation. */
export const InstallationBody = z.object({
  action: Text,
  installation: z.object({
    id: Id,
    app_id: Id,
    app_slug: z.nullish(Text),
    account: z.object({ login: Text.check(z.minLength(1)) }),
    permissions: z.record(z.string(), z.unknown()),
    created_at: Stamp,
    suspended_at: z.nullish(Stamp),
  }),
  requester: z.nullish(User),
  sender: z.nullish(User),
});
type InstallationBody = z.infer<typeof InstallationBody>;
type Installation = InstallationBody["installation"];

const KINDS = {
  deleted: "grant.revoked",
  suspend: "credential.disabled",
  unsuspend: "credential.restored",
} as const;

/** An application may act on an account: the installation is what is taken down, and the application is who acts by it. */
export function installationSaid(body: InstallationBody, cameAt: Instant | undefined): readonly Signal[] {
  const { action, installation, requester, sender } = body;
  const occurredAt = toldAt(body) ?? cameAt;
  if (occurredAt === undefined) return [];
  const { id, account } = installation;
  const said = {
    source: { connector: "github", eventId: `installations/${id}/${action}/${occurredAt}`, occurredAt },
    tenant: account.login,
    by: actorOf(sender),
    credential: derivedId("crd", "github", "installation", String(id)),
  };
  if (Object.hasOwn(KINDS, action)) return [{ kind: KINDS[action as keyof typeof KINDS], ...said }];
  if (action !== "created") return [];
  const asking = requester ?? sender; // who asked for it; an owner who only agreed to that is in `by`
  const authoriser = asking ? accountOf(asking) : undefined;
  const scopes = scopesOf(installation);
  return [
    {
      kind: "grant.created",
      ...said,
      type: "app installation",
      identity: appOf(installation),
      ...(authoriser && { authoriser }),
      scopes: scopes.map(([name, level]) => `${name}:${level}`).slice(0, 256),
      reach: reachOf(scopes),
      handle: { account: account.login, installationId: String(id) },
    },
  ];
}

/** Of a deletion and of the end of a suspension GitHub tells no time: `updated_at` is that of the change before. */
function toldAt({ action, installation }: InstallationBody): Instant | undefined {
  if (action === "created") return installation.created_at;
  return action === "suspend" ? (installation.suspended_at ?? undefined) : undefined;
}

const appOf = ({ app_id: id, app_slug: slug }: Installation): Identity => ({
  id: derivedId("idn", "github", "app", String(id)),
  realm: "github",
  name: slug ? slug : `app ${id}`,
});

type Scope = readonly [name: string, level: "admin" | "write" | "read"];

const scopesOf = ({ permissions }: Installation): readonly Scope[] =>
  Object.entries(permissions)
    .filter((one): one is [string, Scope[1]] => /^[a-z_]{1,64}$/.test(one[0]) && isLevel(one[1]))
    .sort(([a], [b]) => (a < b ? -1 : 1));

const isLevel = (value: unknown): boolean => value === "admin" || value === "write" || value === "read";

/** Who may write these can give rights to others, or to itself. */
const RULES = ["administration", "organization_administration", "members", "enterprise_administration"];

function reachOf(scopes: readonly Scope[]): Reach {
  if (scopes.some(([name, level]) => level === "admin" || (level === "write" && RULES.includes(name)))) return "admin";
  if (scopes.some(([, level]) => level === "write")) return "write";
  return scopes.length > 0 ? "read" : "unknown";
}
