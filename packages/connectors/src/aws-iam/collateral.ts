import type { Collateral } from "@leasehold/core/connector";
import {
  LOGIN_PROFILE,
  ROLE,
  ROLE_SESSIONS,
  SERVICE_SPECIFIC,
  SIGNING_CERTIFICATE,
  SSH_KEY,
  USER_SESSIONS,
} from "./handles.ts";

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
      "To end them sooner, deny the user, and each role that it assumed, what was issued before now (aws:TokenIssueTime). With `contain: true` the user's are an item of their own, once its keys are off.",
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
    ...{ credential: SIGNING_CERTIFICATE, verb: "disable", by: "us", slots: 2 },
    what: "A certificate that is switched off still takes one of its user's two places.",
    source: `${USER_GUIDE}/reference_iam-quotas.html`,
  },
  {
    ...{ credential: SIGNING_CERTIFICATE, verb: "delete", by: "us" },
    what: "Whoever has the certificate and its private key can upload it again; IAM does not keep it.",
    source: `${REFERENCE}/API_DeleteSigningCertificate.html`,
  },
  {
    ...{ credential: SSH_KEY, verb: "disable", by: "us", slots: 5 },
    what: "Git over SSH to CodeCommit stops with it; a password of CodeCommit for Git over HTTPS goes on, and so do access keys.",
    source: `${REFERENCE}/API_UpdateSSHPublicKey.html`,
  },
  {
    ...{ credential: SSH_KEY, verb: "delete", by: "us" },
    what: "Whoever has the public key can upload it again, under another id.",
    source: `${REFERENCE}/API_DeleteSSHPublicKey.html`,
  },
  {
    ...{ credential: LOGIN_PROFILE, verb: "quarantine", by: "us", sessionsLive: 12 },
    what: "A password cannot be switched off: the policy denies its whole user everything, its access keys and other credentials too. Roles that it assumed go on until their sessions expire.",
    instead: "Take its keys down one by one, each by itself, and leave the password.",
    source: `${USER_GUIDE}/id_credentials_passwords_admin-change-user.html`,
  },
  {
    ...{ credential: LOGIN_PROFILE, verb: "delete", by: "us", sessionsLive: 24 },
    what: "Without a password a user's access keys go on, and so does a console session that is open. Nobody can bring the password back: the user must be given a new one. A quarantine of its user stays.",
    instead: "Switch its keys off as well.",
    source: `${REFERENCE}/API_DeleteLoginProfile.html`,
  },
  {
    ...{ credential: USER_SESSIONS, verb: "end-sessions", by: "us" },
    what: "Whatever was issued to the user before this instant is denied everything: keys of GetSessionToken and GetFederationToken, and sessions of the console, whoever opened them with the user's credentials. Sessions of roles that were assumed with them go on. A password that is left on opens new ones.",
    instead: "Let them end by themselves: the case shows until when they can live.",
    source: `${USER_GUIDE}/id_credentials_temp_control-access_disable-perms.html`,
  },
  {
    ...{ credential: ROLE_SESSIONS, verb: "end-sessions", by: "us" },
    what: "Sessions of this one source identity on the role are denied everything, those to come too; on other roles they go on. Whoever else uses the role is not touched.",
    source: `${USER_GUIDE}/id_credentials_temp_control-access_monitor.html`,
  },
  {
    ...{ credential: ROLE, verb: "quarantine", by: "us" },
    what: "Everybody and everything that acts by the role is denied everything, at once and also in sessions that live already: functions, instances, pipelines, people.",
    instead: "Where only one of them should stop, take that one's own credential, or what lets it assume the role.",
    source: `${USER_GUIDE}/id_roles_use_revoke-sessions.html`,
  },
];
