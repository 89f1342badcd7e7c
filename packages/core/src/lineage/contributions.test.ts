import { describe, expect, it } from "vitest";
import { derivedId, Instant } from "../kernel/index.ts";
import { type Actor, Signal, type Via } from "../signal/index.ts";
import { emailAccount, numberPlace } from "./address.ts";
import { contributions } from "./contributions.ts";

const AT = Instant.parse("2026-03-02T09:00:00Z");
const KEY = derivedId("crd", "aws", "AKIAIOSFODNN7EXAMPLE");
const ADA = derivedId("acc", "okta", "example", "ada");
const IDENTITY = { id: derivedId("idn", "aws", "deploy"), realm: "aws", name: "deploy" } as const;
const source = { connector: "aws-iam", eventId: "e1", occurredAt: AT };
const by = (via: Via, more: Partial<Actor> = {}): Actor => ({ realm: "aws", name: "deploy", via, ...more });
const base = { source, tenant: "111122223333" };

const issued = (
  actor: Actor,
  identity: { id: `idn_${string}`; realm: string; name: string } = IDENTITY,
  more: object = {},
) =>
  Signal.parse({
    ...{ kind: "credential.issued", ...base, by: actor, credential: KEY, type: "access key", identity },
    ...{ handle: { user: "deploy", accessKeyId: "AKIAIOSFODNN7EXAMPLE" }, ...more },
  });
const seen = (more: object = {}) =>
  Signal.parse({
    ...{ kind: "credential.seen", ...base, credential: KEY, type: "access key", identity: IDENTITY, handle: {} },
    ...{ state: "on", reach: "admin", ...more },
  });
const grant = (more: object = {}) =>
  Signal.parse({
    ...{ kind: "grant.created", ...base, by: by("idp-user", { account: ADA }), credential: KEY, identity: IDENTITY },
    ...{ scopes: ["write", "read"], reach: "unknown", handle: { grant: "1" }, ...more },
  });
const about = (kind: string, more: object = {}) =>
  Signal.parse({ kind, ...base, by: by("unknown"), credential: KEY, ...more });
const person = (kind: string, more: object = { handle: { user: "ada" } }) =>
  Signal.parse({ kind, ...base, by: by("unknown"), account: ADA, ...more });

const factOf = (signal: Signal, name: string, id: string = KEY) =>
  contributions(signal).find(({ subject }) => subject.id === id)?.facts[name];
const evidenceOf = (signal: Signal) =>
  contributions(signal).flatMap(({ evidence }) => evidence.map(({ kind, candidate }) => [kind, candidate]));

type Row = [title: string, actor: Actor, evidence: readonly unknown[]];
const SAYS = emailAccount("ada@example.com");

describe("who issued a credential", () => {
  it.each<Row>([
    ["an identity provider's user id", by("idp-user", { account: ADA }), [["issued-by", ADA]]],
    ["a stamp of Identity Center", by("on-behalf-of", { account: ADA }), [["issued-by", ADA]]],
    ["an IAM user", by("iam-user", { account: ADA }), [["issued-by", ADA]]],
    ["an immutable id without an account is nobody", by("idp-user", { name: "ada@example.com" }), []],
    ["a session named by Identity Center", by("sso-session", { account: SAYS }), [["issued-in-sso-session", SAYS]]],
    [
      "a session named by its holder, after an address",
      by("session-name", { name: "arn:aws:sts::111122223333:assumed-role/deploy/Ada@example.com" }),
      [["issued-in-session", SAYS]],
    ],
    [
      "an account never makes a free session name more",
      by("session-name", { account: ADA }),
      [["issued-in-session", ADA]],
    ],
    ["a session named after nobody", by("session-name", { name: "role/ci-run-42" }), []],
    ["the role is never an owner", by("workload", { name: "deploy@example.com" }), []],
    ["a service with an account", by("workload", { account: ADA }), []],
    ["root is nobody", by("unknown", { account: ADA }), []],
  ])("%s", (_title, actor, evidence) => {
    expect(evidenceOf(issued(actor))).toEqual(evidence);
  });

  it("an identity that is named after a person is held by that person, and one that is not is not", () => {
    const name = "arn:aws:iam::111122223333:user/ada@example.com";
    expect(evidenceOf(issued(by("unknown"), { ...IDENTITY, name }))).toEqual([["held-by", SAYS]]);
  });
});

