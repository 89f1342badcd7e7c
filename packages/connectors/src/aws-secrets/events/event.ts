import { Instant } from "@leasehold/core/kernel";
import * as z from "zod/mini";
import { UserIdentity } from "../../../kit/index.ts";

export const SECRETS = "secretsmanager.amazonaws.com";
export const PARAMETERS = "ssm.amazonaws.com";

/** Calls on a secret. The answer of a batch is told secret by secret, as calls of `GetSecretValue`. */
export const SECRET_CALLS = [
  ...["CreateSecret", "PutSecretValue", "UpdateSecret", "UpdateSecretVersionStage"],
  ...["DeleteSecret", "RestoreSecret", "GetSecretValue"],
] as const;
/** What Secrets Manager does by itself. */
export const SECRET_EVENTS = ["RotationSucceeded"] as const;
export const PARAMETER_CALLS = [
  ...["PutParameter", "DeleteParameter", "DeleteParameters", "GetParameter", "GetParameters"],
] as const;

const Text = z.nullish(z.string().check(z.maxLength(2048)));
const some = <S extends z.core.$ZodShape>(shape: S) => z.nullish(z.partial(z.object(shape)));
const Truth = z.nullish(z.union([z.boolean(), z.string().check(z.maxLength(8))])); // nothing where a rule handed on nothing
const Texts = z.nullish(z.union([z.array(z.string().check(z.maxLength(2048))).check(z.maxLength(16)), Text]));

const ASKED = {
  ...{ secretId: Text, name: Text, names: Texts, type: Text },
  ...{ withDecryption: Truth, forceDeleteWithoutRecovery: Truth, versionStage: Text, versionStages: Texts },
};
const GIVEN = { arn: Text, aRN: Text, versionId: Text, version: z.nullish(z.union([z.number(), Text])) };
const BESIDES = { SecretId: Text, ARN: Text };
const Resources = z.nullish(z.union([z.array(z.object({ ARN: Text })).check(z.maxLength(16)), Text]));

// Only the fields we use. Values, descriptions, filters and tags stand beside them: this schema has no field for any of them.
export const Event = z.object({
  account: z.string().check(z.maxLength(32)),
  detail: z.object({
    eventID: z.string().check(z.maxLength(128)),
    eventTime: Instant,
    eventSource: z.enum([SECRETS, PARAMETERS]),
    eventName: z.enum([...SECRET_CALLS, ...SECRET_EVENTS, ...PARAMETER_CALLS]),
    awsRegion: Text,
    errorCode: Text,
    errorMessage: Text,
    sessionCredentialFromConsole: Text,
    userIdentity: UserIdentity,
    requestParameters: some(ASKED),
    responseElements: some(GIVEN),
    additionalEventData: some(BESIDES),
    resources: Resources,
  }),
});
export type Event = z.infer<typeof Event>;
export type Detail = Event["detail"];

/** A request may hold what its maker wrote into it: a rule hands on these paths, and no others. */
export const HANDS_ON = /* @__PURE__ */ [
  ...["eventID", "eventTime", "eventSource", "eventName", "awsRegion", "errorCode", "errorMessage"],
  ...["sessionCredentialFromConsole", "resources"],
  ...Object.keys(ASKED).map((name) => `requestParameters.${name}`),
  ...Object.keys(GIVEN).map((name) => `responseElements.${name}`),
  ...Object.keys(BESIDES).map((name) => `additionalEventData.${name}`),
].map((path) => `$.detail.${path}`);
