import type { Listener } from "@leasehold/core/connector";
import { Instant } from "@leasehold/core/kernel";
import type { Signal, SignalOf } from "@leasehold/core/signal";
import * as z from "zod/mini";
import {
  awsIdentity,
  cloudTrailEnvelope,
  partitionOf,
  ROUTED,
  readActor,
  UserIdentity,
  unmasked,
} from "../../kit/index.ts";

/** What a call makes of the log that it names. `changed`: it records other calls from here on, fewer or more. */
const CALLS = {
  CreateTrail: "made",
  StartLogging: "on",
  StopLogging: "off",
  DeleteTrail: "gone",
  UpdateTrail: "changed",
  PutEventSelectors: "changed",
  PutInsightSelectors: "changed",
  StartEventDataStoreIngestion: "on",
  StopEventDataStoreIngestion: "off",
  DeleteEventDataStore: "off", // for seven days it can be restored
  RestoreEventDataStore: "on",
} as const;
type Call = keyof typeof CALLS;
const NAMES = Object.keys(CALLS) as [Call, ...Call[]];

const Text = z.nullish(z.string().check(z.maxLength(2048)));

// Which selectors were put stands beside these: the schema has no field for them, the next look reads them.
const Event = z.object({
  account: z.string().check(z.maxLength(32)),
  detail: z.object({
    eventID: z.string().check(z.maxLength(128)),
    eventTime: Instant,
    eventSource: z.literal("cloudtrail.amazonaws.com"),
    eventName: z.enum(NAMES),
    awsRegion: Text,
    errorCode: Text,
    errorMessage: Text,
    sessionCredentialFromConsole: Text,
    userIdentity: UserIdentity,
    requestParameters: z.nullish(z.object({ name: Text, trailName: Text, eventDataStore: Text })),
    responseElements: z.nullish(z.object({ trailARN: Text, eventDataStoreArn: Text })),
  }),
});
type Event = z.infer<typeof Event>;
type Detail = Event["detail"];

/** Calls on a trail are recorded in its home Region. */
export const listener: Listener<Event> = {
  event: Event,
  emits: ["identity.created", "identity.changed", "identity.deleted"],
  normalise,
  ...(process.env["LEASEHOLD_BUNDLED"] === "yes"
    ? ROUTED
    : {
        patterns: {
          exposure: [
            {
              source: ["aws.cloudtrail"],
              "detail-type": ["AWS API Call via CloudTrail"],
              detail: { eventSource: ["cloudtrail.amazonaws.com"], eventName: NAMES },
            },
          ],
        },
        envelope: (record) => cloudTrailEnvelope(record, ["cloudtrail"]),
      }),
};

/** A call that was refused, or that failed, changed nothing. */
function normalise({ account, detail }: Event): readonly Signal[] {
  const log = logIn(account, detail);
  if (log === undefined || unmasked(detail.errorCode) !== undefined) return [];
  const { eventName: call } = detail;
  const said: Pick<SignalOf<"identity.deleted">, "source" | "tenant" | "by" | "identity"> = {
    source: { connector: "aws-trails", eventId: detail.eventID, occurredAt: detail.eventTime },
    tenant: account,
    by: readActor(detail.userIdentity, detail.sessionCredentialFromConsole),
    identity: awsIdentity(log.arn),
  };
  const is = CALLS[call];
  const changed = (now: "on" | "off" | "changed"): Signal => ({
    ...{ kind: "identity.changed", ...said, type: log.type, log: { is: now, call } },
  });
  if (is === "made") return [{ kind: "identity.created", ...said, type: log.type }]; // it records nothing before it is started
  return is === "gone" ? [changed("off"), { kind: "identity.deleted", ...said }] : [changed(is)];
}

/** By its ARN; who asks for it by its name alone means the one of that account and Region. */
function logIn(
  account: string,
  { requestParameters: asked, responseElements: given, awsRegion, userIdentity }: Detail,
) {
  const region = unmasked(awsRegion);
  if (region === undefined) return undefined;
  const arnOf = (kind: string, id: string) =>
    id.startsWith("arn:") ? id : `arn:${partitionOf(userIdentity.arn)}:cloudtrail:${region}:${account}:${kind}/${id}`;
  const [store, trail] = [
    [given?.eventDataStoreArn, asked?.eventDataStore],
    [given?.trailARN, asked?.name, asked?.trailName],
  ].map((all) => all.map(unmasked).find((one) => one !== undefined));
  if (store !== undefined) return { arn: arnOf("eventdatastore", store), type: "event data store" };
  return trail === undefined ? undefined : { arn: arnOf("trail", trail), type: "trail" };
}
