import { KINDS as EVIDENCE } from "@leasehold/core/attribution";
import type { Hooked } from "@leasehold/core/connector";
import { badInput, type Fault, type Instant, laterBy } from "@leasehold/core/kernel";
import { contributions, emailAccount } from "@leasehold/core/lineage";
import type { Signal } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { signatureOf } from "../../kit/index.ts";
import { eventOf, listener } from "./events.ts";
import { hook } from "./hook.ts";
import { ingest } from "./index.ts";
import { Settings } from "./settings.ts";

const NOON = "2026-11-02T12:00:00.000Z" as Instant;
const STAMP = String(Date.parse(NOON) / 1_000);
const SETTINGS = Settings.parse({
  sources: {
    hr: { secretName: "ingest.hr", kinds: ["person.left", "account.seen"] },
    ci: { secretName: "ingest.ci", kinds: ["credential.issued", "credential.seen"] },
  },
});
const SECRETS: Readonly<Record<string, string>> = { "ingest.hr": "secret of hr", "ingest.ci": "secret of ci" };
const LEFT = { kind: "person.left", eventId: "term-4", occurredAt: "2026-11-02T08:30:00.000Z", account: "1001" };

interface Sent {
  readonly from?: string;
  readonly secret?: string;
  readonly stamp?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly now?: Instant;
}
/** As the edge does it: the secrets are those that the headers ask for. */
function send(body: unknown, { from = "hr", secret, stamp = STAMP, headers = {}, now = NOON }: Sent = {}): Hooked {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const signed = {
    ...{ "content-type": "application/json", "x-leasehold-source": from, "x-leasehold-timestamp": stamp },
    "x-leasehold-signature": `v1=${signatureOf(secret ?? SECRETS[`ingest.${from}`] ?? "?", `v1:${stamp}:${text}`)}`,
    ...headers,
  };
  const secrets = (ingest.signedWith?.(SETTINGS, signed) ?? []).map((name) => SECRETS[name] ?? "");
  return hook.read({ method: "POST", headers: signed, body: text }, secrets, now, SETTINGS);
}
const refused = (...given: Parameters<typeof send>): Fault => {
  try {
    send(...given);
  } catch (fault) {
    return fault as Fault;
  }
  return badInput("it was taken");
};
const signals = (...of: readonly object[]) => ({ signals: of });
const say = (from: string, signal: object): readonly Signal[] =>
  listener.normalise(listener.event.parse(eventOf(from, signal)));

describe("who may send", () => {
  it("a source, with its own secret", () => {
    expect(send(signals(LEFT))).toMatchObject({ deliveries: [{ id: expect.stringMatching(/^hr\/[\w-]{43}$/) }] });
  });

  it.each<[string, Sent]>([
    ["a source with another's secret", { secret: SECRETS["ingest.ci"]! }],
    ["a source that nobody configured", { from: "payroll", secret: SECRETS["ingest.hr"]! }],
    ["what every object has for a name", { from: "constructor", secret: "" }],
    ["no source", { headers: { "x-leasehold-source": "" } }],
    ["the signature of another version", { headers: { "x-leasehold-signature": `v0=${"0".repeat(64)}` } }],
    ["no signature", { headers: { "x-leasehold-signature": "" } }],
    ["a time that was not signed", { headers: { "x-leasehold-timestamp": String(Number(STAMP) + 1) } }],
    ["a time in milliseconds", { stamp: `${STAMP}000` }],
    ["a time with a fraction", { stamp: `${STAMP}.5` }],
    ["a time five minutes and a second ago", { now: laterBy(NOON, 301) }],
    ["a time five minutes and a second ahead", { now: laterBy(NOON, -301) }],
    ["a form", { headers: { "content-type": "application/x-www-form-urlencoded" } }],
  ])("not %s", (_title, sent) => {
    expect(refused(signals(LEFT), sent)).toMatchObject({ message: "the request was not accepted" });
    expect(Object.keys(refused(signals(LEFT), sent).facts).filter((key) => !["why", "seconds"].includes(key))).toEqual(
      [],
    );
  });

  it.each([300, -300])("within %i seconds", (seconds) => {
    expect(() => send(signals(LEFT), { now: laterBy(NOON, seconds) })).not.toThrow();
  });

  it("not what is larger than 256 kB, nor by GET", () => {
    expect(refused(JSON.stringify(signals(LEFT)).padEnd(262_145))).toMatchObject({ facts: { why: "unproved" } });
    expect(() => send(JSON.stringify(signals(LEFT)).padEnd(262_144))).not.toThrow();
    const read = () => hook.read({ method: "GET", headers: {}, body: "" }, ["x"], NOON, SETTINGS);
    expect(read).toThrow("the request was not accepted");
  });
});

