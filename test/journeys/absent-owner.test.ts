import type { Instant } from "@leasehold/core/kernel";
import { KEYS, leaves, PEOPLE } from "@leasehold/local/demo";
import { expect, it } from "vitest";
import { trailEvent } from "../../packages/local/src/demo/trail-record.ts";
import { doneOf, itemOf, journey, onlyCase } from "../support/journey.ts";

const SANDBOX = "arn:aws:bedrock:eu-west-1:111122223333:agent/SANDBOXA9X";
const SET = "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-0000000000000009";
const GROUP = "0000000a-89ab-4def-8123-456789abcdef"; // as the event of its end has it
const { fay, grace, leo, mia, nia, sam } = PEOPLE;

/** A call that went through: what would fail if the key were off. */
const reads = (userName: string, accessKeyId: string, at: Instant) =>
  trailEvent({
    ...{ eventName: "GetObject", eventSource: "s3.amazonaws.com", at, asked: { bucketName: "notes" } },
    by: {
      type: "IAMUser",
      arn: `arn:aws:iam::111122223333:user/${userName}`,
      accountId: "111122223333",
      accessKeyId,
      userName,
    },
  });

it("a team is no more, and who deployed for it is gone without a word: a sweep finds it, and it is asked up the chain to the fallback (A9)", async () => {
  const story = await journey();
  await story.deliver([reads("triage-agent", KEYS.triage.accessKeyId, story.now())]); // in use: silence alone ends nothing
  await story.replay("a9-sandbox-agent-deployed.json");
  await story.deliver("a9-group-deleted.json");
  expect(await story.cases()).toEqual([]); // a group's end says nothing about who answers
  const { candidates } = await story.who(SANDBOX);
  expect(candidates.map(({ email, standing }) => [email, standing])).toContainEqual([nia.email, "active"]);

  await story.unheard([leaves("nia", story.now())]);
  await story.advance(26); // the nightly sweep
  expect((await story.who(SANDBOX)).candidates.find(({ email }) => email === nia.email)?.standing).toBe("departed");
  const { id } = await onlyCase(story);
  const { items } = await story.plan(nia.email);
  const planned = items.find(({ credential }) => credential === KEYS.triage.credential);
  expect(planned?.counterfactual).toMatchObject({
    ...{
      calls: 1,
      uses: [{ caller: { name: expect.stringMatching(/:user\/triage-agent$/) }, actions: ["GetObject"] }],
    },
  }); // what would have failed in the last thirty days, and whose
  await story.release(sam.email);

  const item = async () => itemOf(await story.showCase(id), KEYS.triage.credential);
  const asked: (string | undefined)[] = [];
  for (let nth = 0; nth < 14; nth += 1) {
    const { question, closed } = (await item()).windDown;
    if (closed) break;
    const to = question?.custodian.email;
    if (to !== undefined && to !== asked.at(-1)) asked.push(to);
    await story.advance(24);
  }
  expect(asked).toEqual([grace.email, mia.email, fay.email]);

  const { windDown } = await item();
  expect(windDown).toMatchObject({ rung: "flagged", closed: { as: "unresolved" }, acts: [] });
  expect(story.key("triage")).toBe("Active");
  expect((await story.findings()).filter(({ kind }) => kind === "nobody decided")).toContainEqual(
    expect.objectContaining({ about: windDown.id }),
  );
  const trail = await story.trail(windDown.id);
  expect(doneOf(trail, ["question.asked"])).toHaveLength(asked.length);
  expect(trail.at(-1)).toMatchObject({ did: expect.stringMatching(/closed/) });
  expect((await story.auditVerify()).whole).toBe(true);
});

it("whoever made it was let in by the team's group and in their own name: what is left of that is taken up when they go (A9, Identity Center)", async () => {
  const story = await journey();
  const [own, byGroup] = [
    { set: SET, target: "111122223333", type: "USER", principal: nia.identityCenter },
    { set: SET, target: "111122223333", type: "GROUP", principal: GROUP },
  ] as const;
  story.provider("aws-identity-center", (world) => ({
    ...world!,
    sets: [{ arn: SET, name: "PowerUserAccess", policies: [], tags: {}, createdAt: "2026-01-05T08:00:00.000Z" }],
    groups: [...(world?.groups ?? []), { groupId: GROUP, name: "support-pilot", members: [nia.identityCenter] }],
    assignments: [own, byGroup],
  }));
  await story.replay("a9-sandbox-agent-deployed.json");
  await story.sweep();
  const let_in = async () =>
    (await story.owns(nia.email)).credentials.filter(({ type }) => type === "account assignment");
  expect(await let_in()).toMatchObject([{ state: "on", word: "certain" }]);

  story.provider("aws-identity-center", (world) => ({
    ...world!,
    groups: (world?.groups ?? []).filter(({ groupId }) => groupId !== GROUP),
    assignments: [own],
  }));
  await story.deliver("a9-group-deleted.json");
  story.managedBy("nia", "leo", { department: leo.department });
  await story.deliver("a9-okta-deployer-moved.json");
  await story.sweep();
  expect(await let_in()).toMatchObject([{ state: "on" }]); // it is nobody's of the group
  expect((await story.who(SANDBOX)).candidates).toContainEqual(
    expect.objectContaining({ email: nia.email, standing: "active" }),
  );

  await story.deliver("b8-okta-nia-deactivated.json");
  const { id } = await onlyCase(story);
  const { items } = await story.showCase(id);
  expect(items.map(({ type }) => type)).toContain("account assignment");
});
