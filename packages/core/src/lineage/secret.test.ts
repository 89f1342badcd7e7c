import fc from "fast-check";
import { expect, it } from "vitest";
import { type CredentialId, derivedId, Instant } from "../kernel/index.ts";
import { type Actor, Signal, type Via } from "../signal/index.ts";
import { lineageOf } from "./graph.ts";
import { isLetRead, isStoredSince, keepsNow } from "./index.ts";

const SECRET: CredentialId = derivedId("crd", "aws", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf");
const ADA = derivedId("acc", "aws", "AIDAEXAMPLEADA");
const ROLE = derivedId("idn", "aws", "arn:aws:iam::111122223333:role/app");
const OTHER = derivedId("idn", "aws", "arn:aws:iam::111122223333:role/other");
const KEY: CredentialId = derivedId("crd", "aws", "AKIAIOSFODNN7EXAMPLE");
const actor = (via: Via, more: Partial<Actor> = {}): Actor => ({ realm: "aws", name: "x", via, ...more });
const said = (kind: "secret.read" | "secret.stored", at: string, by: Actor, more: object = {}) =>
  Signal.parse({
    ...{ kind, tenant: "111122223333", by, credential: SECRET, ...more },
    source: { connector: "aws-secrets", eventId: `${kind} ${at}`, occurredAt: Instant.parse(at) },
  });
const listed = (at: string, more: object) =>
  Signal.parse({
    ...{ kind: "credential.seen", tenant: "111122223333", credential: SECRET, type: "secret", reach: "unknown" },
    ...{ identity: { id: ROLE, realm: "aws", name: "db" }, handle: {}, state: "on", ...more },
    source: { connector: "aws-secrets", eventId: `list ${at}`, occurredAt: Instant.parse(at) },
  });
const secretIn = (signals: readonly Signal[]) => lineageOf(signals).subjects.find(({ id }) => id === SECRET)!;
const edgesIn = (signals: readonly Signal[]) =>
  lineageOf(signals).edges.map(({ from, rel, to, last }) => `${from} ${rel} ${to} ${last.slice(0, 10)}`);

it("knows by account and by identity who read a value, from both sides, by the day", () => {
  const by = actor("iam-user", { account: ADA });
  const all = ["2026-03-02T09:00:00Z", "2026-03-02T17:00:00Z"].map((at) =>
    said("secret.read", at, by, { reader: ROLE }),
  );
  expect(edgesIn(all).sort()).toEqual(
    [ADA, ROLE].flatMap((one) => [`${one} reads ${SECRET} 2026-03-02`, `${SECRET} read-by ${one} 2026-03-02`]).sort(),
  );
});

it.each<[Via]>([["session-name"], ["workload"], ["unknown"]])("takes no %s for a person", (via) => {
  expect(edgesIn([said("secret.read", "2026-03-02T09:00:00Z", actor(via, { account: ADA }))])).toEqual([]);
});

it.each([
  ["replaced on a later day", "2026-03-03T01:00:00Z", true],
  ["replaced on the day of the read, after they were gone", "2026-03-02T18:00:00Z", true],
  ["replaced on the day of the read, while they could read on", "2026-03-02T16:59:59Z", false],
  ["replaced before it was read", "2026-03-01T18:00:00Z", false],
  ["never replaced", undefined, false],
])("of a value that was %s, says whether they still know it", (_title, at, replaced) => {
  const by = actor("iam-user", { account: ADA });
  const read = said("secret.read", "2026-03-02T09:00:00Z", by);
  const stored = at === undefined ? [] : [said("secret.stored", at, actor("workload"))];
  const [day, gone] = ["2026-03-02T00:00:00Z", "2026-03-02T17:00:00Z"].map((one) => Instant.parse(one));
  expect(isStoredSince(secretIn([read, ...stored]), day!, gone!)).toBe(replaced);
});

it("says nothing of what must be replaced by whoever uses it first: nobody keeps it", () => {
  const put = said("secret.stored", "2026-03-02T09:00:00Z", actor("iam-user", { account: ADA }), { another: "once" });
  expect(lineageOf([put])).toEqual(lineageOf([]));
});

it("takes whoever sets a password anew for one who knows it, and not for whoever answers for it", () => {
  const made = Signal.parse({
    ...{
      kind: "credential.issued",
      tenant: "111122223333",
      by: actor("iam-user", { account: ADA }),
      credential: SECRET,
    },
    ...{ type: "login profile", identity: { id: OTHER, realm: "aws", name: "bob" }, handle: {} },
    source: { connector: "aws-iam", eventId: "made", occurredAt: Instant.parse("2026-03-01T09:00:00Z") },
  });
  const helpdesk = actor("iam-user", { account: derivedId("acc", "aws", "AIDAEXAMPLEHANK") });
  const set = said("secret.stored", "2026-03-02T09:00:00Z", helpdesk, { another: "perhaps" });
  expect(secretIn([made, set])).toEqual(secretIn([made]));
  expect(edgesIn([made, set])).toContain(`${helpdesk.account} reads ${SECRET} 2026-03-02`);
});

it("of what is perhaps another value believes that they know it who put it there, and not that nobody else knows it any more", () => {
  const by = actor("iam-user", { account: ADA });
  const read = said("secret.read", "2026-03-02T09:00:00Z", by);
  const put = said("secret.stored", "2026-03-03T09:00:00Z", actor("workload"), { reader: ROLE, another: "perhaps" });
  const secret = secretIn([read, put]);
  expect(isStoredSince(secret, Instant.parse("2026-03-02T00:00:00Z"), Instant.parse("2026-03-02T17:00:00Z"))).toBe(
    false,
  );
  expect(edgesIn([put])).toContain(`${ROLE} reads ${SECRET} 2026-03-03`);
  expect(secret.evidence).toEqual([]);
});

it("believes the latest list of what is kept in it, and whom it lets read", () => {
  const before = listed("2026-03-02T09:00:00Z", { keeps: [KEY], readers: [ROLE] });
  const after = listed("2026-03-03T09:00:00Z", { keeps: [], readers: [OTHER] });
  expect([keepsNow(secretIn([before]), KEY), isLetRead(secretIn([before]), ROLE)]).toEqual([true, true]);
  const both = secretIn([after, before]);
  expect([keepsNow(both, KEY), isLetRead(both, ROLE), isLetRead(both, OTHER)]).toEqual([false, false, true]);
});

it("takes a list that tells of another value for what it is, whenever it was looked at", () => {
  const put = Instant.parse("2026-03-05T09:00:00Z");
  const list = listed("2026-03-09T09:00:00Z", { storedAt: put });
  expect(
    secretIn([list, said("secret.stored", "2026-03-04T09:00:00Z", actor("workload"))]).facts["storedAt"],
  ).toMatchObject({ value: put, at: put });
});

it("says the same of the same, in whatever order and however often", () => {
  const by = actor("sso-session", { account: ADA });
  const days = fc.constantFrom("2026-03-02T09:00:00Z", "2026-03-02T18:00:00Z", "2026-03-04T09:00:00Z");
  const one = fc.oneof(
    fc
      .tuple(fc.constantFrom("secret.read" as const, "secret.stored" as const), days)
      .map(([kind, at]) => said(kind, at, by, { reader: ROLE })),
    days.map((at) => listed(at, { keeps: [KEY], readers: [ROLE], storedAt: Instant.parse(at) })),
  );
  const shuffled = fc
    .array(one, { maxLength: 6 })
    .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })));
  fc.assert(fc.property(shuffled, ([all, again]) => void expect(lineageOf(again)).toEqual(lineageOf(all))));
});
