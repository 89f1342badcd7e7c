import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AccountId, canonical, derivedId, Instant, later } from "../kernel/index.ts";
import { emailAccount, lineageOf } from "../lineage/index.ts";
import { Signal } from "../signal/index.ts";
import { cluster, explained, perhaps } from "./cluster.ts";
import type { Lookup } from "./known.ts";
import { ACTS, joins, type Link } from "./link.ts";

const NOW = Instant.parse("2026-03-02T09:00:00Z");
const ago = (days: number) => later(NOW, -24 * days);
const id = (name: string): AccountId => derivedId("acc", ...(name.split(" ") as [string, string]));
const sorted = (...names: readonly AccountId[]) => [...names].sort();
const mail = (address: string) => emailAccount(address);

/** An account by its directory and name, as `okta ada`. */
function seen(name: string, more: object = {}, at = ago(400)): Signal {
  const [connector] = name.split(" ");
  return Signal.parse({
    ...{ kind: "account.seen", source: { connector, eventId: `${name}/${at}`, occurredAt: at }, tenant: "example" },
    ...{ account: id(name), handle: {}, standing: "active", sameAs: [], ...more },
  });
}
const same = (how: string, name: string) => ({ account: name.includes("@") ? mail(name) : id(name), how });

function word(says: "linked" | "unlinked", account: string, other: string, days = 1, eventId = "w"): Signal {
  return Signal.parse({
    ...{ kind: `person.${says}`, source: { connector: "leasehold", eventId, occurredAt: ago(days) }, tenant: "" },
    ...{ account: id(account), other: id(other), because: "they told me" },
    by: { realm: "leasehold", name: "acc_sam", via: "idp-user", account: "acc_sam" },
  });
}

function known(signals: readonly Signal[]): Lookup {
  const { subjects, edges } = lineageOf(signals);
  return (account) => ({
    subject: subjects.find((one) => one.id === account),
    links: edges.filter(({ from, rel }) => from === account && ["same-as", "addressed-by"].includes(rel)),
  });
}
const accounts = (start: string, signals: readonly Signal[]) => cluster(id(start), known(signals), NOW).accounts;
const links = (start: string, signals: readonly Signal[]) => explained(id(start), known(signals), NOW).links;
const between = (all: readonly Link[], one: AccountId, other: AccountId) =>
  all.filter(({ from, to }) => [from, to].includes(one) && [from, to].includes(other));

const email = "ada@example.com";

describe("how far a link can be believed", () => {
  type Row = [on: string, strength: number, ada: object, other: object, to?: AccountId];
  it.each<Row>([
    ["external-id", 1, {}, { sameAs: [same("external-id", "okta ada")] }],
    ["employee-number", 0.95, { employeeNumber: "1815" }, { employeeNumber: " 1815 " }],
    ["sso", 0.9, {}, { sameAs: [same("sso", "okta ada")] }],
    ["email", 0.8, { email }, { email }, mail(email)],
    ["alias", 0.6, { email }, { sameAs: [same("alias", email)] }, mail(email)],
    ["plus-address", 0.4, { email }, { email: "ada+deploy@example.com" }, mail(email)],
  ])("%s: %d", (on, strength, ada, other, to = id("okta ada")) => {
    const signals = [seen("okta ada", ada), seen("github ada", other)];
    const found = links("github ada", signals).filter((one) => one.on === on);
    expect(between(found, id("github ada"), to)).toMatchObject([
      { on, strength, since: ago(400), until: undefined, against: undefined },
    ]);
    const joined = accounts("okta ada", signals).includes(id("github ada"));
    expect([joined, strength >= ACTS]).toEqual([joined, joined]);
  });

  it("a person's word is as good as an immutable id, and bears who said it and why", () => {
    const signals = [seen("okta ada"), seen("github ada"), word("linked", "github ada", "okta ada")];
    expect(accounts("okta ada", signals)).toEqual(sorted(id("okta ada"), id("github ada")));
    expect(links("okta ada", signals)).toMatchObject([
      { on: "by hand", strength: 1, source: "acc_sam", since: ago(1), because: "they told me" },
    ]);
  });
});