describe("a grant", () => {
  it("is its authoriser's, and saying so twice is no second reason", () => {
    expect(evidenceOf(grant({ authoriser: ADA }))).toEqual([["authorised-by", ADA]]);
  });
  it("for which an administrator consented is the administrator's deed", () => {
    expect(evidenceOf(grant())).toEqual([["issued-by", ADA]]);
  });
  it("is called a grant only until the provider gives its type, however late that is heard", () => {
    expect(factOf(grant(), "type")).toMatchObject({ value: "grant", at: "1970-01-01T00:00:00.000Z" });
    expect(factOf(grant({ type: "oauth grant" }), "type")).toMatchObject({
      value: "oauth grant",
      at: source.occurredAt,
    });
    expect(factOf(grant(), "scopes")?.value).toBe('["read","write"]');
    expect(factOf(grant({ reach: "write" }), "reach")?.value).toBe("write");
  });
});

it("keeps how far a credential reaches where the record of its making says so, and only there", () => {
  expect(factOf(issued(by("unknown"), IDENTITY, { reach: "write" }), "reach")?.value).toBe("write");
  for (const more of [{}, { reach: "unknown" }])
    expect(factOf(issued(by("unknown"), IDENTITY, more), "reach")).toBeUndefined();
});

describe("what lists say", () => {
  it("names a declared owner and an authoriser as evidence", () => {
    expect(evidenceOf(seen({ owner: ADA, authoriser: SAYS }))).toEqual([
      ["declared", ADA],
      ["authorised-by", SAYS],
    ]);
  });
  it("does not let an unknown reach or standing hide a known one", () => {
    expect(factOf(seen({ reach: "unknown" }), "reach")).toBeUndefined();
    const unknown = Signal.parse({
      kind: "account.seen",
      ...base,
      account: ADA,
      handle: {},
      standing: "unknown",
      sameAs: [],
    });
    expect(factOf(unknown, "standing", ADA)).toBeUndefined();
    expect(contributions(unknown)[0]?.turns["standing"]).toBeUndefined();
  });
  it("floors the last use to the day and dates it by that day, and any use wins over never", () => {
    const day = "2026-03-09T00:00:00.000Z";
    expect(factOf(seen({ lastUsed: "2026-03-09T23:59:59Z" }), "lastUsed")).toMatchObject({ value: day, at: day });
    expect(factOf(seen({ lastUsed: null }), "lastUsed")).toMatchObject({
      value: "never",
      at: "1970-01-01T00:00:00.000Z",
    });
    expect(factOf(seen(), "lastUsed")).toBeUndefined();
  });
  it("keeps where the provider is found", () => {
    expect(factOf(seen(), "connector")?.value).toBe("aws-iam");
    expect(factOf(seen(), "tenant")?.value).toBe("111122223333");
    expect(factOf(seen(), "identity")?.value).toBe(IDENTITY.id);
  });
  it("lies the edge under the identity, so that siblings are found there", () => {
    const edges = contributions(seen()).flatMap((one) => one.edges);
    expect(edges).toEqual([{ from: IDENTITY.id, rel: "holds", to: KEY, first: AT, last: AT, retracted: undefined }]);
  });
});

it.each([
  ["credential.disabled", "off"],
  ["credential.restored", "on"],
  ["credential.deleted", "deleted"],
  ["grant.revoked", "deleted"],
])("%s makes it %s, and says nothing about whose it is or who provides it", (kind, state) => {
  const [said] = contributions(about(kind));
  const seen = { at: AT, eventId: "e1" };
  const restored = kind === "credential.restored" ? { restored: { value: "yes", ...seen } } : {};
  expect(said?.facts).toEqual({ state: { value: state, ...seen }, ...restored });
  expect(said?.evidence).toEqual([]);
});

it("a refused call changes nothing", () => {
  const refused = { kind: "access.refused", ...base, by: by("unknown"), action: "iam:DeleteAccessKey", resource: "x" };
  expect(contributions(Signal.parse(refused))).toEqual([]);
});

it.each([
  ["person.joined", "active", undefined],
  ["person.reinstated", "active", undefined],
  ["person.held", "suspended", undefined],
  ["person.left", "departed", "yes"],
  ["person.purged", "departed", "yes"],
])("%s makes the standing %s, as a fact and as a turn", (kind, standing, left) => {
  const [said] = contributions(person(kind));
  expect(said?.facts["standing"]?.value).toBe(standing);
  expect(said?.turns["standing"]).toEqual([{ value: standing, at: AT }]);
  expect(said?.facts["left"]?.value).toBe(left);
});

it("a move says what changed, in one spelling, and leaves the standing alone", () => {
  const [said] = contributions(person("person.moved", { changed: ["team", "manager"] }));
  expect(said?.facts["moved"]?.value).toBe('["manager","team"]');
  expect(said?.facts["standing"]).toBeUndefined();
});

