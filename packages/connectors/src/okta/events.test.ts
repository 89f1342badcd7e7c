import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { envelope, listener } from "./events.ts";
import { oktaAccount, orgOfHost, reachOf } from "./ids.ts";
import { instantIn } from "./log-event.ts";

const fixture = (name: string) => {
  const file = new URL(`fixtures/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")).event as { source: string; detail: Record<string, unknown> };
};
const say = (event: unknown) => {
  const read = listener.event.safeParse(event);
  return read.success ? listener.normalise(read.data) : [];
};
const { detail } = fixture("deactivate-user");

describe("the organisation", () => {
  const ada = oktaAccount("example", "00u1ada0example00001");

  it("is the same for every shape of one record", () => {
    const hook = { source: "https://example.okta.com/api/v1/eventHooks/who1", data: { events: [detail] } };
    const [fromHook] = envelope(hook) as unknown[];
    const shapes = [
      fixture("deactivate-user"),
      fromHook,
      envelope(detail, "example"),
      envelope(detail, "example.okta.com"),
    ];
    for (const event of shapes)
      expect(say(event)).toMatchObject([{ kind: "person.left", tenant: "example", account: ada }]);
  });

  it("is a literal where no record and nobody names it", () => {
    expect(say(envelope(detail))).toMatchObject([{ tenant: "okta", handle: { org: "okta" } }]);
  });

  it("is a label whether given as such or as the host, whatever its case", () => {
    expect(orgOfHost("Example.okta.com")).toBe("example");
    expect(oktaAccount("Example.okta.com", "00u1")).toBe(oktaAccount("example", "00u1"));
  });
});

describe("envelope", () => {
  it("takes a list of records, and leaves out what is not of this vendor", () => {
    expect(envelope([detail, { eventName: "CreateUser" }, 7])).toHaveLength(1);
    expect(envelope({ eventName: "CreateUser", eventSource: "iam.amazonaws.com" })).toBeUndefined();
    expect(envelope("text")).toBeUndefined();
  });

  it("keeps nothing of a record that is not read, before anything is put on a bus", () => {
    const secret = fixture("create-client-secret").detail;
    const kept = JSON.stringify(envelope(secret));
    expect(JSON.stringify(secret)).toContain("not-a-secret-but-stands-where-one-does");
    expect(kept).not.toContain("not-a-secret-but-stands-where-one-does");
    expect(kept).not.toContain("192.0.2.10");
  });
});

describe("normalise", () => {
  it.each([
    "app.oauth2.token.grant.access_token", // use of a consent, not a consent
    "app.oauth2.as.token.grant.refresh_token",
    "user.session.start",
    "user.account.privilege.grant",
    "logout",
  ])("says nothing about %s", (eventType) => {
    expect(say({ ...fixture("consent"), detail: { ...fixture("consent").detail, eventType } })).toEqual([]);
  });

  it.each(["scheduled", "updated", "canceled"])("holds nobody for a suspension that is %s", (what) => {
    const made = fixture("scheduled-suspension-completed");
    const eventType = `scheduled_action.user_suspension.${what}`;
    expect(say(made)).toMatchObject([{ kind: "person.held" }]);
    expect(say({ ...made, detail: { ...made.detail, eventType } })).toEqual([]);
  });

  it.each([undefined, null, {}, { result: "UNKNOWN" }, { result: "success" }])(
    "believes no change whose outcome is %j",
    (outcome) => {
      expect(say({ ...fixture("deactivate-user"), detail: { ...detail, outcome } })).toEqual([]);
    },
  );

  it("takes no administrator's consent for their own", () => {
    for (const signal of say(fixture("consent-for-everybody"))) expect(signal).not.toHaveProperty("authoriser");
  });

  it("says nothing of a change to a client secret that it does not know", () => {
    const secret = fixture("create-client-secret");
    const eventType = "app.oauth2.credentials.lifecycle.update";
    expect(say({ ...secret, detail: { ...secret.detail, eventType } })).toEqual([]);
  });

  it("is not for another partner's events", () => {
    expect(say({ ...fixture("deactivate-user"), source: "aws.partner/auth0.com/example" })).toEqual([]);
  });

  it("names only attributes, and never more than there is room for", () => {
    const changed = `title,${"x".repeat(65)},<script>,${Array.from({ length: 99 }, (_, n) => `a${n}`).join(",")}`;
    const moved = fixture("update-profile");
    const debugContext = { debugData: { changed_attributes: changed.slice(0, 1_024) } };
    const [signal] = say({ ...moved, detail: { ...moved.detail, debugContext } });
    expect(signal).toMatchObject({ kind: "person.moved" });
    const names = (signal as { changed: string[] }).changed;
    expect(names[0]).toBe("title");
    expect(names).toHaveLength(64);
    expect(names.join()).not.toMatch(/[<x]{2}/);
  });
});

it.each([
  ["2026-11-02T09:30:00.225Z", "2026-11-02T09:30:00.225Z"],
  ["2026-11-02T10:30:00.225+01:00", "2026-11-02T09:30:00.225Z"],
  ["2022-03-22 14:21:53.225", "2022-03-22T14:21:53.225Z"],
  ["2020-11-25 21:27:03.496000000", "2020-11-25T21:27:03.496Z"],
  ["2020-11-25 21:27:03", "2020-11-25T21:27:03.000Z"],
  ["2020-13-45 21:27:03", undefined],
  ["redacted", undefined],
  ["Jul 30, 2024 9:53:13 PM", undefined],
])("reads %s as %s", (published, instant) => {
  expect(instantIn(published)).toBe(instant);
});

it.each([
  [["okta.users.manage"], "admin"],
  [["okta.myAccount.profile.manage"], "write"],
  [["okta.authenticators.manage.self"], "write"],
  [["okta.users.read", "okta.apps.manage"], "admin"],
  [["okta.admin.read"], "read"],
  [["payments.write", "openid"], "write"],
  [["payments:delete"], "write"],
  [["files.read"], "read"],
  [["openid", "profile", "email", "offline_access"], "read"],
  [["payments"], "unknown"],
  [["openid", "payments"], "unknown"],
  [["bread.spread"], "unknown"],
  [[], "unknown"],
] as const)("grades %j as %s", (scopes, reach) => {
  expect(reachOf(scopes)).toBe(reach);
});
