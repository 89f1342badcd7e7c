import { Instant } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { UserIdentity } from "../../kit/index.ts";

export const CALLS = [
  "AssumeRole",
  "AssumeRoot",
  "AssumeRoleWithSAML",
  "AssumeRoleWithWebIdentity",
  "GetFederationToken",
  "GetSessionToken",
] as const;
const Text = z.nullish(z.string().check(z.maxLength(2048)));

// Only the fields we use. Beside the key's id stands what opens the session: this schema has no field for it.
export const Event = z.object({
  source: z.literal("aws.sts"), // other services have calls of the same names
  account: z.string().check(z.maxLength(32)),
  detail: z.object({
    eventID: z.string().check(z.maxLength(128)),
    eventTime: Instant,
    eventName: z.enum(CALLS),
    errorCode: z.nullish(z.string()),
    errorMessage: z.nullish(z.string()),
    sessionCredentialFromConsole: Text,
    userIdentity: z.extend(UserIdentity, { identityProvider: Text }),
    requestParameters: z.nullish(
      z.object({ roleArn: Text, targetPrincipal: Text, roleSessionName: Text, sourceIdentity: Text, name: Text }),
    ),
    responseElements: z.nullish(
      z.object({
        credentials: z.nullish(z.object({ accessKeyId: Text })),
        sourceIdentity: Text,
        provider: Text,
        subjectFromWebIdentityToken: Text,
        issuer: Text,
        subject: Text,
      }),
    ),
  }),
});
export type Event = z.infer<typeof Event>;
export type Detail = Event["detail"];
