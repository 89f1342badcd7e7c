import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AccountId, derivedId, Instant, later } from "../kernel/index.ts";
import { emailAccount, lineageOf } from "../lineage/index.ts";
import { Signal } from "../signal/index.ts";
import { accountAt, cluster } from "./cluster.ts";
import type { Lookup } from "./known.ts";
import { standingOf } from "./standing.ts";

const NOW = Instant.parse("2026-03-02T09:00:00Z");
const ago = (days: number) => later(NOW, -24 * days);
const id = (connector: string, name: string) => derivedId("acc", connector, name);
const ADA = emailAccount("ada@example.com");

interface Seen {
  readonly standing?: string;
  readonly at?: Instant;
  readonly email?: string;
  readonly employeeNumber?: string;
  readonly sameAs?: readonly { account: AccountId; how: "external-id" | "email" }[];
}

const seen = (connector: string, name: string, { at = ago(400), sameAs = [], ...more }: Seen = {}) =>
  Signal.parse({
    ...{ kind: "account.seen", source: { connector, eventId: `${name}/${at}`, occurredAt: at }, tenant: "example" },
    ...{ account: id(connector, name), handle: {}, standing: "active", sameAs, ...more },
  });
const person = (kind: "person.joined" | "person.left", connector: string, name: string, at: Instant) =>
  Signal.parse({
    ...{ kind, source: { connector, eventId: `${kind}/${at}`, occurredAt: at }, tenant: "example", handle: {} },
    ...{ account: id(connector, name), by: { realm: "okta", name: "system", via: "unknown" } },
  });
const email = "ada@example.com";

function known(signals: readonly Signal[]): Lookup {
  const { subjects, edges } = lineageOf(signals);
  return (account) => ({
    subject: subjects.find((one) => one.id === account),
    links: edges.filter(({ from, rel }) => from === account && rel !== "holds"),
  });
}
const accounts = (start: AccountId, signals: readonly Signal[], at = NOW) =>
  cluster(start, known(signals), at).accounts;
const sorted = (...all: readonly AccountId[]) => [...all].sort();

