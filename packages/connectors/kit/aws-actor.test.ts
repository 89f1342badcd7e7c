import type { Actor } from "@leasehold/core/signal";
import fc from "fast-check";
import { expect, it } from "vitest";
import { readActor, UserIdentity } from "./aws-actor.ts";
import { accessKey, emailAccount, iamUserAccount, identityCenterAccount } from "./aws-ids.ts";

const ISSUER =
  "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef";
const session = (role: string, name: string) => `arn:aws:sts::111122223333:assumed-role/${role}/${name}`;
const SSO = "AWSReservedSSO_Admin_0123456789abcdef";
const ADA = "arn:aws:iam::111122223333:user/ada";
const STORE = "arn:aws:identitystore::111122223333:identitystore/d-1234567890";
const USER = "01234567-89ab-cdef-0123-456789abcdef";
const issued = (arn: string) => ({ sessionContext: { sessionIssuer: { arn } } });
const MASKED = "HIDDEN_DUE_TO_SECURITY_REASONS";

type Row = [title: string, identity: UserIdentity, then: Partial<Actor>];

it.each<Row>([
  [
    "an IAM user is an account",
    { type: "IAMUser", arn: ADA },
    { via: "iam-user", account: iamUserAccount(ADA), name: ADA },
  ],
  ["an IAM user is one by the ARN alone, too", { arn: ADA }, { via: "iam-user", account: iamUserAccount(ADA) }],
  [
    "a session by its ARN alone is named by whoever opened it",
    { arn: session(SSO, "ada@example.com") },
    { via: "session-name", account: undefined },
  ],
  [
    "so is a federated user",
    { arn: "arn:aws:sts::111122223333:federated-user/ada" },
    { via: "session-name", account: undefined },
  ],
  ...[
    "arn:aws:iam::111122223333:root",
    "arn:aws:iam::111122223333:role/ada",
    `x${ADA}`,
    ADA.replace("user", "users"),
    ADA.replace("111122223333", ""),
    "",
  ].map((arn): Row => [`an ARN of another form is nobody: ${arn}`, { arn }, { via: "unknown", account: undefined }]),
  [
    "what is said of the kind counts, and not the form",
    { type: "Unknown", arn: ADA },
    { via: "unknown", account: undefined },
  ],
  [
    "its path is no part of who it is",
    { type: "IAMUser", arn: "arn:aws:iam::111122223333:user/teams/search/ada" },
    { via: "iam-user", account: iamUserAccount(ADA) },
  ],
  [
    "an IAM user in the console is still the user",
    { type: "IAMUser", arn: ADA, invokedBy: "signin.amazonaws.com" },
    { via: "iam-user", account: iamUserAccount(ADA) },
  ],
  [
    "Identity Center's own stamp wins over the session's name",
    {
      type: "AssumedRole",
      arn: session(SSO, "ada@example.com"),
      onBehalfOf: { userId: USER, identityStoreArn: STORE },
      ...issued(ISSUER),
    },
    { via: "on-behalf-of", account: identityCenterAccount("d-1234567890", USER) },
  ],
  [
    "the stamp counts on a type Unknown too",
    { type: "Unknown", onBehalfOf: { userId: USER, identityStoreArn: STORE } },
    { via: "on-behalf-of", account: identityCenterAccount("d-1234567890", USER), name: USER },
  ],
  [
    "a stamp without its store names nobody",
    { type: "Unknown", onBehalfOf: { userId: USER } },
    { via: "unknown", account: undefined },
  ],
  [
    "a permission set's session is named by Identity Center",
    { type: "AssumedRole", arn: session(SSO, "Ada@Example.com"), ...issued(ISSUER) },
    { via: "sso-session", account: emailAccount("ada@example.com") },
  ],
  [
    "a user name that is no address is no account",
    { type: "AssumedRole", arn: session(SSO, "ada"), ...issued(ISSUER) },
    { via: "sso-session", account: undefined },
  ],
  [
    "a service that goes on with a person's session is that person's",
    {
      type: "AssumedRole",
      arn: session(SSO, "ada@example.com"),
      invokedBy: "cloudformation.amazonaws.com",
      ...issued(ISSUER),
    },
    { via: "sso-session", account: emailAccount("ada@example.com") },
  ],
  [
    "anybody may give a role Identity Center's name; only AWS gives the path",
    { type: "AssumedRole", arn: session(SSO, "ada@example.com"), ...issued(`arn:aws:iam::111122223333:role/${SSO}`) },
    { via: "session-name", account: undefined },
  ],
  [
    "a session's name is free text",
    {
      type: "AssumedRole",
      arn: session("deploy", "ada@example.com"),
      ...issued("arn:aws:iam::111122223333:role/deploy"),
    },
    { via: "session-name", account: undefined },
  ],
  [
    "a role that a service uses is the service",
    { type: "AssumedRole", arn: session("deploy", "x"), invokedBy: "cloudformation.amazonaws.com" },
    { via: "workload", account: undefined, name: "cloudformation.amazonaws.com" },
  ],
  [
    "a role that the console uses is whoever sits there",
    { type: "AssumedRole", arn: session("deploy", "x"), invokedBy: "signin.amazonaws.com" },
    { via: "session-name", account: undefined, name: session("deploy", "x") },
  ],
  ["a service", { type: "AWSService", invokedBy: "ec2.amazonaws.com" }, { via: "workload", name: "ec2.amazonaws.com" }],
  ["root is nobody", { type: "Root", arn: "arn:aws:iam::111122223333:root" }, { via: "unknown", account: undefined }],
  [
    "a foreign account is nobody",
    { type: "AWSAccount", principalId: "AROAEXAMPLE:x" },
    { via: "unknown", name: "unknown" },
  ],
  [
    "a hidden user is nobody",
    { type: "IAMUser", arn: MASKED },
    { via: "unknown", account: undefined, name: "unknown" },
  ],
  [
    "a hidden stamp is nobody",
    { type: "Unknown", onBehalfOf: { userId: MASKED, identityStoreArn: STORE } },
    { via: "unknown", account: undefined },
  ],
])("%s", (_title, identity, then) => {
  const actor = readActor(identity);
  expect({ ...then, ...actor }).toMatchObject(then);
  expect(actor.account).toBe(then.account);
});

