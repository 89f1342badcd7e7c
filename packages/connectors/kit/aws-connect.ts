import type { IAMClientConfig } from "@aws-sdk/client-iam";
import { badInput } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { askAws } from "./aws.ts";
import { endpointFor, pointedBy } from "./aws-endpoint.ts";
import { accountOf } from "./aws-ids.ts";
import { kept } from "./aws-kept.ts";
import { SettingText } from "./settings.ts";
import { accountBehind, assumed, type Keys, type StsParts, surely } from "./sts.ts";

/** Where an AWS connector works, and from which credentials it starts. */
export const awsPlace = {
  account: z
    .string()
    .check(z.regex(/^\d{12}$/, "an AWS account id has 12 digits"), z.describe("the account id, 12 digits")),
  role: z
    .optional(z.string().check(z.regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/, "the ARN of a role")))
    .check(
      z.describe('the ARN of the role to assume, in that account; without one, under source "host", the host\'s own'),
    ),
  externalId: z.optional(SettingText).check(z.describe("the external id that the role's trust policy asks for")),
  profile: z
    .optional(SettingText)
    .check(z.describe("a named profile of the shared AWS configuration files to start from")),
  source: z
    .optional(z.literal("host"))
    .check(z.describe("start from the role of the function, container or machine that Leasehold runs on")),
};
interface Place {
  readonly account: string;
  readonly role?: string | undefined;
  readonly externalId?: string | undefined;
  readonly profile?: string | undefined;
  readonly source?: "host" | undefined;
}

/** For `.superRefine`: the role is of the account named, and what we start from is said, never picked up. */
export function placeAgrees({ account, role, profile, source }: Place, context: z.core.$RefinementCtx): void {
  const wrong = (path: keyof Place, message: string) => context.addIssue({ code: "custom", path: [path], message });
  if (role !== undefined && accountOf(role) !== account) wrong("role", "the role is of another account");
  if (role === undefined && source !== "host") wrong("role", 'name the role to assume: only source "host" has its own');
  if ((profile === undefined) === (source === undefined)) wrong("profile", 'name either a profile, or source "host"');
}

/** Credentials of the place that the configuration names, and of no other. Ambient AWS_* variables count only under source "host". */
export function roleCredentials(place: Place, region: string): NonNullable<IAMClientConfig["credentials"]> {
  let asked: Promise<() => Promise<Keys>> | undefined;
  return async () => {
    asked ??= startedFrom(place, region).then((start) => kept(start));
    const provider = await asked;
    return askAws("sts:AssumeRole", () => provider());
  };
}

/** In a function's bundle the first is always so (stacks/bundling.ts), and what only a laptop needs is left out of it. */
const startedFrom = (place: Place, region: string): Promise<() => Promise<Keys>> =>
  process.env["LEASEHOLD_BUNDLED"] === "yes" ? onLambda(place, region) : elsewhere(place, region);

async function onLambda(place: Place, region: string): Promise<() => Promise<Keys>> {
  return hosted(place, async () => environment(process.env), { region });
}

/** Lambda puts its role's credentials into the environment. */
function environment(env: Readonly<Record<string, string | undefined>>): Keys {
  const [accessKeyId, secretAccessKey, sessionToken] = [
    ...[env["AWS_ACCESS_KEY_ID"], env["AWS_SECRET_ACCESS_KEY"], env["AWS_SESSION_TOKEN"]],
  ];
  if (!accessKeyId || !secretAccessKey || !sessionToken)
    throw badInput("the function has no credentials in its environment", { where: "AWS_ACCESS_KEY_ID" });
  return { accessKeyId, secretAccessKey, sessionToken };
}

/** From the host's own credentials: to the role where one is named; else they themselves, once AWS has said whose they are. */
export function hosted(place: Place, own: () => Promise<Keys>, parts: StsParts): () => Promise<Keys> {
  const { role, externalId } = place;
  if (role !== undefined) return async () => assumed(await own(), { role, externalId }, parts);
  let agreed: Promise<void> | undefined;
  return async () => {
    const keys = await own();
    agreed ??= agrees(place.account, keys, parts).catch((error: unknown) => {
      agreed = undefined; // what could not be asked is asked again
      throw error;
    });
    await agreed;
    return keys;
  };
}

async function agrees(account: string, keys: Keys, parts: StsParts): Promise<void> {
  const found = await accountBehind(keys, parts);
  if (found !== account)
    throw badInput("the credentials are of another account than the configuration names: correct one of them", {
      where: "account",
      found,
    });
}

/** Loaded when first used, so that no other connector pays for it. */
async function elsewhere(place: Place, region: string): Promise<() => Promise<Keys>> {
  const { role, externalId, profile } = place;
  const { fromIni, fromNodeProviderChain, fromTemporaryCredentials } = await import("@aws-sdk/credential-providers");
  if (role === undefined && profile !== undefined) {
    const { ownKeys } = await import("./aws-own-keys.ts");
    return hosted(place, ownKeys(profile), { region: surely(region), endpoint: endpointFor("STS", profile) });
  }
  if (role === undefined) return hosted(place, fromNodeProviderChain() as () => Promise<Keys>, { region });
  const at = pointedBy(profile, "STS");
  return fromTemporaryCredentials({
    masterCredentials: profile === undefined ? fromNodeProviderChain() : fromIni({ profile, clientConfig: at }),
    params: { RoleArn: role, RoleSessionName: "leasehold", ...(externalId && { ExternalId: externalId }) },
    clientConfig: { region, ...at },
  }) as () => Promise<Keys>;
}