describe("what may be sent", () => {
  it("nothing at all, by which one's own secret and clock are tried", () => {
    expect(send(signals())).toEqual({ deliveries: [] });
  });

  it.each<[string, unknown, string]>([
    ["what is not JSON", "hunter2", "signals"],
    ["no list of signals", {}, "signals"],
    ["more than a hundred", signals(...Array(101).fill(LEFT)), "signals"],
    ["something beside them", { ...signals(LEFT), live: false }, "signals"],
    ["a kind that this source may not say", signals(LEFT, { ...LEFT, kind: "person.held" }), "signals.1.kind"],
    ["a kind that no source may say", signals({ ...LEFT, kind: "person.purged" }), "signals.0.kind"],
    ["a spelling mistake", signals({ ...LEFT, acount: "1001" }), "signals.0.acount"],
    ["a field that only a provider may say", signals({ ...LEFT, handle: { user: "ada" } }), "signals.0.handle"],
    ["a field whose name is a secret", signals({ ...LEFT, "xoxb-CANARY": "1" }), "signals.0.?"],
    ["a secret for a name", signals({ ...LEFT, account: "xoxb-CANARY-EXAMPLE" }), "signals.0.account"],
    ["the source", signals({ ...LEFT, source: { connector: "okta" } }), "signals.0.source"],
  ])("not %s, and our log says where", (_title, body, where) => {
    expect(refused(body)).toMatchObject({ message: "the request was not accepted", facts: { where } });
  });

  it("all or nothing, a hundred at most", () => {
    const hundred = Array.from({ length: 100 }, (_, n) => ({ ...LEFT, eventId: `term-${n}` }));
    expect(send(signals(...hundred))).toMatchObject({ deliveries: { length: 100 } });
    expect(refused(signals(LEFT, 7 as never))).toMatchObject({ facts: { where: "signals.1" } });
  });

  it("is known again by what it says, from the same source, whatever it came with", () => {
    const [one, two] = [
      send(signals(LEFT)),
      send(signals({ ...LEFT, account: "2" }, LEFT), { stamp: String(Number(STAMP) + 9) }),
    ];
    const ids = [one, two].map((hooked) => ("deliveries" in hooked ? hooked.deliveries.map(({ id }) => id) : []));
    expect(ids[1]).toEqual([expect.not.stringMatching(ids[0]![0]!), ids[0]![0]]);
  });
});

