import type { Listener } from "@leasehold/core/connector";
import { Instant } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { accountOf, exposedHolder, exposedKey, iamIdentity, ROUTED, timeIn } from "../../kit/index.ts";

/** All that AWS says of a key that others know, or use; that it only suspects so is a question, too. */
const CODES = [
  "AWS_RISK_CREDENTIALS_EXPOSED",
  "AWS_RISK_CREDENTIALS_EXPOSURE_SUSPECTED",
  "AWS_RISK_CREDENTIALS_COMPROMISED",
  "AWS_RISK_CREDENTIALS_COMPROMISE_SUSPECTED",
  "AWS_RISK_IAM_QUARANTINE",
] as const;

const Text = z.string().check(z.maxLength(1024));
const AccountId = z.string().check(z.regex(/^\d{12}$/));
const Event = z.object({
  account: AccountId,
  time: Instant,
  detail: z.object({
    eventArn: Text,
    eventTypeCode: z.enum(CODES),
    statusCode: z.nullish(Text),
    startTime: z.nullish(Text),
    affectedAccount: z.nullish(AccountId),
    affectedEntities: z.nullish(z.array(z.object({ entityValue: z.nullish(Text), status: z.nullish(Text) }))),
  }),
});
export type Event = z.infer<typeof Event>;
type Entity = NonNullable<Event["detail"]["affectedEntities"]>[number];

/** What concerns IAM is of no Region: it comes in us-east-1. */
export const listener: Listener<Event> = {
  event: Event,
  emits: ["credential.exposed", "identity.exposed"],
  normalise,
  ...(process.env["LEASEHOLD_BUNDLED"] === "yes"
    ? ROUTED
    : {
        patterns: {
          exposure: [
            { source: ["aws.health"], "detail-type": ["AWS Health Event"], detail: { eventTypeCode: [...CODES] } },
          ],
        },
      }),
};

/**
 * Dated by when it began, and not by the sending: a second copy, a further page and what is sent again are all the same word. An
 * organisation's administrator gets it, too, and then it is of another account than the one that it was sent to.
 */
function normalise({ account, time, detail }: Event): readonly Signal[] {
  const tenant = detail.affectedAccount ?? account;
  const said = {
    source: {
      connector: "aws-health",
      eventId: `${detail.eventArn}/${tenant}`,
      occurredAt: timeIn(detail.startTime) ?? time,
    },
    tenant,
    by: { realm: "aws", name: "health.amazonaws.com", via: "workload" as const },
  };
  if (detail.statusCode === "closed") return [];
  return (detail.affectedEntities ?? [])
    .filter(isAffected)
    .flatMap(({ entityValue }) => [
      ...exposedKey(said, entityValue),
      ...exposedHolder(said, userIn(tenant, entityValue ?? "")),
    ]);
}

const isAffected = ({ status }: Entity): boolean => status !== "RESOLVED" && status !== "UNIMPAIRED";

/** A bare name may be a user's, a role's or a key's own: only what says of itself that it is a user, of this account, is one. */
const userIn = (account: string, arn: string) =>
  /^arn:aws[a-z-]*:iam::\d{12}:user\/[\w+=,.@/-]+$/.test(arn) && accountOf(arn) === account
    ? iamIdentity(arn)
    : undefined;
