import { derivedId, Instant, instantOf } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import { HOWS, JUDGED, REACHES, SIGNAL_KINDS, Signal, VIAS } from "@leasehold/core/signal";
import fc from "fast-check";
import type * as z from "zod/mini";

const FROM = Instant.parse("2025-01-01T00:00:00Z");
const NAMES = ["ada", "grace", "sam"] as const;

const name = fc.constantFrom(...NAMES);
const account = fc.oneof(
  name.map((one) => derivedId("acc", "okta", "example", one)),
  name.map((one) => emailAccount(`${one}@example.com`)),
);
const identity = fc
  .constantFrom("deploy", "search", "ada@example.com")
  .map((one) => ({ id: derivedId("idn", "aws", one), realm: "aws", name: one }));
const credential = fc.constantFrom("AKIAIOSFODNN7EXAMPLE", "AKIAI44QH8DHBEXAMPLE", "grant-1");
const at = fc.integer({ min: 0, max: 2_000 }).map((hours) => instantOf(Date.parse(FROM) + hours * 3_600_000));
const source = fc.record({
  connector: fc.constantFrom("okta", "aws-iam"),
  eventId: fc.constantFrom("e1", "e2", "e3", "e4"),
  occurredAt: at,
});
const session = fc
  .constantFrom("ASIA1EXAMPLE", "ASIA2EXAMPLE", "ASIA3EXAMPLE", "ASIA4EXAMPLE")
  .chain((id) =>
    fc.record(
      { id: fc.constant(derivedId("ses", "aws", id)), name: fc.constant(id), since: at },
      { requiredKeys: ["id", "name"] },
    ),
  );
const by = fc.record(
  {
    realm: fc.constant("aws"),
    name: fc.constantFrom("root", "ada@example.com"),
    via: fc.constantFrom(...VIAS),
    account,
    session,
    signIn: session.map(({ id, name }) => ({ id, name })),
  },
  { requiredKeys: ["realm", "name", "via"] },
);
const handle = fc.record({ user: name });
const reach = fc.constantFrom(...REACHES);

// Few hours and refs, so that runs and sessions meet, and some runs began days before.
const near = fc.integer({ min: 0, max: 300 }).map((minutes) => instantOf(Date.parse(FROM) + minutes * 60_000));
const before = fc.integer({ min: 0, max: 60 }).map((hours) => instantOf(Date.parse(FROM) - hours * 3_600_000));
const run = fc.record(
  {
    repository: fc.constantFrom("example/search", "Example/Search"),
    ref: fc.constantFrom("main", "v1"),
    event: fc.constantFrom("push", "pull_request", "pull_request_target"),
    id: fc.constantFrom("11", "12", "13"),
    attempt: fc.constantFrom(1, 2),
    startedAt: fc.oneof({ arbitrary: near, weight: 3 }, { arbitrary: before, weight: 1 }),
    endedAt: fc.oneof(near, at),
  },
  { requiredKeys: ["repository", "event", "id", "attempt", "startedAt"] },
);

const rules = fc.array(
  fc.record({
    line: fc.integer({ min: 1, max: 3 }),
    pattern: fc.constantFrom("*", "/.github/workflows/deploy.yml", "*.yml"),
    owners: fc.array(account, { maxLength: 3 }),
  }),
  { maxLength: 3 },
);

