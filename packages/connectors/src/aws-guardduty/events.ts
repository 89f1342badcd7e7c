import type { Listener } from "@leasehold/core/connector";
import type { Signal } from "@leasehold/core/signal";
import { exposedHolder, exposedKey, holderOf, jsonIn, type Principal, ROUTED, timeIn } from "../../kit/index.ts";
import { type Actor, type Detail, Event, EXPOSED, Told } from "./event.ts";

/** A finding comes in the Region where it was made. */
export const listener: Listener<Event> = {
  event: Event,
  emits: ["credential.exposed", "identity.exposed"],
  normalise,
  ...(process.env["LEASEHOLD_BUNDLED"] === "yes"
    ? ROUTED
    : {
        patterns: {
          exposure: [
            {
              source: ["aws.guardduty"],
              "detail-type": ["GuardDuty Finding"],
              detail: { type: [...EXPOSED], service: { archived: [false] } },
            },
          ],
        },
      }),
};

/** Dated by when it was made: a finding is sent again whenever it is met again, and stays one word. */
function normalise({ time, detail }: Event): readonly Signal[] {
  const { id, accountId: tenant, createdAt, partition } = detail;
  const said = {
    source: { connector: "aws-guardduty", eventId: id, occurredAt: timeIn(createdAt) ?? time },
    tenant,
    by: { realm: "aws", name: "guardduty.amazonaws.com", via: "workload" as const },
  };
  if (detail.service.archived || isSample(detail)) return [];
  return usedIn(detail)
    .filter(({ account = tenant }) => account === tenant)
    .flatMap(({ key, ...principal }) => {
      const exact = OURS.includes(principal.type ?? "") ? exposedKey(said, key) : [];
      return exact.length > 0 ? exact : exposedHolder(said, holderOf(tenant, partition ?? "aws", principal));
    });
}

/** Whoever comes from another account, or is a service, comes with a key that is none of this account's. */
const OURS = ["IAMUser", "Root", "AssumedRole"];

interface Used extends Principal {
  readonly key?: string | null | undefined;
  readonly account?: string | undefined;
}

/** One finding tells of one key; a sequence of them of whoever acted in it. */
function usedIn({ resource, service }: Detail): readonly Used[] {
  const of = resource.accessKeyDetails;
  if (of) return [{ key: of.accessKeyId, type: of.userType, name: of.userName, principalId: of.principalId }];
  return (service.detection?.sequence?.actors ?? []).flatMap(({ user }) =>
    user ? [{ ...ofActor(user), account: user.account?.uid ?? undefined }] : [],
  );
}

const ofActor = ({ credentialUid, type, name, uid }: Actor): Used => ({
  key: credentialUid,
  type,
  name,
  principalId: uid,
});

/** Samples are made at a click, and look like what they are samples of: these three marks are all that tells them. */
function isSample({ title, service }: Detail): boolean {
  const { sample, value } = service.additionalInfo ?? {};
  const told = Told.safeParse(jsonIn(value ?? "")).data;
  return sample === true || told?.sample === true || title?.startsWith("[SAMPLE]") === true;
}
