import type { Instant } from "@leasehold/core/kernel";
import { type DemoPerson, PEOPLE, type Who } from "./people.ts";
import { ACCOUNT, ORG } from "./places.ts";
import { uuidOf } from "./trail-record.ts";

interface Happening {
  readonly eventType: string;
  readonly message: string;
  readonly at: Instant;
  readonly actor: object;
  readonly target: readonly object[];
}

/** One record of Okta's System Log as a log stream delivers it, whole: also the fields that nothing of ours reads. */
export function logEvent({ eventType, message, at, actor, target }: Happening): unknown {
  const uuid = uuidOf(eventType, at, JSON.stringify(target));
  return {
    ...{ version: "0", id: uuid, "detail-type": "SystemLog", source: `aws.partner/okta.com/${ORG}/leasehold` },
    ...{ account: ACCOUNT, time: at, region: "eu-west-1", resources: [] },
    detail: {
      ...{ uuid, published: at, eventType, version: "0", severity: "INFO", legacyEventType: null },
      ...{ displayMessage: message, actor, client: CLIENT, outcome: { result: "SUCCESS", reason: null }, target },
      transaction: { type: "WEB", id: uuidOf("transaction", uuid), detail: {} },
      debugContext: { debugData: { requestId: uuidOf("request", uuid), requestUri: "/api/v1/users" } },
      authenticationContext: { authenticationStep: 0, externalSessionId: "trs-example", rootSessionId: "trs-example" },
      securityContext: { asNumber: null, asOrg: null, isp: null, domain: null, isProxy: false },
      request: { ipChain: [] },
    },
  };
}

const CLIENT = {
  userAgent: { rawUserAgent: "Mozilla/5.0", os: "Mac OS X", browser: "CHROME" },
  ...{ zone: "null", device: "Computer", id: null, ipAddress: "192.0.2.10", geographicalContext: null },
};

export const asUser = (who: Who): object => {
  const { okta: id, email: alternateId, name: displayName }: DemoPerson = PEOPLE[who];
  return { id, type: "User", alternateId, displayName, detailEntry: null };
};
export const asApp = (id: string, label: string): object => ({
  ...{ id, type: "AppInstance", alternateId: label, displayName: label, detailEntry: null },
});

/** Okta acts itself where a person consents at one of its servers; only the grant's own detail names them. */
export const OKTA_ITSELF = {
  ...{ id: "spr1example00000001", type: "SystemPrincipal", alternateId: "system@okta.com" },
  ...{ displayName: "Okta System", detailEntry: null },
};