const BEGAN = { attributes: { creationDate: "2026-10-05T07:58:00Z" } };
const IN_ROLE = { type: "AssumedRole", arn: session("deploy", "x"), principalId: "AROAEXAMPLE:x" };
const SINCE = "2026-10-05T07:58:00.000Z";

it.each([
  [
    "by its key's id",
    { ...IN_ROLE, accessKeyId: "ASIAIOSFODNN7EXAMPLE", sessionContext: BEGAN },
    undefined,
    "ASIAIOSFODNN7EXAMPLE",
  ],
  [
    "by its key's id though nobody says when it began",
    { ...IN_ROLE, accessKeyId: "ASIAIOSFODNN7EXAMPLE" },
    "false",
    "ASIAIOSFODNN7EXAMPLE",
  ],
  [
    "of the console, which signs with another key each time",
    { ...IN_ROLE, accessKeyId: "ASIAIOSFODNN7EXAMPLE", sessionContext: BEGAN },
    "true",
    `AROAEXAMPLE:x since ${SINCE}`,
  ],
  ["of the console, without a key", { ...IN_ROLE, sessionContext: BEGAN }, undefined, `AROAEXAMPLE:x since ${SINCE}`],
  [
    "but a long-term key is none",
    { type: "IAMUser", arn: ADA, accessKeyId: "AKIAIOSFODNN7EXAMPLE", sessionContext: BEGAN },
    undefined,
    undefined,
  ],
  [
    "nor a hidden principal of the console",
    { ...IN_ROLE, principalId: MASKED, sessionContext: BEGAN },
    undefined,
    undefined,
  ],
  [
    "nor one that began nobody knows when",
    { ...IN_ROLE, sessionContext: { attributes: { creationDate: "yesterday" } } },
    undefined,
    undefined,
  ],
])("tells the session %s", (_title, identity, console, name) => {
  expect(readActor(UserIdentity.parse(identity), console).session?.name).toBe(name);
});

it("knows a session of the console again, and no other for it", () => {
  const at = (creationDate: string, accessKeyId: string) =>
    readActor({ ...IN_ROLE, accessKeyId, sessionContext: { attributes: { creationDate } } }, "true").session?.id;
  const first = at("2026-10-05T07:58:00Z", "ASIAIOSFODNN7EXAMPLE");
  expect(at("2026-10-05T07:58:00Z", "ASIA2IOSFODNNEXAMPLE")).toBe(first);
  expect(at("2026-10-05T07:59:00Z", "ASIAIOSFODNN7EXAMPLE")).not.toBe(first);
});

