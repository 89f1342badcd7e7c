import { Instant } from "@leasehold/core/kernel";
import * as z from "zod/mini";

const OF_IAM = "UnauthorizedAccess:IAMUser";

/**
 * Those that say that somebody else has the key. All others say that what was done with it is odd, or that it came from an odd
 * place, which its owner may have done: docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html
 */
export const EXPOSED = [
  `${OF_IAM}/InstanceCredentialExfiltration.OutsideAWS`,
  `${OF_IAM}/InstanceCredentialExfiltration.InsideAWS`,
  `${OF_IAM}/ResourceCredentialExfiltration.OutsideAWS`,
  `${OF_IAM}/ResourceCredentialExfiltration.InsideAWS`,
  "CredentialAccess:IAMUser/CompromisedCredentials",
  "AttackSequence:IAM/CompromisedCredentials",
] as const;

const Text = z.nullish(z.string().check(z.maxLength(1024)));
const User = z.object({
  name: Text,
  uid: Text,
  type: Text,
  credentialUid: Text,
  account: z.nullish(z.object({ uid: Text })),
});
export type Actor = z.infer<typeof User>;

/** What its additional information says of itself, in a text of JSON. */
export const Told = z.object({ sample: z.optional(z.boolean()) });

export const Event = z.object({
  time: Instant,
  detail: z.object({
    id: z.string().check(z.maxLength(128)),
    accountId: z.string().check(z.regex(/^\d{12}$/)),
    partition: z.optional(z.enum(["aws", "aws-cn", "aws-us-gov"])),
    type: z.enum(EXPOSED),
    title: z.nullish(z.string()),
    createdAt: Text,
    resource: z.object({
      accessKeyDetails: z.nullish(z.object({ accessKeyId: Text, principalId: Text, userName: Text, userType: Text })),
    }),
    service: z.object({
      archived: z.nullish(z.boolean()),
      additionalInfo: z.nullish(z.object({ sample: z.nullish(z.boolean()), value: z.nullish(z.string()) })),
      detection: z.nullish(
        z.object({
          sequence: z.nullish(z.object({ actors: z.nullish(z.array(z.object({ user: z.nullish(User) }))) })),
        }),
      ),
    }),
  }),
});
export type Event = z.infer<typeof Event>;
export type Detail = Event["detail"];
