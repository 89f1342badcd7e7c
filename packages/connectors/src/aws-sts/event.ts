import { Instant } from "@leasehold/core/kernel";
import * as z from "zod";
import { UserIdentity } from "../../kit/index.ts";

export const CALLS = [
  "AssumeRole",
  "AssumeRoot",
  "AssumeRoleWithSAML",
  "AssumeRoleWithWebIdentity",
  "GetFederationToken",
  "GetSessionToken",
] as const;
const Text = z.string().max(2048).nullish();

// Only the fields we use. Beside the key's id stands what opens the session: this schema has no field for it.
export const Event = z.object({
  account: z.string().max(32),
  detail: z.object({
    eventID: z.string().max(128),
    eventTime: Instant,
    eventName: z.enum(CALLS),
    errorCode: z.string().nullish(),
    errorMessage: z.string().nullish(),
    sessionCredentialFromConsole: Text,
    userIdentity: UserIdentity.extend({ identityProvider: Text }),
    requestParameters: z
      .object({ roleArn: Text, targetPrincipal: Text, roleSessionName: Text, sourceIdentity: Text, name: Text })
      .nullish(),
    responseElements: z
      .object({
        credentials: z.object({ accessKeyId: Text }).nullish(),
        sourceIdentity: Text,
        provider: Text,
        subjectFromWebIdentityToken: Text,
        issuer: Text,
        subject: Text,
      })
      .nullish(),
  }),
});
export type Event = z.infer<typeof Event>;
export type Detail = Event["detail"];