describe("how far its word goes", () => {
  const said = { eventId: "e", occurredAt: NOON };
  const ISSUED = {
    kind: "credential.issued",
    ...said,
    credential: "tok-1",
    type: "token",
    identity: "ada@example.com",
  };
  const SEEN = { ...ISSUED, kind: "credential.seen", state: "on", owner: "ada@example.com" };
  const ACC = "acc_ps37qm6rh3xkfawp5trz";

  it.each<[string, object]>([
    ["who issued it, by an id of ours", { ...ISSUED, by: { name: "ada", account: ACC } }],
    ["who issued it, by an address", { ...ISSUED, by: { name: "ada@example.com" } }],
    ["who owns it", SEEN],
    ["who made the identity", { kind: "identity.created", ...said, identity: "x", by: { name: "x", account: ACC } }],
  ])("%s is never evidence that its holder could not have made up", (_title, signal) => {
    const evidence = say("ci", signal)
      .flatMap(contributions)
      .flatMap((one) => one.evidence);
    expect(evidence.length).toBeGreaterThan(0);
    for (const { kind } of evidence) expect(EVIDENCE[kind].forgeableBy).toBe("holder");
  });

  it.each(["idp-user", "on-behalf-of", "iam-user", "sso-session"])("it cannot say that somebody acted by %s", (via) => {
    const by = { name: "ada", via, realm: "okta", account: ACC };
    for (const signal of say("ci", { ...ISSUED, by }))
      expect(signal).toMatchObject({ by: { realm: "ingest", via: "session-name", account: ACC } });
  });

  it.each(["hr", "ci"])("speaks as itself alone: %s", (from) => {
    const lie = { source: { connector: "okta", eventId: "x", occurredAt: NOON }, tenant: "example" };
    expect(say(from, { ...LEFT, ...lie })).toMatchObject([
      { tenant: from, source: { connector: "ingest", eventId: `${from}/term-4` }, handle: { source: from } },
    ]);
  });

  it("touches nobody else's account, identity or credential, by whatever id", () => {
    const other = say("ci", LEFT)[0];
    for (const account of [ACC, "1001", "ada@example.com"])
      for (const signal of say("hr", { ...LEFT, account })) {
        expect(signal).not.toMatchObject({ account: ACC });
        expect(signal).not.toMatchObject({ account: emailAccount("ada@example.com") });
        expect(signal).not.toMatchObject({ account: other && "account" in other && other.account });
      }
    const [seen] = say("ci", { ...SEEN, credential: "crd_0123456789abcdefghjk", identity: "idn_0123456789abcdefghjk" });
    expect(seen).not.toMatchObject({ credential: "crd_0123456789abcdefghjk" });
    expect(seen).not.toMatchObject({ identity: { id: "idn_0123456789abcdefghjk" } });
  });

  it("joins no two accounts and splits none", () => {
    const account = { kind: "account.seen", ...said, account: "1", standing: "active", email: "ada@example.com" };
    const lie = { sameAs: [{ account: ACC, how: "external-id" }], employeeNumber: "7" };
    for (const signal of say("hr", { ...account, ...lie })) {
      expect(signal).toMatchObject({ sameAs: [] });
      expect(signal).not.toHaveProperty("employeeNumber");
      expect(contributions(signal).flatMap(({ edges }) => edges.map(({ rel }) => rel))).toEqual(["addressed-by"]);
    }
  });

  it("gives no consent in anybody's name", () => {
    for (const signal of say("ci", { ...SEEN, authoriser: ACC })) expect(signal).not.toHaveProperty("authoriser");
  });

  it.each([
    ["AKIAIOSFODNN7EXAMPLE", /^crd_/],
    ["crd_0123456789abcdefghjk", /^crd_0123456789abcdefghjk$/],
  ])("only an exposure is of any credential: %s", (credential, id) => {
    expect(say("ci", { kind: "credential.exposed", ...said, credential })).toMatchObject([
      { credential: expect.stringMatching(id) },
    ]);
  });
});

describe("settings", () => {
  const source = (secretName: string, kinds: readonly string[] = ["person.left"]) => ({ secretName, kinds });
  it.each<[string, object, boolean]>([
    ["two sources with a secret each", { hr: source("ingest.hr"), ci: source("ingest.ci") }, true],
    ["two sources that share one", { hr: source("ingest.hr"), ci: source("ingest.hr") }, false],
    ["another connector's secret", { hr: source("okta.hook") }, false],
    ["no kinds", { hr: source("ingest.hr", []) }, false],
    ["a kind that no source may say", { hr: source("ingest.hr", ["credential.deleted"]) }, false],
    ["a name that no header should carry", { "HR system": source("ingest.hr") }, false],
  ])("%s", (_title, sources, right) => {
    expect(Settings.safeParse({ sources }).success).toBe(right);
  });

  it("names every source's secret, and of a request only its own", () => {
    expect(ingest.signedWith?.(SETTINGS)).toEqual(["ingest.hr", "ingest.ci"]);
    expect(ingest.signedWith?.(SETTINGS, { "x-leasehold-source": "ci" })).toEqual(["ingest.ci"]);
    for (const from of ["", "payroll", "__proto__", "toString"])
      expect(ingest.signedWith?.(SETTINGS, { "x-leasehold-source": from })).toEqual([]);
  });
});
