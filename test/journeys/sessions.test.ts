import { KEYS, PEOPLE, switches, uses } from "@leasehold/local/demo";
import { describe, expect, it } from "vitest";
import { ENDED_POLICY, roleSessionsOf, userSessionsOf } from "../../packages/connectors/src/aws-iam/handles.ts";
import { aRole, ROLE_ID } from "../../packages/connectors/src/aws-iam/simulated-account.ts";
import { userIdOf } from "../../packages/connectors/src/aws-iam/simulated-calls.ts";
import { itemOf, type Journey, journey, onlyCase } from "../support/journey.ts";

const SESSIONS = userSessionsOf(userIdOf("support-agent"));
const SUES = roleSessionsOf(ROLE_ID, PEOPLE.sue.email);
const BENS = roleSessionsOf(ROLE_ID, PEOPLE.ben.email);

/** A role that two of them use, each under their own source identity, as its trust policy asks for. */
const shared = aRole("analytics", {
  trust: {
    Version: "2012-10-17",
    Statement: [
      {
        ...{ Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" } },
        Action: ["sts:AssumeRole", "sts:SetSourceIdentity"],
        Condition: { StringEquals: { "sts:SourceIdentity": [PEOPLE.sue.email, PEOPLE.ben.email] } },
      },
    ],
  },
});

async function sueLeft(contain: boolean, more: object = {}) {
  const story = await journey();
  story.account(({ roles = [], users }) => ({
    ...(contain && { contain: true }),
    roles: [...roles, shared],
    users: users.map((one) => (one.userName === "support-agent" ? { ...one, ...more } : one)),
  }));
  await story.sweep();
  await story.deliver("a7-okta-deactivated.json");
  await story.advance(1);
  return story;
}

const at = async (story: Journey, credential: string) => itemOf(await onlyCase(story), credential).windDown;
const says = async (story: Journey, credential: string) => {
  const { id, question } = await at(story, credential);
  return story.answer({ by: question?.custodian.email ?? "", item: id, choice: "retire" });
};

describe("a key that is switched off ends no session (B14)", () => {
  it("the question says so before, and one yes to each ends them in their order: the key, then what it opened", async () => {
    const story = await sueLeft(true);
    const asked = JSON.stringify(story.slack((await at(story, SESSIONS)).question?.custodian.email ?? ""));
    expect(asked).toContain(`the access key ${KEYS.support.accessKeyId} is still on, and opens new ones`);
    await says(story, SESSIONS);
    await story.advance(2);
    expect(story.policiesOf("support-agent")).toEqual({}); // nothing is done while the key would open new ones
    await says(story, KEYS.support.credential);
    const off = story.now();
    await story.advance(2);
    expect(story.key("support")).toBe("Inactive");
    const ended = story.policiesOf("support-agent")[ENDED_POLICY] as { Statement: [{ Condition: object }] };
    const [denied] = ended.Statement;
    expect(denied).toMatchObject({ Effect: "Deny", Action: "*", Condition: { DateLessThan: {} } });
    const [since = ""] = Object.values(Object.values(denied.Condition)[0] as Record<string, string>);
    expect(since > off && since <= story.now()).toBe(true);
    expect(await at(story, SESSIONS)).toMatchObject({ rung: "disabled", acts: [{ verified: "confirmed" }] });
  });

  it("all of ours is taken back, newest or not, and the user's own policies were never touched", async () => {
    const story = await sueLeft(true);
    for (const one of [SESSIONS, KEYS.support.credential]) await says(story, one);
    await story.advance(3);
    expect(Object.keys(story.policiesOf("support-agent"))).toEqual([ENDED_POLICY]);
    await story.undo((await at(story, SESSIONS)).id, PEOPLE.grace.email);
    await story.advance(1);
    expect(story.policiesOf("support-agent")).toEqual({});
    expect(story.key("support")).toBe("Inactive");
    await story.undo((await at(story, KEYS.support.credential)).id, PEOPLE.grace.email);
    await story.advance(1);
    expect(story.key("support")).toBe("Active");
  });

  it("nobody is told that they are ended once the key is on again: asked anew, and ended from then on", async () => {
    const story = await sueLeft(true);
    for (const one of [SESSIONS, KEYS.support.credential]) await says(story, one);
    await story.advance(3);
    const before = JSON.stringify(story.policiesOf("support-agent"));
    await story.undo((await at(story, KEYS.support.credential)).id, PEOPLE.grace.email);
    await story.advance(25);
    expect(story.key("support")).toBe("Active");
    expect(await at(story, SESSIONS)).toMatchObject({ rung: "flagged", acts: [], question: { ifSilent: "nothing" } });
    const told = (await story.findings()).filter(({ facts }) => facts["credential"] === SESSIONS);
    expect(told.map(({ kind }) => kind)).toContain("somebody changed it after us");
    expect(JSON.stringify(story.slack((await at(story, SESSIONS)).question?.custodian.email ?? ""))).toContain(
      `the access key ${KEYS.support.accessKeyId} is still on`,
    );
    await story.deliver([uses("support", story.now())]);
    await story.deliver([switches("ben", "support", "Inactive", story.now())]);
    await says(story, SESSIONS);
    await story.advance(2);
    expect(await at(story, SESSIONS)).toMatchObject({ rung: "disabled", acts: [{ verified: "confirmed" }] });
    expect(JSON.stringify(story.policiesOf("support-agent"))).not.toBe(before);
  });

  it("a password that is left on opens new ones: that is what is asked, and what is proved", async () => {
    const story = await sueLeft(true, { password: { createdAt: "2026-01-05T08:00:00.000Z", lastUsed: null } });
    const asked = JSON.stringify(story.slack((await at(story, SESSIONS)).question?.custodian.email ?? ""));
    for (const one of [SESSIONS, KEYS.support.credential]) await says(story, one);
    await story.advance(3);
    const { rung, acts } = await at(story, SESSIONS);
    expect({ rung, acts }).toMatchObject({ rung: "disabled", acts: [{ verified: "confirmed" }] });
    expect(JSON.stringify(story.policiesOf("support-agent"))).toContain("ButSignIn");
    expect(asked).toContain("Left on: a password, by which new sessions are opened.");
    expect(acts).toMatchObject([{ final: false, left: "a password, by which new sessions are opened" }]);
  });

  it("what somebody else has put under our name is theirs: it is not taken away", async () => {
    const story = await sueLeft(true);
    for (const one of [SESSIONS, KEYS.support.credential]) await says(story, one);
    await story.advance(3);
    const theirs = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "s3:*", Resource: "*" }] };
    story.account(({ users }) => ({
      users: users.map((one) =>
        one.userName === "support-agent" ? { ...one, inline: { [ENDED_POLICY]: theirs } } : one,
      ),
    }));
    await story.undo((await at(story, SESSIONS)).id, PEOPLE.grace.email);
    await story.advance(2);
    expect(story.policiesOf("support-agent")).toEqual({ [ENDED_POLICY]: theirs });
    const kinds = (await story.findings()).map(({ kind }) => kind);
    expect(kinds).toContain("somebody changed it after us");
  });

  it("on a role that others use it is hers alone that end", async () => {
    const story = await sueLeft(true);
    await says(story, SUES);
    await story.advance(2);
    const policies = story.policiesOf("analytics");
    expect(Object.keys(policies)).toEqual([`${ENDED_POLICY}-of-${PEOPLE.sue.email}`]);
    expect(JSON.stringify(policies)).toContain(`{"StringEquals":{"aws:SourceIdentity":"${PEOPLE.sue.email}"}}`);
    const { items } = await onlyCase(story);
    expect(items.map(({ credential }) => credential)).not.toContain(BENS);
    await story.undo((await at(story, SUES)).id, PEOPLE.grace.email);
    await story.advance(1);
    expect(story.policiesOf("analytics")).toEqual({});
  });

  it("without the right no policy is written, and the case shows until when a session can live", async () => {
    const story = await sueLeft(false);
    const { items } = await onlyCase(story);
    expect(items.map(({ credential }) => credential)).not.toContain(SESSIONS);
    await says(story, KEYS.support.credential);
    const off = Date.parse(story.now());
    await story.advance(2);
    const { acts } = await at(story, KEYS.support.credential);
    const hours = (Date.parse(acts[0]?.sessionsUntil ?? "") - off) / 3_600_000;
    expect(hours).toBeGreaterThan(47);
    expect(hours).toBeLessThan(49);
    expect(story.policiesOf("support-agent")).toEqual({});
    expect(story.policiesOf("analytics")).toEqual({});
  });
});