it.each([
  [
    "a key of Bedrock's own",
    { type: "IAMUser", arn: "arn:aws:iam::111122223333:user/BedrockAPIKey-ab12" },
    "arn:aws:iam::111122223333:user/BedrockAPIKey-ab12",
  ],
  [
    "a function's credentials",
    { ...IN_ROLE, inScopeOf: { sourceArn: "arn:a", credentialsIssuedTo: "arn:b" } },
    "arn:b",
  ],
  ["a task's credentials", { ...IN_ROLE, inScopeOf: { sourceArn: "arn:a" } }, "arn:a"],
])("%s is a workload, nobody", (_title, identity, name) => {
  expect(readActor(UserIdentity.parse(identity))).toMatchObject({ via: "workload", name });
  expect(readActor(UserIdentity.parse(identity))).not.toHaveProperty("account");
});

it("reads nothing where a rule handed on nothing", () => {
  const blank = {
    type: "",
    arn: null,
    principalId: "",
    accessKeyId: "",
    onBehalfOf: { userId: "", identityStoreArn: "" },
  };
  const rest = {
    inScopeOf: { sourceArn: "" },
    sessionContext: { sessionIssuer: { arn: null }, attributes: { creationDate: "" } },
  };
  expect(readActor(UserIdentity.parse({ ...blank, ...rest }))).toEqual({
    realm: "aws",
    via: "unknown",
    name: "unknown",
  });
});

it("names the credential that was used", () => {
  const read = readActor({ type: "IAMUser", arn: ADA, accessKeyId: "AKIAIOSFODNN7EXAMPLE" });
  expect(read.credential).toBe(accessKey("AKIAIOSFODNN7EXAMPLE"));
});

it.each(["AKIA****************", MASKED, ""])("makes no node of the hidden key id %s", (accessKeyId) => {
  expect(readActor({ type: "IAMUser", arn: ADA, accessKeyId })).not.toHaveProperty("credential");
});

it("names an account only of a type that AWS vouches for, whatever else stands there", () => {
  const anything = fc.record({
    type: fc.constantFrom("Root", "AWSAccount", "AWSService", "FederatedUser", "Role", "x"),
    arn: fc.string(),
  });
  fc.assert(fc.property(anything, (identity) => readActor(UserIdentity.parse(identity)).account === undefined));
});

const behalf = { onBehalfOf: { userId: USER, identityStoreArn: STORE } };

/** AWS CloudTrail User Guide, userIdentity element: every type there, and the two of STS's federation calls. */
it.each<[type: string, identity: UserIdentity, via: Actor["via"], named: boolean]>([
  ["Root", { arn: "arn:aws:iam::111122223333:root" }, "unknown", false],
  ["IAMUser", { arn: ADA, userName: "ada" }, "iam-user", true],
  ["AssumedRole", { arn: session("deploy", "ada@example.com") }, "session-name", false],
  ["Role", { arn: "arn:aws:iam::111122223333:role/deploy" }, "unknown", false],
  ["FederatedUser", { arn: "arn:aws:sts::111122223333:federated-user/ada@example.com" }, "session-name", false],
  ["Directory", { userName: "ada@example.com" }, "unknown", false],
  ["AWSAccount", { principalId: "AROAEXAMPLE:ada@example.com" }, "unknown", false],
  ["AWSService", { invokedBy: "ec2.amazonaws.com" }, "workload", false],
  ["IdentityCenterUser", { credentialId: "token-1", ...behalf }, "on-behalf-of", true],
  ["IdentityCenterUser", { credentialId: "token-1" }, "unknown", false],
  ["Unknown", behalf, "on-behalf-of", true],
  ["Unknown", {}, "unknown", false],
  ["SAMLUser", { userName: "ada@example.com", principalId: "x:ada@example.com" }, "unknown", false],
  ["WebIdentityUser", { userName: "repo:example/search:ref:refs/heads/main" }, "unknown", false],
  ["a type of tomorrow", { arn: ADA, userName: "ada" }, "unknown", false],
])("of the type %s %o is %s", (type, identity, via, named) => {
  const actor = readActor({ type, ...identity });
  expect([actor.via, actor.account !== undefined]).toEqual([via, named]);
});