describe("which accounts are one person's", () => {
  it("an account that nothing links is a person by itself", () => {
    expect(accounts(id("okta", "ada"), [seen("okta", "ada")])).toEqual([id("okta", "ada")]);
  });

  it("an immutable id links both ways", () => {
    const signals = [seen("aws", "ada", { sameAs: [{ account: id("okta", "ada"), how: "external-id" }] })];
    const both = sorted(id("aws", "ada"), id("okta", "ada"));
    expect(accounts(id("okta", "ada"), signals)).toEqual(both);
    expect(accounts(id("aws", "ada"), signals)).toEqual(both);
  });

  it("an address links two directories, and is an account of the person's itself", () => {
    const signals = [seen("okta", "ada", { email }), seen("github", "ada", { email: "Ada@Example.com" })];
    const all = sorted(id("okta", "ada"), id("github", "ada"), ADA);
    for (const start of all) expect(accounts(start, signals)).toEqual(all);
  });

  it("one who has left stays one person across directories", () => {
    const signals = [
      ...[seen("okta", "ada", { email }), person("person.left", "okta", "ada", ago(10))],
      ...[seen("github", "ada", { email }), person("person.left", "github", "ada", ago(9))],
    ];
    expect(accounts(ADA, signals)).toEqual(sorted(id("okta", "ada"), id("github", "ada"), ADA));
  });

  it("an address of which a directory tells something stands for nobody who is reached by it, and for itself where nobody is", () => {
    for (let n = 0; n < 8; n += 1) {
      const address = `ada${n}@example.com`; // its id comes before the other one's, or after it
      const told = person("person.left", "email", address, ago(10));
      const lookup = known([seen("okta", "ada", { email: address }), told]);
      expect(cluster(emailAccount(address), lookup, NOW).first).toBe(id("okta", "ada"));
      expect(cluster(emailAccount(address), known([told]), NOW).first).toBe(emailAccount(address));
    }
  });

  it("an address that an account no longer has links it to nobody", () => {
    const signals = [
      ...[seen("okta", "ada", { email }), seen("okta", "ada", { email: "ada.king@example.com", at: ago(3) })],
      seen("github", "ada", { email }),
    ];
    expect(accounts(id("okta", "ada"), signals)).toEqual(
      sorted(id("okta", "ada"), emailAccount("ada.king@example.com")),
    );
    expect(accounts(id("okta", "ada"), signals, ago(30))).toContain(id("github", "ada"));
  });

  it("a recycled address joins nobody to whoever had it before", () => {
    const signals = [
      ...[seen("okta", "ada-1", { email, at: ago(900) }), person("person.left", "okta", "ada-1", ago(600))],
      seen("okta", "ada-2", { email, at: ago(100) }),
      seen("github", "ada-2", { email, at: ago(90) }),
    ];
    expect(accounts(id("okta", "ada-1"), signals)).toEqual([id("okta", "ada-1")]);
    expect(accounts(ADA, signals)).toEqual(sorted(ADA, id("okta", "ada-2"), id("github", "ada-2")));
    expect(accountAt(ADA, known(signals), ago(700)).first).toBe(id("okta", "ada-1"));
  });

  it("a recycled address across directories joins nobody where the two were never there at once", () => {
    const signals = [
      ...[seen("okta", "ada-1", { email, at: ago(900) }), person("person.left", "okta", "ada-1", ago(600))],
      ...[person("person.joined", "github", "ada-2", ago(100)), seen("github", "ada-2", { email, at: ago(100) })],
    ];
    expect(accounts(id("okta", "ada-1"), signals)).toEqual([id("okta", "ada-1")]);
    expect(accounts(ADA, signals)).toEqual(sorted(ADA, id("github", "ada-2")));
  });

  it("two active accounts of one directory with one address: nobody has it", () => {
    const signals = [
      seen("okta", "ada-1", { email }),
      seen("okta", "ada-2", { email }),
      seen("github", "ada", { email }),
    ];
    expect(accounts(id("okta", "ada-1"), signals)).toEqual([id("okta", "ada-1")]);
    expect(accountAt(ADA, known(signals), ago(900)).first).toBe(id("github", "ada"));
  });

  it("an address is believed for the time before it was first seen, but not for before the account was there", () => {
    const signals = [seen("okta", "ada", { email, at: ago(10) })];
    expect(accountAt(ADA, known(signals), ago(800)).first).toBe(id("okta", "ada"));
    const joined = [...signals, person("person.joined", "okta", "ada", ago(20))];
    expect(accountAt(ADA, known(joined), ago(800)).first).toBe(ADA);
  });

  it("two employee numbers are two people, whatever the address says", () => {
    const signals = [
      seen("okta", "ada", { email, employeeNumber: "1" }),
      seen("github", "ada", { email, employeeNumber: "2" }),
      seen("slack", "ada", { sameAs: [{ account: id("okta", "ada"), how: "external-id" }] }),
    ];
    expect(accounts(id("okta", "ada"), signals)).toEqual(sorted(id("okta", "ada"), id("slack", "ada")));
    expect(accounts(id("github", "ada"), signals)).toEqual([id("github", "ada")]);
    expect(accounts(ADA, signals)).toEqual([ADA]);
  });

  it("not even immutable ids merge two employee numbers", () => {
    const sameAs = [{ account: id("okta", "ada"), how: "external-id" as const }];
    const signals = [seen("okta", "ada", { employeeNumber: "1" }), seen("aws", "ada", { employeeNumber: "2", sameAs })];
    expect(accounts(id("aws", "ada"), signals)).toEqual([id("aws", "ada")]);
  });

  it("a crowd is not a person", () => {
    const hub = id("okta", "hub");
    const sameAs = [{ account: hub, how: "external-id" as const }];
    const signals = Array.from({ length: 40 }, (_, n) => seen("aws", `u${n}`, { sameAs }));
    expect(accounts(hub, signals)).toEqual([hub]);
  });

  it("says what it still needs to read, until it has read it", () => {
    const signals = [seen("okta", "ada", { email }), seen("github", "ada", { email })];
    const all = known(signals);
    const read = new Set<AccountId>();
    const lookup: Lookup = (account) => (read.has(account) ? all(account) : undefined);
    for (let round = 0; round < 9; round += 1) {
      const { unread } = cluster(id("okta", "ada"), lookup, NOW);
      for (const one of unread) read.add(one);
    }
    expect(cluster(id("okta", "ada"), lookup, NOW)).toEqual(cluster(id("okta", "ada"), all, NOW));
  });

  it("stands for the person by an account that a directory knows", () => {
    const signals = [seen("okta", "ada", { email })];
    expect(cluster(ADA, known(signals), NOW)).toMatchObject({
      first: id("okta", "ada"),
      person: derivedId("per", id("okta", "ada")),
    });
  });
});

