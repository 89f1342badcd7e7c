import { Instant } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { UserIdentity } from "../../kit/index.ts";

export const IAM = "iam.amazonaws.com";
export const ANYWHERE = "rolesanywhere.amazonaws.com";

export const IAM_CALLS = [
  ...["CreateSAMLProvider", "UpdateSAMLProvider", "DeleteSAMLProvider"],
  ...["CreateOpenIDConnectProvider", "UpdateOpenIDConnectProviderThumbprint", "DeleteOpenIDConnectProvider"],
  ...["AddClientIDToOpenIDConnectProvider", "RemoveClientIDFromOpenIDConnectProvider"],
] as const;
export const ANCHOR_CALLS = [
  ...["CreateTrustAnchor", "UpdateTrustAnchor", "DeleteTrustAnchor"],
  ...["EnableTrustAnchor", "DisableTrustAnchor"],
] as const;

const Text = z.nullish(z.string().check(z.maxLength(2048)));
const some = <S extends z.core.$ZodShape>(shape: S) => z.nullish(z.partial(z.object(shape)));
const Provider = some({ sAMLProviderArn: Text, openIDConnectProviderArn: Text });

// Only the fields we use. Metadata, certificates, thumbprints and lists of clients stand beside them: this schema has no field for any.
const common = {
  eventID: z.string().check(z.maxLength(128)),
  eventTime: Instant,
  errorCode: Text,
  errorMessage: Text,
  sessionCredentialFromConsole: Text,
  userIdentity: UserIdentity,
};
const account = z.string().check(z.maxLength(32));

const ProviderEvent = z.object({
  account,
  detail: z.object({
    ...common,
    eventSource: z.literal(IAM),
    eventName: z.enum(IAM_CALLS),
    requestParameters: Provider,
    responseElements: Provider,
  }),
});
const AnchorEvent = z.object({
  account,
  detail: z.object({
    ...common,
    eventSource: z.literal(ANYWHERE),
    eventName: z.enum(ANCHOR_CALLS),
    responseElements: some({ trustAnchor: some({ trustAnchorArn: Text, enabled: z.nullish(z.boolean()) }) }),
  }),
});
export const Event = z.union([ProviderEvent, AnchorEvent]);
export type Event = z.infer<typeof Event>;
export type Detail = Event["detail"];
