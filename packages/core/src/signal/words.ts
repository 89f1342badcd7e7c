/** How the vendor's record shows who acted; it decides whether the holder of a credential could have set the name. */
export const VIAS = [
  "idp-user", // the identity provider's own user id
  "on-behalf-of", // IAM Identity Center stamped its user id
  "iam-user", // an IAM user's own credential
  "sso-session", // IAM Identity Center set the session name to its user name
  "saml-session", // a SAML identity provider set the session name
  "session-name", // free text of whoever assumed the role
  "workload", // a service or an application
  "unknown", // root, a foreign account, a masked field
] as const;

/** How a session was opened. */
export const HOWS = [
  "assume-role",
  "assume-root",
  "saml",
  "web-identity",
  "federation",
  "session-token",
  "sso",
] as const;

export const REACHES = ["admin", "write", "read", "unknown"] as const;

/** More than these who may act by one identity are kept as a number alone. */
export const MOST_TRUSTED = 16;

/** What a service of the provider's says of something that it looked at: nobody used it; rights of it nobody used; others outside may use it. */
export const JUDGED = ["unused", "rights unused", "open to outsiders"] as const;

/** Of what a secret says that it keeps, no more than these. */
export const MOST_KEPT = 8;

/** Of what one policy names, no more than these. */
export const MOST_NAMED = 8;