describe("whatever the accounts", () => {
  const names = ["a", "b", "c"] as const;
  const anySeen = fc
    .record({
      connector: fc.constantFrom("okta", "github"),
      name: fc.constantFrom(...names),
      at: fc.nat({ max: 900 }).map(ago),
      email: fc.constantFrom("x@example.com", "y@example.com"),
      employeeNumber: fc.option(fc.constantFrom("1", "2"), { nil: undefined }),
      standing: fc.constantFrom("active", "departed"),
      same: fc.option(fc.constantFrom(...names), { nil: undefined }),
    })
    .map(({ connector, name, same, employeeNumber, ...more }) =>
      seen(connector, name, {
        ...more,
        ...(employeeNumber === undefined ? {} : { employeeNumber }),
        sameAs: same === undefined ? [] : [{ account: id("okta", same), how: "external-id" }],
      }),
    );

  it("belonging together is mutual, and never spans two employee numbers", () => {
    fc.assert(
      fc.property(fc.array(anySeen, { minLength: 1, maxLength: 8 }), (signals) => {
        const lookup = known(signals);
        const all = new Set(signals.flatMap((one) => (one.kind === "account.seen" ? [one.account] : [])));
        for (const start of all) {
          const { accounts: mine } = cluster(start, lookup, NOW);
          expect(mine).toContain(start);
          for (const other of mine) expect(cluster(other, lookup, NOW).accounts).toEqual(mine);
          const numbers = mine.map((one) => lookup(one)?.subject?.facts["employeeNumber"]?.value);
          expect(new Set(numbers.filter((one) => one !== undefined)).size).toBeLessThan(2);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("how a person stands", () => {
  const AUTHORITY = ["okta", "aws-identity-center"];
  const both = sorted(id("okta", "ada"), id("github", "ada"));
  it.each([
    ["the directory in authority", "departed", "active", "departed"],
    ["an account closed elsewhere is that account's matter", "active", "departed", "active"],
  ])("%s", (_title, okta, github, then) => {
    const lookup = known([seen("okta", "ada", { standing: okta }), seen("github", "ada", { standing: github })]);
    expect(standingOf(both, lookup, AUTHORITY).value).toBe(then);
  });
  it("an active account outweighs a closed one of the same directory", () => {
    const lookup = known([seen("okta", "ada-1", { standing: "departed" }), seen("okta", "ada-2")]);
    expect(standingOf([id("okta", "ada-1"), id("okta", "ada-2")], lookup, AUTHORITY)).toMatchObject({
      value: "active",
      account: id("okta", "ada-2"),
    });
  });
  it("nobody has said", () => {
    expect(standingOf(both, known([]), AUTHORITY).value).toBe("unknown");
  });
});
