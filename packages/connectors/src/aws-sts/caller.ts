import type { Actor, How } from "@leasehold/core/signal";
import { googleAccount, inSso, isEmail, isIdentityCenter, readActor, unmasked } from "../../kit/index.ts";
import type { Detail } from "./event.ts";

/** How the session was opened. Identity Center comes by SAML too, into roles that only AWS can make. */
export function howOf({ eventName, requestParameters }: Pick<Detail, "eventName" | "requestParameters">): How {
  switch (eventName) {
    case "AssumeRole":
      return "assume-role";
    case "AssumeRoot":
      return "assume-root";
    case "AssumeRoleWithSAML":
      return isIdentityCenter(requestParameters?.roleArn) ? "sso" : "saml";
    case "AssumeRoleWithWebIdentity":
      return "web-identity";
    case "GetFederationToken":
      return "federation";
    case "GetSessionToken":
      return "session-token";
  }
}

/** Who asked for it: a caller with credentials of AWS, or somebody for whom an identity provider vouches. */
export function callerOf(detail: Detail): Actor {
  const how = howOf(detail);
  if (how === "sso" || how === "saml") return { realm: "aws", ...bySaml(detail, how) };
  if (how === "web-identity") return { realm: "aws", ...byToken(detail) };
  return readActor(detail.userIdentity, detail.sessionCredentialFromConsole);
}

type Who = Pick<Actor, "via" | "account" | "name">;

/** The assertion gives the session its name; where that is no address, the subject may be one. */
function bySaml({ userIdentity, requestParameters, responseElements }: Detail, how: "sso" | "saml"): Who {
  const session = unmasked(requestParameters?.roleSessionName);
  const subject = unmasked(responseElements?.subject) ?? unmasked(userIdentity.userName);
  const name = session !== undefined && isEmail(session) ? session : (subject ?? session ?? "unknown");
  return how === "sso" ? inSso(session ?? "unknown", session ?? "") : { via: "saml-session", name };
}

/** Google's subject is an account; a pipeline's and a cluster's is a workload; of any other nobody says whether it is a person. */
function byToken({ userIdentity, responseElements }: Detail): Who {
  const subject = unmasked(responseElements?.subjectFromWebIdentityToken) ?? unmasked(userIdentity.userName);
  const provider = unmasked(responseElements?.provider) ?? unmasked(userIdentity.identityProvider);
  if (subject === undefined) return { via: "unknown", name: provider ?? "unknown" };
  if (provider === "accounts.google.com") return { via: "idp-user", account: googleAccount(subject), name: subject };
  return { via: /^(repo|system:serviceaccount|project_path):/.test(subject) ? "workload" : "unknown", name: subject };
}