/** Every field that some signal has, so that the strict schema can pick what its kind knows. */
const field: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  ...{ source, by, identity, handle, reach, account, session },
  ...{ run, rules },
  repository: fc.constantFrom("example/search", "Example/Search", "example/other"),
  how: fc.constantFrom(...HOWS),
  role: fc.constantFrom("arn:aws:iam::111122223333:role/deploy", "arn:aws:iam::111122223333:role/search"),
  authorizer: fc.constantFrom("NONE", "CUSTOM_JWT"),
  uses: fc.uniqueArray(
    fc.oneof(
      identity.map(({ id }) => id),
      credential.map((one) => derivedId("crd", "aws", one)),
    ),
    {
      maxLength: 2,
    },
  ),
  usedBy: identity.map(({ id }) => id),
  sessionName: fc.constantFrom("ada@example.com", "run-42"),
  sourceIdentity: fc.constantFrom("grace@example.com", "ci"),
  provider: fc.constant("token.actions.githubusercontent.com"),
  subject: fc.constant("repo:example/search:ref:refs/heads/main"),
  tenant: fc.constantFrom("111122223333", "example"),
  credential: credential.map((one) => derivedId("crd", "aws", one)),
  type: fc.constantFrom("access key", "OAuth grant"),
  authoriser: account,
  scopes: fc.uniqueArray(fc.constantFrom("read", "write")),
  action: fc.constant("iam:DeleteAccessKey"),
  resource: fc.constant("user/ada"),
  changed: fc.uniqueArray(fc.constantFrom("team", "manager")),
  standing: fc.constantFrom("active", "suspended", "on-leave", "departed", "unknown"),
  name,
  email: name.map((one) => `${one}@example.com`),
  employeeNumber: fc.constantFrom("1", "2"),
  manager: account,
  team: fc.constantFrom("search", "payments"),
  sameAs: fc.array(fc.record({ account, how: fc.constantFrom("external-id", "sso", "email", "alias") }), {
    maxLength: 2,
  }),
  state: fc.constantFrom("on", "off"),
  createdAt: at,
  expiresAt: at,
  lastUsed: fc.option(at),
  owner: account,
  shared: fc.boolean(),
  other: account,
  groups: fc.uniqueArray(fc.constantFrom("agents", "admins")),
  boundary: fc.option(fc.constant("arn:aws:iam::111122223333:policy/bound")),
  trusts: fc.option(fc.uniqueArray(fc.constantFrom("service lambda.amazonaws.com", "aws *"))),
  because: fc.constantFrom("she says so", "another Ada"),
  listed: fc.constant("while on"),
  about: fc.oneof(
    identity.map(({ id }) => id),
    credential.map((one) => derivedId("crd", "aws", one)),
  ),
  says: fc.constantFrom(...JUDGED),
  judgement: fc.constantFrom("f-1", "f-2"),
  thing: fc.constant("arn:aws:iam::111122223333:role/deploy"),
  open: fc.boolean(),
  whom: fc.constantFrom("999988887777", "everybody"),
  allows: fc.array(
    fc.record({ policy: fc.constantFrom("a", "b"), resources: fc.uniqueArray(fc.constantFrom("x", "y")) }),
    { maxLength: 2 },
  ),
  policies: fc.uniqueArray(fc.constantFrom("a", "b")),
  member: fc.record({
    id: fc.constant("222233334444"),
    state: fc.constantFrom("ACTIVE", "SUSPENDED"),
    roles: fc.shuffledSubarray(["management", "delegated administrator"]),
  }),
};

/** Any signal of any kind: about few subjects and few instants, so that they meet. */
export const anySignal: fc.Arbitrary<Signal> = fc.oneof(
  ...Signal.def.options.map((option) => {
    const { kind, ...shape } = option.shape as unknown as Record<string, z.ZodMiniType>;
    const names = Object.keys(shape);
    const given = Object.fromEntries(names.map((one) => [one, field[one] ?? fc.constant(undefined)]));
    const requiredKeys = names.filter((one) => shape[one]?._zod.optin !== "optional");
    return fc.record(given, { requiredKeys }).map((rest) => Signal.parse({ kind: kindOf(kind), ...rest }));
  }),
);

/** Signals of what was opened and made in sessions alone, so that chains grow long, meet, and run in circles. */
const anyLink = anySignal.filter(
  (signal) =>
    ["session.issued", "credential.issued", "identity.created"].includes(signal.kind) &&
    "by" in signal &&
    signal.by.session !== undefined,
);

const OF_PIPELINES = ["pipeline.ran", "repository.owned", "session.issued", "credential.issued"];
const REF = "job_workflow_ref:example/search/.github/workflows/deploy.yml@refs/heads/main";

/** The same of pipelines: runs, what CODEOWNERS declares, the sessions that GitHub vouched for at those hours, and what was made in them. */
const anyOfPipelines = fc
  .tuple(
    anySignal.filter(({ kind }) => OF_PIPELINES.includes(kind)),
    near,
    fc.constantFrom("ref:refs/heads/main", "ref:refs/tags/v1", "environment:prod", "pull_request", REF),
  )
  .map(([signal, occurredAt, rest]): Signal => {
    const source = { ...signal.source, occurredAt };
    if (signal.kind !== "session.issued") return { ...signal, source };
    const provider = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
    return { ...signal, source, how: "web-identity", provider, subject: `repo:example/search:${rest}` };
  });

/** A history, and the same one again: shuffled, with some of it delivered twice. */
export const anyHistory = toldAgain(anySignal, 14);
export const anyChains = toldAgain(anyLink, 16);
export const anyPipelines = toldAgain(anyOfPipelines, 16);

function toldAgain(one: fc.Arbitrary<Signal>, maxLength: number) {
  return fc.array(one, { minLength: 1, maxLength }).chain((signals) =>
    fc.record({
      signals: fc.constant(signals),
      again: fc
        .subarray(signals)
        .chain((twice) => fc.shuffledSubarray([...signals, ...twice], { minLength: signals.length + twice.length })),
    }),
  );
}

const kindOf = (schema: unknown) => SIGNAL_KINDS.find((kind) => (schema as z.ZodMiniLiteral).def.values.includes(kind));
