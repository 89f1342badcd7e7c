import { readFileSync } from "node:fs";
import { accessKey, awsCredential } from "@leasehold/connectors/kit";
import { PEOPLE } from "@leasehold/local/demo";
import { describe, expect, it } from "vitest";
import { empty, type World } from "../../packages/connectors/src/aws-agentcore/simulated-account.ts";
import { called } from "../../packages/connectors/src/aws-agentcore/simulated-sessions.ts";
import { itemOf, type Journey, journey, onlyCase } from "../support/journey.ts";

const ID = "search-aBcDeFgH12";
const ARN = `arn:aws:bedrock-agentcore:eu-west-1:111122223333:runtime/${ID}`;
const SESSIONS = awsCredential(ARN);
const OTHER = "0c1d2e3f-4a5b-4c6d-8e7f-9a0b1c2d3e4f";
const SECRET = "ada.example.com-asked-about-her-salary-1779648663317";

const ROLE = "AmazonBedrockAgentCoreSDKRuntime-search";

/** The records of AgentCore's and IAM's own, of a runtime and its role that Sue made. */
function made(now: string): readonly object[] {
  const read = (path: string) =>
    JSON.parse(
      readFileSync(new URL(path, import.meta.url), "utf8")
        .replaceAll("ada@example.com", PEOPLE.sue.email)
        .replaceAll("AmazonBedrockExecutionRoleForAgents_SUPPORT", ROLE),
    );
  const { event } = read("../../packages/connectors/src/aws-agentcore/fixtures/create-agent-runtime.json");
  const [role] = read("events/a1-role-made.json");
  return [role, event].map((one: { readonly detail: object }) => ({
    ...{ ...one, time: now, detail: { ...one.detail, eventTime: now } },
  }));
}

/** Sue made a runtime, somebody is in a session of it, and she has left. */
async function sueLeft({ contain = true, logged = true } = {}) {
  const story = await journey();
  story.asks("aws-agentcore");
  await story.deliver(made(story.now()));
  await story.advance(1);
  const runtime = { region: "eu-west-1", id: ID, createdAt: story.now(), tags: {} };
  story.provider(
    "aws-agentcore",
    (): World => ({
      ...empty,
      ...(contain && { contain: true as const }),
      runtimes: [called(runtime, story.now(), { id: SECRET, logged })],
    }),
  );
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
function ended(story: Journey): readonly (string | null)[] {
  let seen: readonly (string | null)[] = [];
  story.provider("aws-agentcore", (world) => {
    seen = world?.runtimes.flatMap(({ sessions = [] }) => sessions.map(({ endedAt }) => endedAt)) ?? [];
    return world as World;
  });
  return seen;
}

/** As IAM's stand-in calls the role. */
function roleIdOf(story: Journey): string {
  let id = "";
  story.account(({ roles = [] }) => {
    id =
      roles.map((one) => one as { roleName: string; roleId?: string }).find(({ roleName }) => roleName === ROLE)
        ?.roleId ?? "";
    return {};
  });
  return id;
}

describe("an agent that a leaver made runs in sessions of AgentCore", () => {
  it("one yes stops them at once, and they are proved ended when none can live any more", async () => {
    const story = await sueLeft();
    expect(JSON.stringify(story.jira())).toContain("everybody who uses the runtime; whoever may call it opens");
    expect(ended(story)).toEqual([null]);
    await says(story);
    await story.advance(1);
    expect(ended(story)).toEqual([expect.any(String)]);
    expect(await at(story)).toMatchObject({ rung: "disabled", acts: [{ to: "disabled" }] });
    await story.advance(8);
    expect((await at(story)).acts[0]?.verified).toBe("not yet"); // what was counted before the act would still be in it
    await story.advance(3);
    expect(await at(story)).toMatchObject({ rung: "disabled", acts: [{ verified: "confirmed", final: true }] });
    const told = [await onlyCase(story), await story.findings(), story.messages(), story.jira()];
    expect(JSON.stringify([...told, await story.trail((await at(story)).id)])).not.toContain("salary");
  });

  it("its role quarantined first and its sessions stopped then, both are proved, each by itself", async () => {
    const story = await sueLeft();
    const role = accessKey(roleIdOf(story));
    await says(story, role);
    await story.advance(1);
    expect(await at(story, role)).toMatchObject({ rung: "quarantined", acts: [{ verified: "confirmed" }] });
    story.provider("aws-agentcore", (world) => ({
      ...(world as World),
      runtimes: (world as World).runtimes.map((one) => called(one, story.now(), { id: OTHER, logged: false })),
    }));
    await says(story);
    await story.advance(1);
    expect(ended(story)).toEqual([expect.any(String), null]); // the one that may write no log is known to nobody
    await story.advance(10);
    expect(await at(story)).toMatchObject({ rung: "disabled", acts: [{ verified: "confirmed", final: true }] });
  });

  it("an act that nobody wrote down is looked at when that can be believed, and proved as any other", async () => {
    const story = await sueLeft();
    story.diesAfterActing("aws-agentcore");
    await says(story);
    await story.advance(5);
    expect(await at(story)).toMatchObject({ rung: "flagged", acts: [] });
    await story.advance(24);
    expect(await at(story)).toMatchObject({ rung: "disabled", acts: [{ verified: "confirmed" }] });
  });

  it("nobody of ours opens sessions again: whoever wants them back is told how, and it is over once somebody calls", async () => {
    const story = await sueLeft();
    await says(story);
    await story.advance(12);
    const { id } = await at(story);
    await story.undo(id, PEOPLE.grace.email);
    await story.advance(1);
    const waits = (await story.findings()).find(({ kind, about }) => kind === "waits for a person" && about === id);
    expect(waits?.remedy).toContain("calls it again");
    await story.advance(20);
    story.provider("aws-agentcore", (world) => ({
      ...(world as World),
      runtimes: (world as World).runtimes.map((one) => called(one, story.now())),
    }));
    await story.advance(5); // it is looked at once a day
    expect(await at(story)).toMatchObject({ rung: "flagged", acts: [] });
  });

  it("where somebody opens a new one they are not ended: a finding, and a new question", async () => {
    const story = await sueLeft();
    await says(story);
    await story.advance(4);
    story.provider("aws-agentcore", (world) => ({
      ...(world as World),
      runtimes: (world as World).runtimes.map((one) => called(one, story.now())),
    }));
    await story.advance(8);
    const kinds = (await story.findings())
      .filter(({ facts }) => facts["credential"] === SESSIONS)
      .map(({ kind }) => kind);
    expect(kinds).toContain("still alive");
    expect(await at(story)).toMatchObject({ rung: "flagged", acts: [] });
    expect((await at(story)).question).toMatchObject({ ifSilent: "nothing" });
  });

  it("of one whose role may write no logs none is known by its id: it ends by itself, and is proved ended all the same", async () => {
    const story = await sueLeft({ logged: false });
    await says(story);
    await story.advance(2);
    expect(ended(story)).toEqual([null]);
    await story.advance(10);
    expect(await at(story)).toMatchObject({ rung: "disabled", acts: [{ verified: "confirmed" }] });
  });

  it("nobody is asked, and nothing is stopped, on silence or without the right", async () => {
    const silent = await sueLeft();
    await silent.advance(48);
    expect(ended(silent)).toEqual([null]);
    const without = await sueLeft({ contain: false });
    const { items } = await onlyCase(without);
    expect(items.map(({ credential }) => credential)).not.toContain(SESSIONS);
  });
});
