import type { ShortLived } from "@leasehold/core/connector";
import { SERVICE_SPECIFIC } from "./handles.ts";

/** What a person can put in the place of a credential that never ends. */
export const shortLived: readonly ShortLived[] = [
  {
    credential: "access key",
    steps:
      "Make a role with what the key is used for, and let whatever holds the key assume it: inside AWS by the role of its instance, task or function; outside by IAM Roles Anywhere or a web identity (OIDC), as a pipeline has one; a person by IAM Identity Center. Take the key out of its configuration.",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  },
  {
    credential: SERVICE_SPECIFIC,
    steps:
      "For Bedrock, let whatever holds the key assume a role, and sign its calls or make short-term keys of that session: those end with it, after twelve hours at most. For CodeCommit, use git-remote-codecommit with a role.",
    source: "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html",
  },
];
