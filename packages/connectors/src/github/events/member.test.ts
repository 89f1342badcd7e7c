import { derivedId } from "@leasehold/core/kernel";
import { contributions } from "@leasehold/core/lineage";
import { describe, expect, it } from "vitest";
import { withCanaries } from "../../../../../test/support/meddle.ts";
import { listener } from "./listen.ts";

/** A line as GitHub streams it; what it is exported as may have lost the numbers. */
const LINE = {
  ...{ action: "org.remove_member", org: "example", org_id: 4242, user: "ada-example", user_id: 5550103 },
  ...{ actor: "grace-example", actor_id: 5550101, actor_is_bot: false, operation_type: "remove" },
  ...{ created_at: 1793607000000, "@timestamp": 1793607000000, _document_id: "ExampleDocument01" },
  ...{ user_agent: "Mozilla/5.0", actor_location: { country_code: "GB" } },
};
const GRACE = derivedId("acc", "github", "5550101");
const say = (over: object = {}) => listener.normalise(listener.event.parse(listener.envelope?.({ ...LINE, ...over })));
const NAMES_ONLY = { org_id: undefined, user_id: undefined, actor_id: undefined, _document_id: undefined };

describe("a line of the audit log on a member who was removed", () => {
  it("is said of the member, and by whom", () => {
    expect(say()).toMatchObject([
      {
        kind: "identity.deleted",
        source: { connector: "github", eventId: "ExampleDocument01", occurredAt: "2026-11-02T08:10:00.000Z" },
        tenant: "example",
        by: { realm: "github", name: "grace-example", via: "idp-user", account: GRACE },
        identity: { name: "example/ada-example", id: derivedId("idn", "github", "member", "4242", "5550103") },
      },
    ]);
  });

  it.each<[string, object, object]>([
    ["a login alone is nobody's account", NAMES_ONLY, { via: "idp-user", name: "grace-example", account: undefined }],
    ["a bot is nobody", { actor_is_bot: true }, { via: "workload", account: undefined }],
    ["nor is an application", { actor: "helper[bot]", actor_is_bot: null }, { via: "workload", account: undefined }],
    ["and GitHub itself tells no actor", { actor: null }, { via: "unknown", account: undefined }],
  ])("%s", (_title, over, by) => {
    const [said] = say(over);
    const actor = said && "by" in said ? said.by : undefined;
    expect({ account: undefined, ...actor }).toMatchObject(by);
  });

  it("by names alone is the same member in any letters, and never the one of a number", () => {
    const idOf = (over: object) => say(over).map((one) => "identity" in one && one.identity.id)[0];
    expect(idOf({ ...NAMES_ONLY, user: "Ada-Example" })).toBe(idOf(NAMES_ONLY));
    expect(idOf(NAMES_ONLY)).not.toBe(idOf({}));
    expect(idOf({ user_id: 5550104 })).not.toBe(idOf({}));
  });

  it("says nothing of the person: no account, no standing", () => {
    for (const { subject, facts, turns, evidence } of say().flatMap(contributions)) {
      expect(subject.kind).toBe("identity");
      expect([facts["standing"], turns["standing"], evidence]).toEqual([undefined, undefined, []]);
    }
  });

  it("carries nothing over that it does not name", () => {
    const planted = withCanaries(LINE) as object;
    expect(JSON.stringify(say(planted))).not.toContain("CANARY");
  });

  it.each([
    { action: "org.add_member" },
    { action: "org.remove_outside_collaborator" },
    { org: undefined },
    { user: undefined },
  ])("is none with %j", (over) => {
    expect(listener.envelope?.({ ...LINE, ...over })).toBeUndefined();
  });
});

describe("a body", () => {
  const sender = { id: 1, login: "grace-example", type: "User" };
  const installation = { id: 957001, app_id: 29001, permissions: {}, account: { login: "example" }, created_at: 1 };
  it.each<[string, object]>([
    ["that only comes by an installation", { action: "created", installation: { id: 1, node_id: "x" }, sender }],
    ["on which repositories it may touch", { action: "added", installation, repositories_added: [], sender }],
    ["on new rights", { action: "new_permissions_accepted", installation, sender }],
    ["on a key that is no deploy key", { action: "created", key: { id: 1 }, repository: {}, sender }],
    ["on a team's member", { action: "removed", member: sender, team: {}, organization: {}, sender }],
    ["on a member who was added", { action: "member_added", membership: {}, organization: {}, sender }],
  ])("%s is another event's", (_title, record) => {
    expect(listener.envelope?.(record)).toBeUndefined();
  });
});