describe("what is seen of an identity", () => {
  const shown = (more: object = {}) =>
    Signal.parse({ kind: "identity.seen", ...base, identity: IDENTITY, type: "role", ...more });
  const fact = (more: object, name: string) => factOf(shown(more), name, IDENTITY.id)?.value;

  it("is kept in one spelling, and that nothing bounds it is told apart from not knowing", () => {
    expect(fact({ trusts: ["b", "a"] }, "trusts")).toBe('["a","b"]');
    expect(fact({ trusts: null }, "trusts")).toBe("too many");
    expect(fact({ boundary: null }, "boundary")).toBe("none");
    expect(fact({ groups: ["b", "a"] }, "groups")).toBe('["a","b"]');
    for (const name of ["trusts", "boundary", "groups", "tags", "owner", "reach"])
      expect(fact({}, name)).toBeUndefined();
    expect(fact({ reach: "unknown" }, "reach")).toBeUndefined();
    expect(fact({}, "deleted")).toBe("no");
  });
  it("names a declared owner, and nobody else", () => {
    expect(evidenceOf(shown({ owner: ADA }))).toEqual([["declared", ADA]]);
    expect(evidenceOf(shown())).toEqual([]);
  });
});

it("who made an identity is evidence; who deleted it is not", () => {
  const made = (kind: string) =>
    Signal.parse({ kind, ...base, by: by("idp-user", { account: ADA }), identity: IDENTITY });
  expect(evidenceOf(made("identity.created"))).toEqual([["identity-made-by", ADA]]);
  expect(evidenceOf(made("identity.deleted"))).toEqual([]);
  expect(factOf(made("identity.deleted"), "deleted", IDENTITY.id)?.value).toBe("yes");
});

it("an identity that bears a plus-address is an agent's of whoever has the address without it", () => {
  const name = "Ada+deploy@example.com";
  expect(evidenceOf(issued(by("unknown"), { ...IDENTITY, name }))).toEqual([["agent-of", SAYS]]);
});

it("leads from an alias, from the owner of an agent's address and from an employee number, and joins none of them", () => {
  const alias = emailAccount("ada.l@example.com");
  const signal = Signal.parse({
    ...{ kind: "account.seen", ...base, account: ADA, handle: {}, standing: "active", email: "ada+deploy@example.com" },
    ...{ employeeNumber: "1815", sameAs: [{ account: alias, how: "alias" }] },
  });
  const edges = contributions(signal).flatMap((one) => one.edges.map(({ from, rel, to }) => [from, rel, to]));
  expect(edges).toEqual([
    [emailAccount("ada+deploy@example.com"), "addressed-by", ADA],
    [numberPlace("1815"), "addressed-by", ADA],
    [alias, "alias", ADA],
    [SAYS, "agent", ADA],
  ]);
});

it.each([
  ["person.linked", "one", null],
  ["person.unlinked", "two", ADA],
])("%s stands at both ends, with who said it and why, and links nothing by itself", (kind, says, leaves) => {
  const other = derivedId("acc", "github", "7");
  const said = contributions(person(kind, { other, because: "they told me" }));
  expect(said.map(({ subject }) => subject.id)).toEqual([ADA, other]);
  const value = JSON.stringify({ because: "they told me", by: "deploy", leaves, says });
  expect(said.map(({ facts }) => Object.entries(facts).map(([name, fact]) => [name, fact.value]))).toEqual([
    [[`word/${other}`, value]],
    [[`word/${ADA}`, value]],
  ]);
  expect(said.flatMap(({ edges, evidence }) => [...edges, ...evidence])).toEqual([]);
  expect(contributions(person(kind, { other: ADA, because: "they told me" }))).toEqual([]);
});

it("links an account both ways by an immutable id, and one way by its address", () => {
  const other = derivedId("acc", "aws-identity-center", "d-1", "u-1");
  const signal = Signal.parse({
    ...{ kind: "account.seen", ...base, account: ADA, handle: {}, standing: "active", email: "Ada@Example.com" },
    sameAs: [
      { account: other, how: "external-id" },
      { account: SAYS, how: "email" },
      { account: ADA, how: "external-id" },
    ],
  });
  const edges = contributions(signal).flatMap((one) => one.edges.map(({ from, rel, to }) => [from, rel, to]));
  expect(edges).toEqual([
    [SAYS, "addressed-by", ADA],
    [ADA, "same-as", other],
    [other, "same-as", ADA],
  ]);
});
