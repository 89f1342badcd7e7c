import { type Dice, dice } from "./dice.ts";
import type { Human, OktaLife } from "./model.ts";
import { ACCOUNT, DAY, iso, LOGS_BEGIN, ORG, REGION } from "./places.ts";
import { uuid } from "./vendor-ids.ts";

interface Happening {
  readonly eventType: string;
  readonly message: string;
  readonly at: number;
  readonly actor: object;
  readonly target: readonly object[];
  readonly debug?: Readonly<Record<string, string>>;
}

/** One record of the System Log, in the envelope by which Okta's log streaming brings it to EventBridge. */
function logStreamEvent({ eventType, message, at, actor, target, debug = {} }: Happening, from: Dice): object {
  const id = uuid(from);
  const session = from.text(20, "abcdefghijklmnopqrstuvwxyz");
  return {
    ...{ version: "0", id, "detail-type": "SystemLog", source: `aws.partner/okta.com/${ORG}/agents` },
    ...{ account: ACCOUNT, time: iso(at + 2_000), region: REGION, resources: [] },
    detail: {
      ...{ uuid: id, published: iso(at), eventType, version: "0", severity: "INFO", legacyEventType: null },
      ...{ displayMessage: message, actor, client: CLIENT, device: null },
      authenticationContext: { authenticationStep: 0, externalSessionId: session, rootSessionId: session },
      outcome: { result: "SUCCESS", reason: null },
      securityContext: { asNumber: null, asOrg: null, isp: null, domain: null, isProxy: null },
      debugContext: { debugData: { requestId: from.text(32, "0123456789abcdef"), requestUri: "/", ...debug } },
      transaction: { type: "WEB", id: from.text(32, "0123456789abcdef"), detail: {} },
      request: { ipChain: [] },
      target,
    },
  };
}

const CLIENT = {
  userAgent: { rawUserAgent: "Mozilla/5.0", os: "Mac OS X", browser: "CHROME" },
  ...{ zone: "null", device: "Computer", id: null, ipAddress: "192.0.2.20", geographicalContext: null },
};
const HR = { id: "0oahrimport0example0", type: "PublicClientApp", alternateId: "hr-import", displayName: "HR import" };
const SYSTEM = {
  id: "spr0system00example0",
  type: "SystemPrincipal",
  alternateId: "system@okta.com",
  displayName: "Okta System",
};

const asUser = ({ first, last, address }: Human, id: string): object => ({
  ...{ id, type: "User", alternateId: address, displayName: `${first} ${last}`, detailEntry: null },
});

/** What the log says of one person's coming, moving and going. */
export function lifecycle(human: Human, seed: Dice): readonly { readonly at: number; readonly record: object }[] {
  const from = seed.fork("okta life", human.number);
  const said = (life: OktaLife, eventType: string, message: string, at: number, debug?: Happening["debug"]) => ({
    at,
    record: logStreamEvent(
      { eventType, message, at, actor: HR, target: [asUser(human, life.id)], ...(debug && { debug }) },
      from,
    ),
  });
  const { moves, leaves, returns } = human;
  const all = human.okta.flatMap((life) => [
    said(life, "user.lifecycle.create", "Create Okta user", life.from),
    said(life, "user.lifecycle.activate", "Activate Okta user", life.from + 60_000),
    ...(leaves === undefined || life.from > leaves
      ? []
      : [said(life, "user.lifecycle.deactivate", "Deactivate Okta user", leaves)]),
    ...(returns !== undefined && life.from < returns && life.until === undefined
      ? [said(life, "user.lifecycle.reactivate", "Reactivate Okta user", returns)]
      : []),
    ...(life.purged && leaves !== undefined
      ? [said(life, "user.lifecycle.delete.initiated", "Delete Okta user", leaves + 15 * DAY)]
      : []),
    ...(moves === undefined
      ? []
      : [
          said(life, "user.account.update_profile", "Update Okta user", moves.at, {
            changed_attributes: "department,managerId",
          }),
        ]),
  ]);
  return all.filter(({ at }) => at >= LOGS_BEGIN);
}

export interface Consent {
  readonly human: Human;
  readonly oktaId: string;
  readonly grantId: string;
  readonly clientId: string;
  readonly app: string;
  readonly scope: string;
  readonly at: number;
}

/** A consent at a custom authorization server, where Okta itself is the actor; or at the organisation's own, where the person is. */
export function consented({ human, oktaId, grantId, clientId, app, scope, at }: Consent, from: Dice): object {
  const own = from.chance(0.5);
  const grant = {
    ...{ id: grantId, type: "ConsentGrant", alternateId: null, displayName: scope },
    detailEntry: { publicclientapp: clientId, user: oktaId, scope },
  };
  const application = { id: clientId, type: "AppInstance", alternateId: app, displayName: app, detailEntry: null };
  return logStreamEvent(
    {
      eventType: own ? "app.oauth2.consent.grant" : "app.oauth2.as.consent.grant",
      ...{ message: "User granted consent to app", at, actor: own ? asUser(human, oktaId) : SYSTEM },
      target: [grant, application],
    },
    from,
  );
}

/** As GET /api/v1/users/{id}/grants lists it. */
export const grantListed = ({ oktaId, grantId, clientId, app, scope, at }: Consent): object => ({
  ...{ id: grantId, status: "ACTIVE", created: iso(at), createdBy: { id: oktaId, type: "User" }, lastUpdated: iso(at) },
  ...{
    issuer: `https://${ORG}.okta.com/oauth2/default`,
    clientId,
    userId: oktaId,
    scopeId: `scp${dice(scope).text(17, "abcdef0123456789")}`,
  },
  source: "END_USER",
  _embedded: { scope: { id: `scp${dice(scope).text(17, "abcdef0123456789")}`, name: scope } },
  _links: { app: { href: `https://${ORG}.okta.com/api/v1/apps/${clientId}`, title: app } },
});

/** As GET /api/v1/users lists everybody who is not deleted. */
export const usersListed = (all: readonly Human[]): readonly object[] =>
  all.flatMap((human) => human.okta.filter(({ purged }) => !purged).map((life) => userListed(human, life, all)));

function userListed(human: Human, { id, from, until }: OktaLife, all: readonly Human[]): object {
  const { first, last, address, department, moves, number } = human;
  const changed = until ?? moves?.at ?? human.returns ?? from + 60_000;
  const boss = all.find((one) => one.number === human.manager)?.okta[0]?.id;
  const gone = until !== undefined;
  return {
    ...{ id, status: gone ? "DEPROVISIONED" : "ACTIVE", created: iso(from), activated: iso(from + 60_000) },
    ...{
      statusChanged: iso(until ?? from + 60_000),
      lastLogin: null,
      lastUpdated: iso(changed),
      passwordChanged: null,
    },
    type: { id: "otyexample0example00" },
    profile: {
      ...{ firstName: first, lastName: last, displayName: `${first} ${last}`, email: address, mobilePhone: null },
      login: gone ? address.replace("@", `.${number}@left.`) : address, // an address can be given again, a login cannot
      ...{ employeeNumber: number, department: moves?.to ?? department, ...(boss && { managerId: boss }) },
    },
    credentials: { provider: { type: "OKTA", name: "OKTA" } },
    _links: { self: { href: `https://${ORG}.okta.com/api/v1/users/${id}` } },
  };
}