const SIGN_IN = "arn:aws:signin:eu-west-1:111122223333:session/6f1c9f0a-1111-4222-8333-444455556666";
const underSignIn = { sessionContext: { ...BEGAN, signInSessionArn: SIGN_IN } };

it("knows one sign-in by whatever keys it is given, each of which is a session of its own", () => {
  const [one, other] = ["ASIAIOSFODNN7EXAMPLE", "ASIA2IOSFODNNEXAMPLE"].map((accessKeyId) =>
    readActor({ ...IN_ROLE, accessKeyId, ...underSignIn }),
  );
  expect(one?.signIn).toEqual({ id: expect.stringMatching(/^ses_/), name: SIGN_IN });
  expect(other?.signIn).toEqual(one?.signIn);
  expect(other?.session?.id).not.toBe(one?.session?.id);
});

it.each([
  ["a hidden sign-in", MASKED, undefined],
  ["an empty one", "", undefined],
])("%s is none", (_title, signInSessionArn, then) => {
  const identity = { ...IN_ROLE, accessKeyId: "ASIAIOSFODNN7EXAMPLE", sessionContext: { signInSessionArn } };
  expect(readActor(identity).signIn).toBe(then);
});

it("takes the sign-in for the session where nothing else tells it from another", () => {
  const actor = readActor({
    type: "AssumedRole",
    arn: session("deploy", "x"),
    sessionContext: { signInSessionArn: SIGN_IN },
  });
  expect(actor).toMatchObject({ via: "session-name", session: { name: SIGN_IN } });
  expect(actor).not.toHaveProperty("signIn");
});

it("a role's session that an agent uses by the AWS MCP Server goes on as the session that it was", () => {
  const identity = {
    ...IN_ROLE,
    accessKeyId: "ASIAIOSFODNN7EXAMPLE",
    invokedBy: "aws-mcp.amazonaws.com",
    ...underSignIn,
  };
  expect(readActor(identity)).toMatchObject({
    ...{ via: "session-name", session: { name: "ASIAIOSFODNN7EXAMPLE" }, signIn: { name: SIGN_IN } },
  });
});

it.each<[string, UserIdentity]>([
  ["a user", { type: "IAMUser", arn: ADA, accessKeyId: "ASIAIOSFODNN7EXAMPLE" }],
  ["a permission set", { type: "AssumedRole", arn: session(SSO, "ada@example.com"), ...issued(ISSUER), ...behalf }],
])("what another company does with the rights that %s lent it is not the lender's deed", (_title, lent) => {
  const actor = readActor({ ...lent, ...underSignIn, invokedByDelegate: { accountId: "444455556666" } });
  expect(actor).toMatchObject({ via: "workload", name: "delegate of account 444455556666" });
  for (const field of ["account", "session", "signIn"]) expect(actor).not.toHaveProperty(field);
});

it("several calls with one bearer token are one session, and the id of the token is not kept", () => {
  const read = (credentialId: string) => readActor({ type: "IdentityCenterUser", credentialId, ...behalf });
  const first = read("75732d656173742d31402782f1e2");
  expect(first.session?.id).toBe(read("75732d656173742d31402782f1e2").session?.id);
  expect(first.session?.id).not.toBe(read("75732d656173742d31402782f1e3").session?.id);
  expect(JSON.stringify(first)).not.toContain("75732d656173742d31402782f1e2");
  expect(first).not.toHaveProperty("credential");
});

it("a service-specific credential that comes as a bearer is known by the id that IAM knows it by", () => {
  const actor = readActor({ type: "IAMUser", arn: ADA, credentialId: "ACCAIOSFODNN7EXAMPLE" });
  expect(actor).toMatchObject({ via: "iam-user", credential: accessKey("ACCAIOSFODNN7EXAMPLE") });
  expect(actor).not.toHaveProperty("session");
});

it("of a record that has the console's mark in the session, the console's session", () => {
  const attributes = { ...BEGAN.attributes, sessionCredentialFromConsole: "true" };
  const actor = readActor({ ...IN_ROLE, accessKeyId: "ASIAIOSFODNN7EXAMPLE", sessionContext: { attributes } });
  expect(actor.session?.name).toBe(`AROAEXAMPLE:x since ${SINCE}`);
});
