import { eventsOf, type RouteEvents } from "./model.ts";

const { real, but } = eventsOf("aws-federation");

export const awsFederation: readonly RouteEvents[] = [
  {
    ...{ connector: "aws-federation", route: "credential-issued", n: 0 },
    matches: [
      real("create-saml-provider"),
      real("update-saml-provider"),
      real("delete-saml-provider"),
      real("create-open-id-connect-provider"),
      real("add-client-id-to-open-id-connect-provider"),
      real("delete-open-id-connect-provider"),
      real("create-saml-provider-refused"), // what was refused is told as refused
      but("create-saml-provider", {}, { eventName: "UpdateOpenIDConnectProviderThumbprint" }),
      but("create-saml-provider", { region: "eu-central-1", account: "444455556666" }), // forwarded from elsewhere
    ],
    misses: [
      but("create-saml-provider", { source: "aws.sts" }),
      but("create-saml-provider", { source: "aws.iam2" }),
      but("create-saml-provider", { "detail-type": "AWS Console Action via CloudTrail" }),
      but("create-saml-provider", {}, { eventSource: "cognito-idp.amazonaws.com" }),
      but("create-saml-provider", {}, { eventName: "GetSAMLProvider" }),
      but("create-saml-provider", {}, { eventName: "TagSAMLProvider" }),
      but("create-saml-provider", {}, { eventName: "CreateRole" }),
      but("create-open-id-connect-provider", {}, { eventName: "ListOpenIDConnectProviders" }),
      real("create-trust-anchor"),
    ],
  },
  {
    ...{ connector: "aws-federation", route: "credential-issued", n: 1 },
    matches: [
      real("create-trust-anchor"),
      real("update-trust-anchor"),
      real("disable-trust-anchor"),
      real("enable-trust-anchor"),
      real("delete-trust-anchor"),
      real("create-trust-anchor-refused"),
    ],
    misses: [
      but("create-trust-anchor", { source: "aws.iam" }),
      but("create-trust-anchor", { "detail-type": "AWS Service Event via CloudTrail" }),
      but("create-trust-anchor", {}, { eventSource: "iam.amazonaws.com" }),
      but("create-trust-anchor", {}, { eventName: "ListTrustAnchors" }),
      but("create-trust-anchor", {}, { eventName: "CreateProfile" }), // which roles: their trust policies tell
      but("create-trust-anchor", {}, { eventName: "CreateSession" }),
      real("create-saml-provider"),
    ],
  },
];
