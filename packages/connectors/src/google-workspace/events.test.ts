import { Instant } from "@leasehold/core/kernel";
import { lineageOf } from "@leasehold/core/lineage";
import { cluster, type Lookup, standingOf } from "@leasehold/core/person";
import type { Signal, SignalOf } from "@leasehold/core/signal";
import { understanding } from "@leasehold/local/history";
import { describe, expect, it } from "vitest";
import { emailAccount, googleAccount, oktaAccount } from "../../kit/index.ts";
import { consentOf } from "./ids.ts";
import { googleWorkspace } from "./index.ts";

const understand = understanding([googleWorkspace]);
const ADA = "100000000000000000001";
const GRACE = { callerType: "USER", email: "grace@example.com", profileId: "100000000000000000002" };
const CLIENT = "1-refund.apps.googleusercontent.com";

interface Told {
  readonly id?: object;
  readonly actor?: unknown;
  readonly events?: unknown;
  readonly isAgenticAction?: unknown;
}
const activity = (applicationName: string, told: Told) => ({
  ...{ kind: "admin#reports#activity", etag: "e", ipAddress: "192.0.2.10", actor: GRACE, ...told },
  id: { time: "2026-11-02T09:30:00Z", uniqueQualifier: "-1", applicationName, customerId: "C0example", ...told.id },
});
const of = (name: string, ...parameters: readonly object[]) => ({ name, parameters });
const text = (name: string, value: string) => ({ name, value });
const toUser = (name: string, email = "ada@example.com") => of(name, text("USER_EMAIL", email));
const consent = (told: Told = {}, ...scope: readonly string[]) =>
  activity("token", {
    actor: { email: "ada@example.com", profileId: ADA },
    events: [of("authorize", text("client_id", CLIENT), { name: "scope", multiValue: scope })],
    ...told,
  });

const signals = (record: unknown): readonly Signal[] =>
  understand(record).flatMap((one) => ("signals" in one ? one.signals : []));
const kinds = (record: unknown) => signals(record).map(({ kind }) => kind);
const suspended = (told: Told = {}) => activity("admin", { events: [toUser("SUSPEND_USER")], ...told });

describe("what an activity says", () => {
  it.each([
    ["a suspension", suspended(), ["person.held"]],
    ["one of an older kind", { ...suspended(), kind: "audit#activity" }, ["person.held"]],
    ["of another application", activity("login", { events: [toUser("SUSPEND_USER")] }), []],
    ["of an application called like something of JavaScript's", activity("constructor", { events: [of("name")] }), []],
    ["an event called so", activity("admin", { events: [of("toString"), of("constructor")] }), []],
    ["an event that we do not know", activity("admin", { events: [toUser("SUSPEND_USERS")] }), []],
    ["a user who is made: an address alone", activity("admin", { events: [toUser("CREATE_USER")] }), []],
    ["a user who is renamed", activity("admin", { events: [toUser("RENAME_USER")] }), []],
    ["of nobody", activity("admin", { events: [of("SUSPEND_USER")] }), []],
    ["of what is no address", activity("admin", { events: [toUser("SUSPEND_USER", "ada")] }), []],
    ["a revocation without its application", activity("admin", { events: [toUser("REVOKE_3LO_TOKEN")] }), []],
    ["a delegation without its client", activity("admin", { events: [of("AUTHORIZE_API_CLIENT_ACCESS")] }), []],
    ["a consent that was refused", activity("token", { events: [of("deny", text("client_id", CLIENT))] }), []],
    ["a use", activity("token", { events: [of("activity", text("client_id", CLIENT))] }), []],
    ["no events", activity("admin", { events: [] }), []],
    ["another vendor's record", { ...suspended(), kind: "storage#object" }, []],
  ])("%s", (_, record, expected) => {
    expect(kinds(record)).toEqual(expected);
  });

  it.each([
    [undefined, 1],
    [null, 1],
    [{}, 1],
    [{ eventStatus: "" }, 1],
    [{ eventStatus: "SUCCEEDED" }, 1],
    [{ eventStatus: "SUCCEEDED_WITH_WARNINGS" }, 1],
    [{ eventStatus: "FAILED" }, 0],
    [{ eventStatus: "SKIPPED" }, 0],
    [{ eventStatus: 7 }, 0],
    ["?", 0],
  ])("with the status %j: %i", (status, count) => {
    expect(signals(suspended({ events: [{ ...toUser("SUSPEND_USER"), status }] }))).toHaveLength(count);
  });

  it("names by its place whatever cannot be read, and repeats nothing of it", () => {
    const late = suspended({ id: { time: "yesterday at SECRET" } });
    expect(understand(late)).toEqual([{ refused: "malformed: field detail.id.time" }]);
  });

  it("reads a page of the answer, and a list, as their activities", () => {
    const page = {
      kind: "admin#reports#activities",
      items: [suspended(), 7, suspended({ id: { uniqueQualifier: "2" } })],
    };
    expect(kinds(page)).toEqual(["person.held", "person.held"]);
    expect(kinds(page.items)).toEqual(["person.held", "person.held"]);
  });

  it("tells apart what has one qualifier at two times, in two applications, and for two customers", () => {
    const all = [{}, { time: "2026-11-02T09:31:00Z" }, { uniqueQualifier: 1 }, { customerId: "C0other" }];
    const ids = all.flatMap((id) => signals(suspended({ id })).map(({ source }) => source.eventId));
    expect(new Set(ids).size).toBe(all.length);
  });
});

