import type { IAMClientConfig } from "@aws-sdk/client-iam";
import * as z from "zod";
import { askAws } from "./aws.ts";
import { accountOf } from "./aws-ids.ts";
import { SettingText } from "./settings.ts";

/** Where an AWS connector works, and from which credentials it starts. */
export const awsPlace = {
  account: z
    .string()
    .regex(/^\d{12}$/, "an AWS account id has 12 digits")
    .describe("the account id, 12 digits"),
  role: z
    .string()
    .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/, "the ARN of a role")
    .describe("the ARN of the role to assume, in that account"),
  externalId: SettingText.optional().describe("the external id that the role's trust policy asks for"),
  profile: SettingText.optional().describe("a named profile of the shared AWS configuration files to start from"),
  source: z
    .literal("host")
    .optional()
    .describe("start from the role of the function, container or machine that Leasehold runs on"),
};
interface Place {
  readonly account: string;
  readonly role: string;
  readonly externalId?: string | undefined;
  readonly profile?: string | undefined;
  readonly source?: "host" | undefined;
}

/** For `.superRefine`: the role is of the account named, and what we start from is said, never picked up. */
export function placeAgrees({ account, role, profile, source }: Place, context: z.RefinementCtx): void {
  if (accountOf(role) !== account)
    context.addIssue({ code: "custom", path: ["role"], message: "the role is of another account" });
  if ((profile === undefined) === (source === undefined))
    context.addIssue({ code: "custom", path: ["profile"], message: 'name either a profile, or source "host"' });
}

/** Credentials of the role that the configuration names, and of no other. Ambient AWS_* variables count only under source "host". */
export function roleCredentials(place: Place, region: string): NonNullable<IAMClientConfig["credentials"]> {
  let asked: ReturnType<typeof assume> | undefined;
  return async () => {
    asked ??= assume(place, region);
    const provider = await asked;
    return askAws("sts:AssumeRole", () => provider());
  };
}

/** Loaded when first used, so that no other connector pays for it. */
async function assume({ role, externalId, profile }: Place, region: string) {
  const { fromIni, fromNodeProviderChain, fromTemporaryCredentials } = await import("@aws-sdk/credential-providers");
  return fromTemporaryCredentials({
    masterCredentials: profile === undefined ? fromNodeProviderChain() : fromIni({ profile }),
    params: { RoleArn: role, RoleSessionName: "leasehold", ...(externalId && { ExternalId: externalId }) },
    clientConfig: { region },
  });
}
