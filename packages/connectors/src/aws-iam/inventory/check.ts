import {
  GenerateCredentialReportCommand,
  GetAccessKeyLastUsedCommand,
  GetAccountAuthorizationDetailsCommand,
  GetCredentialReportCommand,
  GetLoginProfileCommand,
  ListAccessKeysCommand,
  ListServiceSpecificCredentialsCommand,
  ListSigningCertificatesCommand,
  ListSSHPublicKeysCommand,
} from "@aws-sdk/client-iam";
import { Fault } from "@leasehold/core/kernel";
import { accountOf, askAws, isMissing } from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import { READS_DETAILS } from "./shared.ts";

const NOBODY = "leasehold-check"; // IAM judges the right before it looks for the name, so one that is not there is enough

/** Asks for everything that the lister reads, once, and says what to allow. Nothing is changed and nothing is kept. */
export async function check(api: Api): Promise<readonly string[]> {
  const missing: string[] = [];
  const probe = async <T>(permission: string, call: () => Promise<T>): Promise<T | undefined> =>
    askAws(permission, call).catch((error: unknown) => {
      if (!(error instanceof Fault) || error.name !== "PermissionMissing") return isMissing(error);
      missing.push(remedy(api, String(error.facts["permission"] ?? permission)));
      return undefined;
    });

  const listed = await probe(READS_DETAILS, () =>
    api.send(new GetAccountAuthorizationDetailsCommand({ Filter: ["User"], MaxItems: 1 })),
  );
  const user = listed?.UserDetailList?.[0];
  const of = accountOf(user?.Arn) ?? api.account;
  if (of !== api.account)
    return [`The role answers for account ${of}, but the configuration names ${api.account}: correct one of them.`];

  const UserName = user?.UserName ?? NOBODY;
  const keys = await probe("iam:ListAccessKeys", () => api.send(new ListAccessKeysCommand({ UserName })));
  const AccessKeyId = keys?.AccessKeyMetadata?.[0]?.AccessKeyId; // a key of another account would be refused: only a real one tells
  if (AccessKeyId !== undefined)
    await probe("iam:GetAccessKeyLastUsed", () => api.send(new GetAccessKeyLastUsedCommand({ AccessKeyId })));
  for (const [permission, call] of reads(api, UserName)) await probe(permission, call);
  return [...new Set(missing)];
}

const reads = (api: Api, UserName: string): readonly (readonly [string, () => Promise<unknown>])[] => [
  [
    "iam:ListServiceSpecificCredentials",
    () => api.send(new ListServiceSpecificCredentialsCommand({ AllUsers: true, MaxItems: 1 })),
  ],
  ["iam:GenerateCredentialReport", () => api.send(new GenerateCredentialReportCommand({}))],
  ["iam:GetCredentialReport", () => api.send(new GetCredentialReportCommand({})).catch(notYet)],
  ["iam:GetLoginProfile", () => api.send(new GetLoginProfileCommand({ UserName }))],
  ["iam:ListSigningCertificates", () => api.send(new ListSigningCertificatesCommand({ UserName }))],
  ["iam:ListSSHPublicKeys", () => api.send(new ListSSHPublicKeysCommand({ UserName }))],
];

/** It may take a while to be written, which is no want of a permission. */
function notYet(error: unknown): undefined {
  if (!/^CredentialReport(NotReady|NotPresent|Expired)/.test((error as Error).name)) throw error;
}

const remedy = ({ account }: Api, permission: string) =>
  permission === "sts:AssumeRole"
    ? `Let the credentials that Leasehold starts from assume the role in account ${account}: its trust policy must name them, and the external id must agree.`
    : `Allow ${permission} to the role that Leasehold uses in account ${account}.`;
