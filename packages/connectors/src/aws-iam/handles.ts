import type { Handle } from "@leasehold/core/connector";

/** What IAM calls a credential of a user that one service alone takes: a Bedrock API key, a Git password of CodeCommit. */
export const SERVICE_SPECIFIC = "service-specific credential";

export const serviceHandle = (account: string, userName: string, id: string, serviceName?: string): Handle => ({
  ...{ account, userName, serviceSpecificCredentialId: id },
  ...(serviceName !== undefined && { serviceName }),
});
