import { eventsOf, type RouteEvents } from "./model.ts";

const { real, but } = eventsOf("okta");

/** The same event from where it must not come: whoever may name an event's source is who we believe. */
const fromElsewhere = (name: string): readonly object[] => [
  but(name, { source: "aws.partner/okta.co/example/leasehold" }), // one character less than the prefix
  but(name, { source: "aws.partner/okta.comm/example/leasehold" }),
  but(name, { source: "aws.partner/auth0.com/example/leasehold" }),
  but(name, { source: "leasehold.ingest.okt" }),
  but(name, { source: "leasehold.ingest.okta2" }),
];

export const okta: readonly RouteEvents[] = [
  {
    ...{ connector: "okta", route: "identity-lifecycle", n: 0 },
    matches: [
      real("create-user"),
      real("deactivate-user"),
      real("suspend-user"),
      real("suspend-user-hook"), // by our own ingress
      real("unsuspend-user"),
      real("delete-user"),
      real("update-profile"),
      but("deactivate-user", { "detail-type": "Okta System Log", source: "aws.partner/okta.com/other/bus" }),
    ],
    misses: [
      ...fromElsewhere("deactivate-user"),
      but("deactivate-user", {}, { eventType: "user.lifecycle.deactivated" }),
      but("deactivate-user", {}, { eventType: "user.lifecycle" }),
      but("deactivate-user", {}, { eventType: "user.session.start" }),
      but("update-profile", {}, { eventType: "user.account.update_password" }),
      real("consent"),
    ],
  },
  {
    ...{ connector: "okta", route: "grant-created", n: 0 },
    matches: [
      real("consent"),
      real("consent-org-server"),
      real("consent-for-everybody"),
      real("revoke-consent"),
      real("revoke-all-of-user"), // below the prefix
      but("revoke-consent", {}, { eventType: "app.oauth2.admin.consent.revoke.scope" }),
    ],
    misses: [
      ...fromElsewhere("consent"),
      but("consent", {}, { eventType: "app.oauth2.as.consent.grants" }),
      but("revoke-consent", {}, { eventType: "app.oauth2.as.consent.revok" }), // one character less than the prefix
      but("revoke-consent", {}, { eventType: "app.oauth2.admin.consent.revok" }),
      but("consent", {}, { eventType: "app.oauth2.token.grant" }),
      real("create-client-secret"),
    ],
  },
  {
    ...{ connector: "okta", route: "credential-issued", n: 0 },
    matches: [
      real("create-client-secret"),
      real("activate-client-secret"),
      real("deactivate-client-secret"),
      real("delete-client-secret"),
    ],
    misses: [
      ...fromElsewhere("create-client-secret"),
      but("create-client-secret", {}, { eventType: "app.oauth2.credentials.lifecycle" }), // one character less
      but("create-client-secret", {}, { eventType: "app.oauth2.credential.lifecycle.create" }),
      but("create-client-secret", {}, { eventType: "app.oauth2.key.rollover" }),
      real("consent"),
    ],
  },
];
