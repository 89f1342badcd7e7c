import { PEOPLE } from "@leasehold/local/demo";
import { describe, expect, it } from "vitest";
import { assignmentId, sessionsId } from "../../packages/connectors/src/aws-identity-center/handles.ts";
import type { World } from "../../packages/connectors/src/aws-identity-center/simulator.ts";
import { itemOf, type Journey, journey, onlyCase } from "../support/journey.ts";

const SET = "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-0000000000000009";
const [HERE, THERE] = ["111122223333", "444455556666"] as const;
const { sue, ben } = PEOPLE;
const SESSIONS = sessionsId({ permissionSet: SET, userId: sue.identityCenter });
const ASSIGNED = assignmentId({ permissionSet: SET, target: HERE, userId: sue.identityCenter });
const THEIRS = `{ "Version": "2012-10-17",\n  "Statement": [ {"Sid":"app","Effect":"Allow","Action":"s3:Get*","Resource":"*"} ] }`;

/** Sue and Ben are let into accounts with one permission set, and Sue has left. */
async function sueLeft({ contain = true } = {}) {
  const story = await journey();
  story.asks("aws-identity-center");
  const one = (target: string, principal: string) => ({ set: SET, target, type: "USER" as const, principal });
  story.provider("aws-identity-center", (world) => ({
    ...{ ...(world as World), ...(contain && { contain: true as const }) },
    sets: [
      {
        ...{ arn: SET, name: "PowerUserAccess", policies: ["PowerUserAccess"], tags: {}, inline: THEIRS },
        createdAt: "2026-01-05T08:00:00.000Z",
      },
    ],
    assignments: [one(HERE, sue.identityCenter), one(HERE, ben.identityCenter), one(THERE, ben.identityCenter)],
  }));
  await story.sweep();
  await story.deliver("a7-okta-deactivated.json");
  await story.advance(1);
  return story;
}

const at = async (story: Journey, credential: string = SESSIONS) => itemOf(await onlyCase(story), credential).windDown;
async function says(story: Journey, credential: string = SESSIONS) {
  const { id, question } = await at(story, credential);
  return story.answer({ by: question?.custodian.email ?? "", item: id, choice: "retire" });
}
function setOf(story: Journey, change: object = {}) {
  let seen: NonNullable<World["sets"]>[number] | undefined;
  story.provider("aws-identity-center", (world) => {
    const [set] = (world as World).sets ?? [];
    seen = { ...(set as NonNullable<typeof set>), ...change };
    return { ...(world as World), sets: [seen] };
  });
  return seen;
}
const denied = (story: Journey): boolean => setOf(story)?.inline?.includes(sue.identityCenter) === true;

describe("the sessions of a leaver whose assignment was removed", () => {
  it("go on; one yes ends them in every account, beside whatever the policy says; and an undo gives them back", async () => {
    const story = await sueLeft();
    await says(story, ASSIGNED);
    await story.advance(1);
    expect(await at(story, ASSIGNED)).toMatchObject({ rung: "disabled", acts: [{ verified: "confirmed" }] });
    await story.sweep(); // nobody lets her in any more, and her sessions are still asked about
    expect(denied(story)).toBe(false);
    expect(await at(story)).toMatchObject({ rung: "flagged", acts: [] });

    await says(story);
    await story.advance(1);
    expect(denied(story)).toBe(true);
    expect(setOf(story)).toMatchObject({ behind: [], policies: ["PowerUserAccess"] });
    expect(await at(story)).toMatchObject({ rung: "disabled", acts: [{ verified: "confirmed", to: "disabled" }] });
    await story.sweep();
    await story.advance(2);
    expect(await at(story)).toMatchObject({ rung: "disabled" }); // our own hand is no other's

    await story.undo((await at(story)).id, PEOPLE.grace.email);
    await story.advance(1);
    expect(setOf(story)).toMatchObject({ inline: THEIRS, behind: [] });
    expect(await at(story)).toMatchObject({ rung: "flagged" });
  });

  it("are not called ended while one account is behind: a finding, and asked anew", async () => {
    const story = await sueLeft();
    setOf(story, { fails: [THERE] });
    await says(story);
    await story.advance(1);
    expect(setOf(story)?.behind).toEqual([THERE]);
    const kinds = async () =>
      (await story.findings()).filter(({ facts }) => facts["credential"] === SESSIONS).map(({ kind }) => kind);
    expect(await kinds()).toContain("still alive");
    setOf(story, { fails: [] });
    await says(story);
    await story.advance(1);
    expect(await at(story)).toMatchObject({ rung: "disabled", acts: [{ verified: "confirmed" }] });
  });

  it("are ended once it is known, where what ended them was killed before it could write that down", async () => {
    const story = await sueLeft();
    story.diesAfterActing("aws-identity-center");
    await says(story);
    await story.advance(24);
    expect(await at(story)).toMatchObject({ rung: "disabled", acts: [{ verified: "confirmed" }] });
  });

  it("wait where somebody else's change of the permission set does, which is theirs to provision", async () => {
    const story = await sueLeft();
    setOf(story, { policies: ["AdministratorAccess"], behind: [HERE, THERE] });
    await says(story);
    await story.advance(2);
    expect(denied(story)).toBe(false);
    expect(setOf(story)?.behind).toEqual([HERE, THERE]);
    setOf(story, { behind: [] });
    await story.advance(2);
    expect(denied(story)).toBe(true);
  });

  it("are nobody's to end on silence, nor an item without the right", async () => {
    const silent = await sueLeft();
    await silent.advance(48);
    expect(denied(silent)).toBe(false);
    const { items } = await onlyCase(await sueLeft({ contain: false }));
    expect(items.map(({ credential }) => credential)).toContain(ASSIGNED);
    expect(items.map(({ credential }) => credential)).not.toContain(SESSIONS);
  });
});