describe("who acted", () => {
  const by = (told: Told) => {
    const [signal] = signals(suspended(told));
    return signal !== undefined && "by" in signal ? signal.by : undefined;
  };
  const grace = {
    realm: "google",
    name: "grace@example.com",
    via: "idp-user",
    account: googleAccount(GRACE.profileId),
  };

  it.each([
    ["a user", GRACE],
    ["a user of whom nothing else is told", { email: GRACE.email, profileId: GRACE.profileId }],
    [
      "a user, by an application of their own",
      { ...GRACE, applicationInfo: { oauthClientId: "1", impersonation: false } },
    ],
  ])("%s", (_, actor) => {
    expect(by({ actor })).toEqual(grace);
  });

  it.each([
    ["workload", "a key", { callerType: "KEY", key: "SYSTEM" }, "SYSTEM"],
    ["workload", "a key that names a user", { ...GRACE, callerType: "KEY" }, "grace@example.com"],
    [
      "workload",
      "a service account",
      { ...GRACE, email: "a@b.iam.gserviceaccount.com" },
      "a@b.iam.gserviceaccount.com",
    ],
    ["workload", "an agent", { ...GRACE, agentAttributionInfo: { agentName: "Inbox agent" } }, "Inbox agent"],
    ["workload", "an agent that cannot be read", { ...GRACE, agentAttributionInfo: 7 }, "workload"],
    ["workload", "an application in her name", { ...GRACE, applicationInfo: { impersonation: true } }, "workload"],
    ["workload", "one of which that cannot be read", { ...GRACE, applicationInfo: { impersonation: "?" } }, "workload"],
    ["unknown", "the placeholder", { ...GRACE, profileId: "105250506097979753968" }, "grace@example.com"],
    ["unknown", "a number that was rounded", { ...GRACE, profileId: 1e20 }, "grace@example.com"],
    ["unknown", "an address alone", { email: GRACE.email }, "grace@example.com"],
    ["unknown", "another sort of caller", { ...GRACE, callerType: "ANONYMOUS" }, "grace@example.com"],
    ["unknown", "a caller that cannot be read", { ...GRACE, callerType: 7 }, "grace@example.com"],
    ["unknown", "nobody", undefined, "unknown"],
    ["unknown", "what cannot be read", 7, "unknown"],
  ])("%s: %s", (via, _, actor, name) => {
    expect(by({ actor })).toEqual({ realm: "google", name, via });
  });

  it.each([true, "?"])("an action of an agent's: %j", (isAgenticAction) => {
    expect(by({ isAgenticAction })).toEqual({ realm: "google", name: "workload", via: "workload" });
  });

  it("keeps no key of a client", () => {
    expect(JSON.stringify(signals(suspended({ actor: { callerType: "KEY", key: "abc.def-123" } })))).not.toContain(
      "abc",
    );
  });
});