describe("an employee number", () => {
  it.each(["0", "000", "-", "n/a", ""])("that says nothing joins nobody: %j", (employeeNumber) => {
    expect(
      accounts("okta ada", [seen("okta ada", { employeeNumber }), seen("github ben", { employeeNumber })]),
    ).toEqual([id("okta ada")]);
  });

  it("that one directory gives twice, as after hiring again, says of nobody who they are elsewhere", () => {
    const employeeNumber = "7";
    const old = seen("okta ada-1", { employeeNumber, standing: "departed" });
    const signals = [old, seen("okta ada-2", { employeeNumber }), seen("github ada", { employeeNumber })];
    for (const one of ["okta ada-1", "okta ada-2", "github ada"]) expect(accounts(one, signals)).toEqual([id(one)]);
  });

  it("that two files of people give says of nobody who they are: an agency counts its own", () => {
    const employeeNumber = "7";
    const files = [
      seen("people-file ada", { employeeNumber, tenant: "hr" }),
      seen("people-file ben", { employeeNumber, tenant: "agency" }),
    ];
    for (const signals of [files, [...files, seen("okta ada", { employeeNumber })]])
      for (const one of ["people-file ada", "people-file ben"]) expect(accounts(one, signals)).toEqual([id(one)]);
  });

  it("that an account no longer has joins it to nobody", () => {
    const signals = [
      ...[seen("okta ada", { employeeNumber: "7" }), seen("okta ada", { employeeNumber: "8" }, ago(3))],
      seen("github ada", { employeeNumber: "7" }),
    ];
    expect(accounts("github ada", signals)).toEqual([id("github ada")]);
  });

  it("forbids also through a third account: of a–b–c nobody is joined across", () => {
    const signals = [
      seen("okta a", { employeeNumber: "1" }),
      seen("slack b", { sameAs: [same("sso", "okta a"), same("external-id", "github c")] }),
      seen("github c", { employeeNumber: "2" }),
    ];
    const stronger = sorted(id("slack b"), id("github c"));
    expect(accounts("okta a", signals)).toEqual([id("okta a")]);
    expect(accounts("slack b", signals)).toEqual(stronger);
    expect(accounts("github c", signals)).toEqual(stronger);
    expect(explained(id("slack b"), known(signals), NOW).forbids).toMatchObject({
      because: "their directories give them different employee numbers",
    });
  });

  it("forbids through a third account also where both links are as strong as any", () => {
    const signals = [
      seen("okta a", { employeeNumber: "1" }),
      seen("slack b", { sameAs: [same("external-id", "okta a"), same("external-id", "github c")] }),
      seen("github c", { employeeNumber: "2" }),
    ];
    for (const one of ["okta a", "slack b", "github c"]) expect(accounts(one, signals)).toEqual([id(one)]);
  });

  it("forbids what a person said before it was known, and takes nothing else down with that", () => {
    const signals = [
      seen("okta ada", { employeeNumber: "1", email }),
      seen("github ben", { employeeNumber: "2" }),
      seen("slack ada", { email }),
      word("linked", "github ben", "okta ada"),
    ];
    expect(accounts("okta ada", signals)).toEqual(sorted(id("okta ada"), id("slack ada"), mail(email)));
    expect(accounts("github ben", signals)).toEqual([id("github ben")]);
    expect(links("github ben", signals)).toMatchObject([
      { on: "by hand", against: "their directories give them different employee numbers" },
    ]);
  });

  it("and where a word contradicts through a third account, the word goes before the identity provider's id", () => {
    const signals = [
      seen("okta a", { employeeNumber: "1" }),
      seen("slack b", { sameAs: [same("external-id", "okta a")] }),
      seen("github c", { employeeNumber: "2" }),
      word("linked", "slack b", "github c"),
    ];
    expect(accounts("slack b", signals)).toEqual(sorted(id("okta a"), id("slack b")));
    expect(accounts("github c", signals)).toEqual([id("github c")]);
  });
});

describe("a word that two accounts are two people", () => {
  it.each<[string, Signal[]]>([
    ["an immutable id", [seen("okta ada"), seen("github ada", { sameAs: [same("external-id", "okta ada")] })]],
    [
      "the same id, said again by the vendor afterwards",
      [seen("okta ada"), seen("github ada", { sameAs: [same("external-id", "okta ada")] }, ago(0))],
    ],
    ["an employee number", [seen("okta ada", { employeeNumber: "1" }), seen("github ada", { employeeNumber: "1" })]],
    ["an address", [seen("okta ada", { email }), seen("github ada", { email })]],
  ])("outweighs %s", (_title, signals) => {
    const apart = [...signals, word("unlinked", "github ada", "okta ada")];
    expect(accounts("okta ada", signals)).toContain(id("github ada"));
    expect(accounts("okta ada", apart)).not.toContain(id("github ada"));
    expect(accounts("github ada", apart)).toEqual([id("github ada")]);
    expect(links("github ada", apart).filter(joins)).toEqual([]);
  });

  it("leaves the address to the other one, and to everybody else who has it", () => {
    const signals = [seen("okta ada", { email }), seen("github ada", { email }), seen("slack ada", { email })];
    const rest = sorted(id("okta ada"), id("slack ada"), mail(email));
    expect(accounts("slack ada", [...signals, word("unlinked", "github ada", "okta ada")])).toEqual(rest);
    const turned = sorted(id("github ada"), id("slack ada"), mail(email));
    expect(accounts("slack ada", [...signals, word("unlinked", "okta ada", "github ada")])).toEqual(turned);
  });

  it("holds through a third account too", () => {
    const signals = [
      seen("okta ada"),
      seen("slack ada", { sameAs: [same("external-id", "okta ada")] }),
      seen("github ada", { sameAs: [same("sso", "slack ada")] }),
      word("unlinked", "github ada", "okta ada"),
    ];
    expect(accounts("github ada", signals)).toEqual([id("github ada")]);
    expect(accounts("okta ada", signals)).toEqual(sorted(id("okta ada"), id("slack ada")));
  });

  it("makes no two voices of one: whoever might be the same person still might", () => {
    const signals = [seen("okta ada", { email }), seen("github ada", { email })];
    const apart = [...signals, word("unlinked", "github ada", "okta ada")];
    const [one, other] = ["okta ada", "github ada"].map((who) => perhaps(id(who), known(apart), NOW).accounts);
    expect(one?.some((account) => other?.includes(account))).toBe(true);
    const aliased = [seen("okta ada", { email }), seen("google ada", { sameAs: [same("alias", email)] })];
    expect(perhaps(id("google ada"), known(aliased), NOW).accounts).toContain(id("okta ada"));
  });
});

