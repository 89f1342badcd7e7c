import { eventsOf, type RouteEvents } from "./model.ts";

const { real, but } = eventsOf("google-workspace");

/** The same event from where it must not come: whoever may name an event's source is who we believe. */
const fromElsewhere = (name: string): readonly object[] => [
  but(name, { source: "leasehold.ingest.google" }),
  but(name, { source: "leasehold.ingest.google-workspace2" }),
  but(name, { source: "aws.partner/google.com/example" }),
];
const of = (name: string, applicationName: string) => {
  const { detail } = real(name) as { readonly detail: { readonly id: object } };
  return but(name, {}, { id: { ...detail.id, applicationName } });
};
const called = (name: string, ...names: readonly string[]) => but(name, {}, { events: names.map((one) => ({ name: one })) }); // biome-ignore format: one row

export const googleWorkspace: readonly RouteEvents[] = [
  {
    ...{ connector: "google-workspace", route: "identity-lifecycle", n: 0 },
    matches: [
      real("suspend-user"),
      real("suspend-user-exported"), // one event, and no list
      real("suspend-users-at-once"),
      real("archive-user"),
      real("delete-user"),
      real("undelete-user"),
      real("unarchive-user"),
      real("unsuspend-user"),
      called("suspend-user", "CHANGE_PASSWORD", "SUSPEND_USER"), // any of them
    ],
    misses: [
      ...fromElsewhere("suspend-user"),
      of("suspend-user", "login"),
      of("suspend-user", "token"),
      called("suspend-user", "CREATE_USER"), // an address alone, which may have been another's
      called("suspend-user", "SUSPEND_USERS"),
      called("suspend-user", "suspend_user"), // case counts
      called("suspend-user"),
      real("revoke-3lo-token"),
    ],
  },
  {
    ...{ connector: "google-workspace", route: "grant-created", n: 0 },
    matches: [real("authorize"), real("revoke"), real("authorize-by-agent"), real("authorize-without-profile")],
    misses: [
      ...fromElsewhere("authorize"),
      of("authorize", "admin"),
      called("authorize", "activity"), // use, and no change
      called("authorize", "request"),
      called("authorize", "deny"),
      called("authorize", "authorized"),
    ],
  },
  {
    ...{ connector: "google-workspace", route: "grant-created", n: 1 },
    matches: [real("revoke-3lo-token"), real("authorize-api-client-access"), real("remove-api-client-access")],
    misses: [
      ...fromElsewhere("revoke-3lo-token"),
      of("revoke-3lo-token", "token"),
      called("revoke-3lo-token", "REVOKE_3LO_DEVICE_TOKENS"), // of a device, whichever clients were on it
      called("revoke-3lo-token", "REVOKE_3LO_TOKENS"),
      called("authorize-api-client-access", "ADD_TO_TRUSTED_OAUTH2_APPS"),
      real("suspend-user"),
    ],
  },
];