describe("a consent", () => {
  it.each([
    ["read", ["openid", "https://www.googleapis.com/auth/userinfo.email"]],
    ["read", ["https://www.googleapis.com/auth/drive.readonly"]],
    ["read", ["https://www.googleapis.com/auth/admin.directory.user.readonly"]],
    ["read", ["https://www.googleapis.com/auth/gmail.addons.current.message.readonly"]],
    ["write", ["https://www.googleapis.com/auth/drive.readonly", "https://www.googleapis.com/auth/gmail.send"]],
    ["write", ["https://mail.google.com/"]],
    ["write", ["https://www.googleapis.com/auth/calendar"]],
    ["admin", ["https://mail.google.com/", "https://www.googleapis.com/auth/admin.directory.user"]],
    ["admin", ["https://www.googleapis.com/auth/cloud-platform"]],
    ["unknown", ["openid", "https://www.googleapis.com/auth/script.external_request"]],
    ["unknown", ["https://www.googleapis.com/auth/gmail.addons.execute"]],
    ["unknown", ["https://example.com/auth/drive"]],
    ["unknown", []],
  ])("reaches %s by %j", (reach, scopes) => {
    expect(signals(consent({}, ...scopes)).find(({ kind }) => kind === "grant.created")).toMatchObject({
      reach,
      scopes,
    });
  });

  it("takes scopes that stand in one text", () => {
    const events = [of("authorize", text("client_id", CLIENT), text("scope", "openid, email"))];
    expect(signals(consent({ events })).at(-1)).toMatchObject({ scopes: ["openid", "email"] });
  });

  it("is as wide as its widest scope, though not all of them are kept", () => {
    const many = Array.from({ length: 300 }, (_, n) => `https://www.googleapis.com/auth/drive.readonly?${n}`);
    const made = signals(consent({}, ...many, "https://www.googleapis.com/auth/admin.directory.user")).at(-1);
    expect(made).toMatchObject({ reach: "admin" });
    expect(made !== undefined && "scopes" in made && made.scopes).toHaveLength(256);
  });

  it("is ended by its user, and stays beside what an administrator says of an address", () => {
    const [, created] = signals(consent());
    const [taken] = signals(consent({ events: [of("revoke", text("client_id", CLIENT))] }));
    const ended = toUser("REVOKE_3LO_TOKEN");
    const [said] = signals(
      activity("admin", { events: [{ ...ended, parameters: [...ended.parameters, text("APP_ID", CLIENT)] }] }),
    );
    const mine = consentOf(googleAccount(ADA), CLIENT);
    expect([created, taken]).toMatchObject([{ credential: mine }, { credential: mine }]);
    expect(said).toMatchObject({
      kind: "grant.revoked",
      credential: consentOf(emailAccount("ada@example.com"), CLIENT),
    });
    expect(consentOf(googleAccount("2"), CLIENT)).not.toBe(mine);
  });
});

describe("what Google says of an address", () => {
  const AT = Instant.parse("2026-11-03T09:00:00Z");
  const standing = (all: readonly Signal[], account = googleAccount(ADA)) => {
    const { subjects, edges } = lineageOf(all);
    const lookup: Lookup = (one) => ({
      subject: subjects.find(({ id }) => id === one),
      links: edges.filter(({ from, rel }) => from === one && rel !== "holds"),
    });
    const found = cluster(account, lookup, AT);
    return { first: found.first, value: standingOf(found.accounts, lookup, ["okta"]).value };
  };
  const archived = signals(activity("admin", { events: [toUser("ARCHIVE_USER")] }));
  const inOkta: SignalOf<"account.seen"> = {
    ...{ kind: "account.seen", tenant: "example", handle: { userId: "00u1" }, standing: "active", sameAs: [] },
    ...{ source: { connector: "okta", eventId: "1", occurredAt: AT }, account: oktaAccount("example", "00u1") },
    email: "ada@example.com",
  };

  it("reaches whoever consented under it, by their own id", () => {
    expect(standing([...signals(consent()), ...archived])).toEqual({ first: googleAccount(ADA), value: "departed" });
  });

  it("reaches nobody of another address", () => {
    const other = consent({ actor: { email: "nia@example.com", profileId: ADA } });
    expect(standing([...signals(other), ...archived]).value).toBe("unknown");
  });

  it("reaches nobody where two had it: nobody can tell whom", () => {
    const second = consent({ actor: { email: "ada@example.com", profileId: "3" } });
    expect(standing([...signals(consent()), ...signals(second), ...archived]).value).toBe("unknown");
  });

  it("is outweighed by a directory that is believed more", () => {
    expect(standing([inOkta, ...archived], inOkta.account)).toEqual({ first: inOkta.account, value: "active" });
  });

  it("is not taken back because somebody new is given the address", () => {
    const anew = signals(activity("admin", { id: { time: "2026-11-02T10:00:00Z" }, events: [toUser("CREATE_USER")] }));
    expect(standing([...signals(consent()), ...archived, ...anew]).value).toBe("departed");
  });
});
