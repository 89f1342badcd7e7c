import { back, type Plan, type Target } from "@leasehold/core/connector";
import { type Instant, later } from "@leasehold/core/kernel";
import { Signal } from "@leasehold/core/signal";
import { exportJWK, exportPKCS8, generateKeyPair, jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import { emailAccount, type Mood } from "../../kit/index.ts";
import { actions } from "./actions.ts";
import { check, connect, Settings } from "./api.ts";
import { listener } from "./events.ts";
import { lister } from "./inventory.ts";
import { people } from "./people.ts";
import { poller } from "./poll.ts";
import { empty, simulator, type World } from "./simulator.ts";

const deaf = () => []; // Okta reads what it finds itself

const NOON = "2026-11-02T12:00:00.000Z" as Instant;
const [revoke] = actions;
const SAMPLE = simulator.sample!.world;
const ADA = { org: "example", userId: "00u1ada0example00001" };

function org(from: World = SAMPLE) {
  let world = from;
  const emitted: unknown[] = [];
  const memory = {
    get: () => world,
    set: (to: World) => {
      world = to;
    },
  };
  const live = simulator.live(
    memory,
    () => NOON,
    (event) => emitted.push(event),
  );
  return { live, emitted, world: () => world };
}
const aGrant = () => simulator.acts!["oauth grant"]!;

describe("revoking a grant", () => {
  it("revokes it once, adopts what is done already, and is confirmed by a look", async () => {
    const world = aGrant().start({ status: "ACTIVE" });
    const plan = await revoke!.plan(world.api, world.target);
    expect(plan).toMatchObject({ before: { status: "ACTIVE" }, wanted: undefined, refusals: [], alsoAffects: [] });
    const receipt = await revoke!.apply(world.api, plan);
    expect(receipt).toMatchObject({ changed: true, adopted: false, after: undefined });
    expect(world.state()).toBeUndefined();
    expect(await revoke!.apply(world.api, plan)).toMatchObject({ changed: true, adopted: true });
    expect(await revoke!.verify(world.api, receipt)).toEqual({ verdict: "confirmed", seen: undefined });
    world.put({ status: "ACTIVE" });
    expect(await revoke!.verify(world.api, receipt)).toMatchObject({ verdict: "still alive" });
    expect([...new Set(world.calls)].sort()).toEqual([...revoke!.permissions].sort());
  });

  it("refuses a stale plan, a plan to consent for somebody, and the handle of another organisation", async () => {
    const world = aGrant().start({ status: "ACTIVE" });
    const plan = await revoke!.plan(world.api, world.target);
    world.put({ status: "EXPIRED" });
    await expect(revoke!.apply(world.api, plan)).rejects.toMatchObject({ name: "StalePlan" });
    const undo = back({ ...plan, after: undefined, changed: true, adopted: false });
    await expect(revoke!.apply(world.api, undo)).rejects.toMatchObject({ name: "BadInput" });
    const elsewhere: Target = { ...world.target, handle: { ...world.target.handle, org: "other" } };
    await expect(revoke!.see(world.api, elsewhere)).rejects.toMatchObject({
      name: "BadInput",
      facts: { field: "org" },
    });
    expect(world.state()).toMatchObject({ status: "EXPIRED" });
  });

  it("takes a grant that Okta still shows as revoked for gone", async () => {
    const world = aGrant().start({ status: "REVOKED" });
    expect(await revoke!.see(world.api, world.target)).toBeUndefined();
  });

  it("leaves what an administrator consented to for everybody to a person", async () => {
    const world = aGrant().start({ status: "ACTIVE" });
    const { userId: _, ...handle } = world.target.handle as Record<string, string>;
    const plan: Plan = await revoke!.plan(world.api, { ...world.target, handle });
    expect(plan.refusals).toEqual([expect.stringContaining("Admin Console")]);
    expect(world.calls).toEqual([]);
  });

  it("tells the way back, and sees when it was gone", async () => {
    const world = aGrant().start({ status: "ACTIVE" });
    const receipt = await revoke!.apply(world.api, await revoke!.plan(world.api, world.target));
    if (revoke!.reversibility !== "R2") throw new Error("not what is tested here");
    expect(revoke!.wayBack(receipt)).toContain("consent");
    expect(await revoke!.isBack(world.api, receipt)).toBe(false);
    world.put({ status: "ACTIVE", scope: "profile.read" }); // the same application, and another consent
    expect(await revoke!.isBack(world.api, receipt)).toBe(false);
    world.put({ status: "ACTIVE" });
    expect(await revoke!.isBack(world.api, receipt)).toBe(true);
  });

  it.each<[Mood, string]>([
    ["refusing", "PermissionMissing"],
    ["busy", "Throttled"],
    ["unreachable", "Unavailable"],
  ])("changes nothing when Okta is %s", async (mood, name) => {
    const world = aGrant().start({ status: "ACTIVE" });
    const plan = await revoke!.plan(world.api, world.target);
    world.mood = mood;
    await expect(revoke!.apply(world.api, plan)).rejects.toMatchObject({ name });
    expect(world.state()).toMatchObject({ status: "ACTIVE" });
  });
});

describe("people", () => {
  it.each(simulator.sample!.people!)("%j is %s", async (handle, state) => {
    expect(await people.read(org().live.api, handle)).toBe(state);
  });

  it("is asked by id: a login in its place finds nobody", async () => {
    expect(await people.read(org().live.api, { org: "example", userId: "ada@example.com" })).toBe("unknown");
  });

  it("is not asked in another organisation", async () => {
    await expect(people.read(org().live.api, { ...ADA, org: "other" })).rejects.toMatchObject({ name: "BadInput" });
  });
});

describe("inventory", () => {
  it("lists everybody with standing and manager, and their grants", async () => {
    const { live } = org();
    const page = await lister.page(live.api, undefined, NOON);
    expect(page).toMatchObject({ next: undefined, whole: true });
    for (const signal of page.signals) Signal.parse(signal);
    const seen = page.signals.flatMap((signal) => (signal.kind === "account.seen" ? [signal] : []));
    expect(seen.map(({ standing }) => standing)).toEqual([
      "active",
      "active",
      "suspended",
      "departed",
      "unknown",
      "active",
      "unknown",
    ]);
    const [ada, grace, held, left] = seen;
    expect(ada).toMatchObject({
      name: "Ada Example",
      team: "Payments",
      employeeNumber: "1001",
      manager: grace?.account,
    });
    expect(grace).toMatchObject({ name: "Grace Hill", handle: { userId: "00u1grace0example002" } });
    expect([held?.manager, left?.manager]).toEqual([grace?.account, ada?.account]); // by login, by employee number
    const grants = page.signals.filter(({ kind }) => kind === "credential.seen");
    expect(grants).toMatchObject([
      {
        type: "oauth grant",
        state: "on",
        reach: "write",
        authoriser: ada?.account,
        identity: { name: "Refund agent" },
      },
      { type: "oauth grant", state: "on", reach: "read", authoriser: grace?.account },
    ]);
    expect([...new Set(live.calls)]).toEqual(lister.permissions);
  });

  it("keeps a second address as an alias, by its digest alone: it is not what the person is known by", async () => {
    const [ada] = SAMPLE.users;
    const profile = { ...ada!.profile, email: "ada@example.com", secondEmail: "Ada@home.example" };
    const users = [{ ...ada!, profile }];
    const { signals } = await lister.page(org({ ...empty, users }).live.api, undefined, NOON);
    expect(signals[0]).toMatchObject({
      email: "ada@example.com",
      sameAs: [
        { account: emailAccount("ada@example.com"), how: "email" },
        { account: emailAccount("ada@home.example"), how: "alias" },
      ],
    });
    expect(JSON.stringify(signals)).not.toContain("home.example");
  });

  it.each([
    ["Europe/Berlin", "Europe/Berlin"],
    ["PST8PDT!", undefined],
  ])("takes %j for the time zone %j", async (timezone, timeZone) => {
    const [ada] = SAMPLE.users;
    const users = [{ ...ada!, profile: { ...ada!.profile, timezone } }];
    const [seen] = (await lister.page(org({ ...empty, users }).live.api, undefined, NOON)).signals;
    expect(seen?.kind === "account.seen" && seen.timeZone).toBe(timeZone);
  });

  it("goes on listing the grants of those who are held or have left: what a list leaves out counts as gone", async () => {
    const [grant] = SAMPLE.grants;
    const grants = SAMPLE.users.map(({ id }, n) => ({ ...grant!, id: `oag1example00000000${n}`, userId: id }));
    const { live } = org({ ...SAMPLE, grants });
    const { signals } = await lister.page(live.api, undefined, NOON);
    const seen = signals.flatMap((signal) => (signal.kind === "credential.seen" ? [signal.handle["userId"]] : []));
    const staged = SAMPLE.users.filter(({ status }) => status === "STAGED");
    expect(staged).toHaveLength(1);
    expect(seen).toEqual(SAMPLE.users.filter((user) => !staged.includes(user)).map(({ id }) => id));
  });

  it("is the same grant as the one that the event told of", async () => {
    const { live, world } = org({ ...empty, users: SAMPLE.users });
    const fixture = await import("./fixtures/consent.json", { with: { type: "json" } });
    live.absorb(fixture.default.event);
    const { signals } = await lister.page(live.api, undefined, NOON);
    const seen = signals.find(({ kind }) => kind === "credential.seen");
    const told = fixture.default.signals[0];
    expect(seen).toMatchObject({
      credential: told?.credential,
      identity: told?.identity,
      handle: told?.handle,
      reach: "write",
    });
    live.absorb(fixture.default.event);
    expect(world().grants).toHaveLength(1);
  });

  it("goes on through the pages", async () => {
    const users = Array.from({ length: 150 }, (_, n) => ({ ...SAMPLE.users[1]!, id: `00u1many0example${1000 + n}` }));
    const { live } = org({ ...empty, users });
    const first = await lister.page(live.api, undefined, NOON);
    const second = await lister.page(live.api, first.next, NOON);
    expect([first.signals.length, second.signals.length, second.next]).toEqual([100, 50, undefined]);
  });

  it("is not whole where grants may not be seen, and still lists the people", async () => {
    const { live } = org();
    const http: typeof live.api.http = {
      ...live.api.http,
      call: (ask) => {
        if (ask.path.includes("/grants")) live.mood = "refusing";
        return live.api.http.call(ask).finally(() => {
          live.mood = "willing";
        });
      },
    };
    const page = await lister.page({ ...live.api, http }, undefined, NOON);
    expect(page.whole).toBe(false);
    expect(page.signals.map(({ kind }) => kind)).toEqual(Array(7).fill("account.seen"));
  });
});

describe("the System Log", () => {
  it("is followed for ever from the link, and the revocation we make is in it", async () => {
    const { live, emitted } = org();
    const target: Target = {
      credential: "crd_x",
      handle: { ...ADA, clientId: "0oa1agent0example001", grantId: "oag1example000000001" },
    };
    const nothing = await poller.since(live.api, undefined, deaf);
    expect(nothing.signals).toEqual([]);
    await revoke!.apply(live.api, await revoke!.plan(live.api, target));
    const next = await poller.since(live.api, nothing.next, deaf);
    expect(next.signals).toMatchObject([{ kind: "grant.revoked", tenant: "example" }]);
    expect(emitted.flatMap((event) => listener.normalise(listener.event.parse(event)))).toEqual(next.signals);
    expect((await poller.since(live.api, next.next, deaf)).signals).toEqual([]);
  });

  it("takes no cursor that leads elsewhere", async () => {
    const { live } = org();
    for (const cursor of ["https://example.net/api/v1/logs?x", "/api/v1/users?limit=1"])
      await expect(poller.since(live.api, cursor, deaf)).rejects.toMatchObject({ name: "BadInput" });
  });

  it("begins anew with a day's overlap where Okta no longer takes the cursor", async () => {
    const paths: string[] = [];
    const { live } = org();
    const http: typeof live.api.http = {
      planned: [],
      call: (ask) => {
        paths.push(ask.path);
        if (paths.length === 1) return Promise.resolve({ status: 400, headers: {}, json: {}, next: undefined });
        return live.api.http.call(ask);
      },
    };
    await poller.since({ ...live.api, http }, "/api/v1/logs?after=lost", deaf);
    expect(new URLSearchParams(paths[1]?.split("?")[1]).get("since")).toBe(later(NOON, -24));
  });
});

describe("settings", () => {
  const given = { org: "https://example.okta.com", clientId: "0oa1leasehold0example", keyName: "leasehold/okta" };

  it("are few, and name a secret without holding it", () => {
    expect(Settings.parse(given).scopes).toEqual(["okta.logs.read", "okta.users.read"]);
  });

  it.each([
    { org: "http://example.okta.com" },
    { org: "https://example-admin.okta.com" },
    { org: "https://login.example.com" },
    { org: "https://example.okta.com.example.net" },
    { org: "https://okta.com" },
    { org: "https://example.okta.com/oauth2" },
    { keyName: "-----BEGIN PRIVATE KEY-----" },
    { clientId: "00u1" },
    { password: "x" },
  ])("do not take %j", (over) => {
    expect(Settings.safeParse({ ...given, ...over }).success).toBe(false);
  });
});

describe("signing in", () => {
  type Keys = Awaited<ReturnType<typeof generateKeyPair>>;
  const settings = Settings.parse({
    org: "https://example.okta.com",
    clientId: "0oa1leasehold0example",
    keyName: "leasehold/okta",
    keyId: "kid-1",
  });

  async function signedIn(secret: (keys: Keys) => Promise<string>) {
    const keys = await generateKeyPair("RS256", { extractable: true });
    const it = { now: NOON, forms: [] as URLSearchParams[], auth: [] as (string | null)[] };
    const key = await secret(keys);
    const fetch = async (url: string, init: RequestInit) => {
      if (!url.endsWith("/oauth2/v1/token")) {
        it.auth.push(new Headers(init.headers).get("authorization"));
        return Response.json({ id: ADA.userId, status: "ACTIVE" });
      }
      it.forms.push(new URLSearchParams(init.body as string));
      return Response.json({ token_type: "Bearer", expires_in: 3_600, access_token: `token-${it.forms.length}` });
    };
    const asked: string[] = [];
    const secrets = async (name: string) => {
      asked.push(name);
      return key;
    };
    return { api: connect(settings, secrets, () => it.now, fetch), it, keys, asked };
  }
  const pkcs8 = ({ privateKey }: Keys) => exportPKCS8(privateKey);
  const jwk = async ({ privateKey }: Keys) =>
    JSON.stringify({ ...(await exportJWK(privateKey)), kid: "own", alg: "RS256" });

  it.each([
    ["PKCS 8", pkcs8, "kid-1"],
    ["JWK", jwk, "own"],
  ])("proves itself with a key as %s, and keeps the token until shortly before its end", async (_form, secret, kid) => {
    const { api, it: there, keys, asked } = await signedIn(secret);
    await people.read(api, ADA);
    await people.read(api, ADA);
    expect(there.auth).toEqual(["Bearer token-1", "Bearer token-1"]);
    expect(Object.fromEntries(there.forms[0]!)).toMatchObject({
      grant_type: "client_credentials",
      scope: "okta.logs.read okta.users.read",
    });
    const proof = await jwtVerify(there.forms[0]!.get("client_assertion")!, keys.publicKey, {
      audience: "https://example.okta.com/oauth2/v1/token",
      issuer: "0oa1leasehold0example",
      subject: "0oa1leasehold0example",
      currentDate: new Date(NOON),
    });
    expect(proof.protectedHeader.kid).toBe(kid);
    there.now = later(NOON, 59.5 / 60);
    await people.read(api, ADA);
    expect(there.auth.at(-1)).toBe("Bearer token-2");
    expect(asked).toEqual(["leasehold/okta", "leasehold/okta"]);
    expect(JSON.stringify(api)).not.toMatch(/token-|PRIVATE/);
  });

  it("does not quote a key that it cannot read", async () => {
    const { api } = await signedIn(async () => "CANARY");
    const fault = (await people.read(api, ADA).catch((error: unknown) => error)) as Error;
    expect(fault).toMatchObject({ name: "BadInput", facts: { field: "keyName" } });
    expect(JSON.stringify([fault, fault.message, String(fault.cause)])).not.toContain("CANARY");
  });
});

it("says what is missing, and what to do about it", async () => {
  const { live } = org();
  expect(await check(live.api)).toEqual([]);
  live.mood = "refusing";
  expect(await check(live.api)).toEqual([
    expect.stringContaining("okta.users.read"),
    expect.stringContaining("okta.logs.read"),
  ]);
});

it("absorbs what happened: a joiner, their deactivation, and nothing of a refused event", async () => {
  const { live, world } = org(empty);
  const event = async (name: string) =>
    (await import(`./fixtures/${name}.json`, { with: { type: "json" } })).default.event;
  for (const name of ["create-user", "activate-user", "deactivate-user-failed"]) live.absorb(await event(name));
  expect(await people.read(live.api, ADA)).toBe("active");
  live.absorb(await event("deactivate-user"));
  expect(await people.read(live.api, ADA)).toBe("departed");
  live.absorb(await event("delete-user"));
  expect(world().users).toEqual([]);
  live.absorb("anything");
});
