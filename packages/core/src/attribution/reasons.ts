import type { EvidenceKind } from "./model.ts";

const STARTED = "started a run in the same repository, for the same ref, at the same time; that run probably";
const WENT_ON =
  "a run in the same repository that lasted longer than six hours was on its way at the same time, and may have";
const BY_ITSELF = "a schedule or a bot started a run in the same repository at the same time, which may have";

/** What each kind of evidence says, as it is shown to people. Apart from the weights: whoever only joins signals shows nothing. */
export const REASONS: Readonly<Record<EvidenceKind, string>> = {
  "issued-by": "created the credential, shown by an id that its holder cannot set",
  "issued-in-sso-session": "created the credential, shown by a session that the identity provider named",
  "issued-in-saml-session": "created the credential, shown by a session that a SAML identity provider named",
  "issued-under-source-identity":
    "created the credential, shown only by a source identity that whoever opened the session chose",
  "issued-in-session": "created the credential, shown only by a session name that anybody could have chosen",
  "identity-made-by": "created the identity that holds it, shown by an id that its holder cannot set",
  "identity-made-in-sso-session":
    "created the identity that holds it, shown by a session that the identity provider named",
  "identity-made-in-saml-session":
    "created the identity that holds it, shown by a session that a SAML identity provider named",
  "identity-made-under-source-identity":
    "created the identity that holds it, shown only by a source identity that whoever opened the session chose",
  "identity-made-in-session":
    "created the identity that holds it, shown only by a session name that anybody could have chosen",
  "opened-by": "opened the session, shown by an id that its holder cannot set",
  "opened-in-sso-session": "opened the session, shown by the name that the identity provider gave it",
  "opened-in-saml-session": "opened the session, shown by the name that a SAML identity provider gave it",
  "opened-under-source-identity": "opened the session, shown only by a source identity that they chose",
  "opened-in-session": "opened the session, shown only by a session name that anybody could have chosen",
  "opened-in-run": `${STARTED} opened the session`,
  "issued-in-run": `${STARTED} created the credential`,
  "identity-made-in-run": `${STARTED} created the identity that holds it`,
  "opened-in-long-run": `${WENT_ON} opened the session`,
  "issued-in-long-run": `${WENT_ON} created the credential`,
  "identity-made-in-long-run": `${WENT_ON} created the identity that holds it`,
  "opened-in-automatic-run": `${BY_ITSELF} opened the session`,
  "issued-in-automatic-run": `${BY_ITSELF} created the credential`,
  "identity-made-in-automatic-run": `${BY_ITSELF} created the identity that holds it`,
  "identity-renamed": "renamed the identity that holds it: whoever made one of that name says nothing any more",
  "authorised-by": "consented to the grant",
  "held-by": "the identity carries this person's address as its name",
  "agent-of": "the identity is named with a plus-address of this person's, as their agents are",
  declared: "named as the owner in a tag or an owner field",
  "declared-in-code":
    "declared, by no deed: named for the workflows in CODEOWNERS of the repository whose pipeline made it, by whoever may push there",
};
