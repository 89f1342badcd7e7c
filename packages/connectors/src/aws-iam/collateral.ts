import type { Collateral } from "@leasehold/core/connector";
import { SERVICE_SPECIFIC } from "./handles.ts";

const USER_GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide";
const REFERENCE = "https://docs.aws.amazon.com/IAM/latest/APIReference";

/** What IAM does besides. */
export const collateral: readonly Collateral[] = [
  {
    ...{ credential: "access key", verb: "disable", by: "us", slots: 2 },
    what: "A key that is switched off still takes one of its user's two places: while two stand, on or off, nobody can make another.",
    instead: "Where something must go on, let it assume a role for short-lived sessions; do not make it a second key.",
    source: `${USER_GUIDE}/reference_iam-quotas.html`,
  },
  {
    ...{ credential: "access key", verb: "disable", by: "us", sessionsLive: 36 },
    what: "Sessions that were opened with the key go on until they expire: 36 hours at most for GetSessionToken and GetFederationToken, 12 for AssumeRole, one for a role that another role's session assumed.",
    instead:
      "To end them sooner, deny the user, and each role that it assumed, what was issued before now (aws:TokenIssueTime).",
    source: `${USER_GUIDE}/id_credentials_temp_control-access.html`,
  },
  {
    ...{ credential: "access key", verb: "delete", by: "us" },
    what: "Its place among its user's two is free again, and nothing brings its value back: whatever still holds it must be given another.",
    source: `${REFERENCE}/API_DeleteAccessKey.html`,
  },
  {
    ...{ credential: SERVICE_SPECIFIC, verb: "disable", by: "us", slots: 2 },
    what: "It ends this one alone. A short-term Bedrock key of the same user is made from a session and goes on until it expires: only a policy stops it.",
    instead: "For Bedrock, deny bedrock:CallWithBearerToken to the user as well.",
    source: "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-revoke.html",
  },
  {
    ...{ credential: SERVICE_SPECIFIC, verb: "delete", by: "us" },
    what: "Nothing brings its value back: whatever still holds it must be given another.",
    source: `${REFERENCE}/API_DeleteServiceSpecificCredential.html`,
  },
  {
    ...{ credential: "login profile", verb: "delete", by: "hand" },
    what: "Without a password a user's access keys go on.",
    instead: "Switch its keys off as well.",
    source: `${REFERENCE}/API_DeleteLoginProfile.html`,
  },
];
