import { expect, it } from "vitest";
import { derivedId, Instant } from "../kernel/index.ts";
import { type Actor, Signal } from "../signal/index.ts";
import { emailAccount } from "./address.ts";
import { contributions } from "./contributions.ts";

const source = { connector: "aws-sts", eventId: "e1", occurredAt: Instant.parse("2026-03-02T09:00:00Z") };
const SESSION = { id: derivedId("ses", "aws", "ASIAIOSFODNN7EXAMPLE"), name: "ASIAIOSFODNN7EXAMPLE" } as const;
const by = (via: Actor["via"], more: Partial<Actor> = {}): Actor => ({
  realm: "aws",
  name: "deploy/run-42",
  via,
  ...more,
});
const opened = (actor: Actor, more: object = {}) =>
  contributions(
    Signal.parse({
      ...{ kind: "session.issued", source, tenant: "111122223333", by: actor, session: SESSION, how: "assume-role" },
      ...more,
    }),
  );
const gist = (said: ReturnType<typeof contributions>) =>
  said.flatMap(({ evidence }) => evidence.map(({ kind, candidate }) => [kind, candidate]));
const ADA = emailAccount("ada@example.com");

it.each([
  ["a source identity is the caller's own word", "assume-role", [["opened-under-source-identity", ADA]]],
  ["also under a web identity", "web-identity", [["opened-under-source-identity", ADA]]],
  ["and under SAML the identity provider's", "saml", [["opened-in-saml-session", ADA]]],
  ["and Identity Center's", "sso", [["opened-in-saml-session", ADA]]],
])("%s", (_title, how, evidence) => {
  expect(gist(opened(by("unknown"), { how, sourceIdentity: "ada@example.com" }))).toEqual(evidence);
});

it("a session's name that was chosen points to somebody, as what it is", () => {
  expect(gist(opened(by("unknown"), { sessionName: "ada@example.com" }))).toEqual([["opened-in-session", ADA]]);
});

it("a name is no more true for being used: what is done under it says nothing of the session", () => {
  const other = { id: derivedId("ses", "aws", "ASIA2EXAMPLE"), name: "ASIA2EXAMPLE" };
  const subjects = (actor: Actor) => opened(actor).map(({ subject }) => subject.id);
  expect(subjects(by("session-name", { name: "x/ada@example.com", session: other }))).toEqual([SESSION.id]);
  expect(subjects(by("workload", { session: other }))).toEqual([SESSION.id]);
  expect(subjects(by("sso-session", { account: ADA, session: other }))).toEqual([other.id, SESSION.id]);
});

it("what is said of one session of a sign-in is said of the sign-in, and its name of none", () => {
  const session = { id: derivedId("ses", "aws", "ASIA2EXAMPLE"), name: "ASIA2EXAMPLE" };
  const signIn = { id: derivedId("ses", "aws", "sign-in"), name: "sign-in" };
  const told = (actor: Actor) => opened(actor).filter(({ subject }) => subject.id !== SESSION.id);
  const known = told(by("sso-session", { account: ADA, session, signIn }));
  expect(known.map(({ subject, evidence }) => [subject.id, evidence.length])).toEqual([
    [signIn.id, 1],
    [session.id, 1],
  ]);
  const named = told(by("session-name", { name: "x/ada@example.com", session, signIn }));
  expect(named).toMatchObject([{ subject: { id: session.id }, evidence: [] }]);
  for (const [own] of [known.slice(-1), named])
    expect(own?.edges).toMatchObject([{ from: signIn.id, rel: "made", to: session.id }]);
});

it("no session is opened in itself", () => {
  const edges = (id: string) =>
    opened(by("session-name", { session: { ...SESSION, id: id as `ses_${string}` } })).flatMap((one) => one.edges);
  expect(edges(SESSION.id)).toEqual([]);
  expect(edges("ses_other")).toMatchObject([{ from: "ses_other", rel: "made", to: SESSION.id }]);
});

it("there is no field for what opens it", () => {
  for (const field of ["token", "sessionToken", "secretAccessKey", "credentials", "handle"])
    expect(() => opened(by("unknown"), { [field]: "x" })).toThrow();
});
