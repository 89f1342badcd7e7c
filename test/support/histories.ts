import { derivedId, Instant, instantOf } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import { REACHES, SIGNAL_KINDS, Signal, VIAS } from "@leasehold/core/signal";
import fc from "fast-check";

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
const by = fc.record(
  {
    realm: fc.constant("aws"),
    name: fc.constantFrom("root", "ada@example.com"),
    via: fc.constantFrom(...VIAS),
    account,
  },
  { requiredKeys: ["realm", "name", "via"] },
);
const handle = fc.record({ user: name });
const reach = fc.constantFrom(...REACHES);

/** Every field that some signal has, so that the strict schema can pick what its kind knows. */
const field: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  ...{ source, by, identity, handle, reach, account },
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
  sameAs: fc.array(fc.record({ account, how: fc.constantFrom("external-id", "email") }), { maxLength: 2 }),
  state: fc.constantFrom("on", "off"),
  createdAt: at,
  lastUsed: fc.option(at),
  owner: account,
  shared: fc.boolean(),
};

/** Any signal of any kind: about few subjects and few instants, so that they meet. */
export const anySignal: fc.Arbitrary<Signal> = fc.oneof(
  ...Signal.options.map((option) => {
    const { kind, ...shape } = option.shape as unknown as Record<string, { isOptional(): boolean }>;
    const names = Object.keys(shape);
    const given = Object.fromEntries(names.map((one) => [one, field[one] ?? fc.constant(undefined)]));
    const requiredKeys = names.filter((one) => !shape[one]?.isOptional());
    return fc.record(given, { requiredKeys }).map((rest) => Signal.parse({ kind: kindOf(kind), ...rest }));
  }),
);

/** A history, and the same one again: shuffled, with some of it delivered twice. */
export const anyHistory = fc.array(anySignal, { minLength: 1, maxLength: 14 }).chain((signals) =>
  fc.record({
    signals: fc.constant(signals),
    again: fc
      .subarray(signals)
      .chain((twice) => fc.shuffledSubarray([...signals, ...twice], { minLength: signals.length + twice.length })),
  }),
);

const kindOf = (schema: unknown) => SIGNAL_KINDS.find((kind) => (schema as { value: string }).value === kind);