it("what a directory lists no more is shown with its end, and joins nobody", () => {
  const signals = [
    seen("okta ada"),
    seen("github ada", { sameAs: [same("external-id", "okta ada")] }),
    seen("github ada", { sameAs: [] }, ago(2)),
  ];
  expect(accounts("okta ada", signals)).toEqual([id("okta ada")]);
  expect(links("okta ada", signals)).toMatchObject([{ on: "external-id", since: ago(400), until: ago(2) }]);
});

it("half of a word, as a crash may leave it, joins nobody", () => {
  const lookup = known([seen("okta ada"), seen("github ada"), word("linked", "github ada", "okta ada")]);
  const half: Lookup = (account) => {
    const found = lookup(account);
    if (account !== id("github ada") || found?.subject === undefined) return found;
    return { ...found, subject: { ...found.subject, facts: {} } };
  };
  expect(cluster(id("okta ada"), half, NOW).accounts).toEqual([id("okta ada")]);
});

describe("whatever vendors and people say", () => {
  const names = ["okta a", "okta b", "github a", "slack a"] as const;
  const name = fc.constantFrom(...names);
  const days = fc.nat({ max: 900 });
  const anySeen = fc
    .record({
      name,
      days,
      email: fc.constantFrom(undefined, "x@example.com", "y@example.com"),
      employeeNumber: fc.constantFrom(undefined, "1", "2"),
      how: fc.constantFrom("external-id", "sso", "alias"),
      other: name,
      lists: fc.boolean(),
    })
    .map(({ name: who, days: at, email: address, employeeNumber, how, other, lists }) =>
      seen(who, { email: address, employeeNumber, sameAs: lists && other !== who ? [same(how, other)] : [] }, ago(at)),
    );
  const anyWord = fc
    .tuple(fc.constantFrom("linked" as const, "unlinked" as const), name, name, days, fc.constantFrom("w1", "w2"))
    .map(([says, account, other, at, eventId]) => word(says, account, other, at, eventId));
  const anything = fc.array(fc.oneof(anySeen, anyWord), { minLength: 2, maxLength: 10 });

  it("belonging together is mutual, and spans neither two employee numbers nor two who were said to be two", () => {
    let joined = 0;
    fc.assert(
      fc.property(anything, (signals) => {
        const lookup = known(signals);
        for (const start of names) {
          const { accounts: mine } = cluster(id(start), lookup, NOW);
          joined += mine.filter((one) => names.some((who) => id(who) === one)).length > 2 ? 1 : 0;
          expect(mine).toContain(id(start));
          for (const other of mine) expect(cluster(other, lookup, NOW).accounts).toEqual(mine);
          const facts = mine.map((one) => lookup(one)?.subject?.facts ?? {});
          const numbers = new Set(facts.flatMap((one) => one["employeeNumber"]?.value ?? []));
          expect(numbers.size).toBeLessThan(2);
          const two = facts.flatMap((one) =>
            Object.entries(one).filter(([key, { value }]) => key.startsWith("word/") && value.includes('"says":"two"')),
          );
          for (const [key] of two) expect(mine).not.toContain(key.slice("word/".length));
        }
      }),
      { numRuns: 400 },
    );
    expect(joined).toBeGreaterThan(50); // otherwise this says nothing
  });

  it("neither order nor repetition matters: the same words make the same people, with the same links", () => {
    const twice = anything.chain((signals) =>
      fc.record({
        signals: fc.constant(signals),
        again: fc
          .subarray(signals)
          .chain((more) => fc.shuffledSubarray([...signals, ...more], { minLength: signals.length + more.length })),
      }),
    );
    fc.assert(
      fc.property(twice, ({ signals, again }) => {
        for (const start of names) {
          const one = explained(id(start), known(signals), NOW);
          expect(canonical(explained(id(start), known(again), NOW))).toBe(canonical(one));
        }
      }),
      { numRuns: 200 },
    );
  });
});
