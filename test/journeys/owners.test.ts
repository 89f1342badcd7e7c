import { derivedId } from "@leasehold/core/kernel";
import { PEOPLE } from "@leasehold/local/demo";
import { describe, expect, it } from "vitest";
import { journey } from "../support/journey.ts";

const AGENT = "arn:aws:bedrock:eu-west-1:111122223333:agent/SUPPORTA1X";
const ROLE = "arn:aws:iam::111122223333:role/service-role/AmazonBedrockExecutionRoleForAgents_SUPPORT";
const CLUSTER = "arn:aws:rds:eu-west-1:111122223333:cluster:support";
const TIME = /^\d{4}-\d\d-\d\dT/;
const SANDBOX = "arn:aws:bedrock:eu-west-1:111122223333:agent/SANDBOXA9X";
const BEDROCK_KEY = "ACCASUPPORTAGEXAMPLE";
const WORKFLOW_KEY = "AKIAWORKFLOWSEXAMPLE";
const PAT = derivedId("crd", "ingest", "devtools", "pat-4711");
const [GITHUB, RUNNER] = [derivedId("acc", "github", "5550101"), derivedId("acc", "github", "5550505")]; // by their numbers

describe("a support agent of Bedrock's, and the long-term key that its maker took for it (A1, the owner)", () => {
  it.each([
    ["the agent, by its ARN", AGENT, "identity"],
    ["the key, by its id alone", BEDROCK_KEY, "credential"],
  ])(
    "%s: its maker is named, with the event that says so, how far it is believed, and what was not visible",
    async (_of, id, kind) => {
      const story = await journey();
      await story.deliver("a1-support-agent-deployed.json");
      const { subject, owner, candidates, notVisible } = await story.who(id);
      expect(subject.kind).toBe(kind);
      expect(owner).toMatchObject({ email: PEOPLE.ada.email, name: PEOPLE.ada.name, standing: "active" });
      expect(["likely", "certain"]).toContain(owner?.word);
      const [first, ...others] = candidates;
      expect(others).toEqual([]);
      expect(first?.evidence.length).toBeGreaterThan(0);
      for (const { source, eventId, at, forgeableBy, reason } of first?.evidence ?? []) {
        expect(source).toMatch(/^aws-(bedrock|iam)$/);
        expect(eventId).toMatch(/^c0ffee0[123]-/);
        expect(at.slice(0, 10)).toBe(story.now().slice(0, 10));
        expect(forgeableBy).toBe("administrator"); // of Identity Center: Bedrock stamps no user id
        expect(reason).not.toBe("");
      }
      if (kind === "credential") expect(notVisible).toContain("Nobody has said what it can reach.");
      expect(await story.cases()).toEqual([]);
    },
  );

  it("of what it is told, what it answers and what opens its key nothing is kept", async () => {
    const story = await journey();
    await story.deliver("a1-support-agent-deployed.json");
    const said = JSON.stringify([await story.who(AGENT), await story.who(BEDROCK_KEY)]);
    expect(said).not.toContain("nobody/may/keep");
    expect((await story.who(AGENT)).subject.facts["role"]).toMatch(/AmazonBedrockExecutionRoleForAgents_SUPPORT$/);
  });

  it("from the agent it leads by its role to the one cluster that its policy names, and says where that ends", async () => {
    const story = await journey();
    await story.deliver("a1-role-made.json");
    await story.deliver("a1-support-agent-deployed.json");
    const { reaches, notVisible } = await story.who(AGENT);
    expect(reaches).toEqual([
      {
        ...{ by: ROLE, policy: "support-only", resources: [CLUSTER] },
        ...{ eventId: "c0ffee22-1a2b-4c3d-8e4f-0123456789ab", at: expect.stringMatching(TIME) },
      },
    ]);
    expect(notVisible).toContainEqual(expect.stringContaining("not known at table level"));
    expect((await story.who(ROLE)).owner).toMatchObject({ email: PEOPLE.ada.email, word: "likely" });
  });

  it("without a policy that was seen it leads nowhere, and nothing is made up", async () => {
    const story = await journey();
    await story.deliver("a1-support-agent-deployed.json");
    const { reaches, notVisible } = await story.who(AGENT);
    expect(reaches).toEqual([]);
    expect(notVisible.join()).not.toContain("table level");
  });

  it("of neither anything is said before its event was heard", async () => {
    const story = await journey();
    for (const id of [AGENT, BEDROCK_KEY]) await expect(story.who(id)).rejects.toThrow("nothing is known by this name");
  });
});

describe("Cursor with a token of the whole organisation (A5, the owner)", () => {
  /** GitHub's account is known by its number from a run of it; the token's issuing and listing come from a source of the company's own. */
  async function tokenIssued() {
    const story = await journey();
    await story.send("github", "a5-workflow-run.json");
    await story.send("ingest", "a5-organisation-token.json", (body) => body.replaceAll("GITHUB", GITHUB));
    return story;
  }

  it("whoever was issued it is a candidate under their GitHub account: never surer than possible, for it is a source's word", async () => {
    const story = await tokenIssued();
    const { owner, candidates, wouldRaise } = await story.who(PAT);
    const [first] = candidates;
    expect(first).toMatchObject({ account: GITHUB, standing: "unknown" });
    expect(["possible", "unknown"]).toContain(first?.word);
    expect(first?.evidence.every(({ forgeableBy }) => forgeableBy !== "nobody")).toBe(true);
    expect(["likely", "certain"]).not.toContain(owner?.word);
    expect(wouldRaise.length).toBeGreaterThan(0);
  });

  it("once a person has said whose GitHub account it is, that person is named, as surely as before; unsaid, it is as it was", async () => {
    const story = await tokenIssued();
    const before = await story.who(PAT);
    await story.link(GITHUB, PEOPLE.sue.email, "she showed it to us");
    const { candidates, notVisible } = await story.who(PAT);
    expect(candidates[0]).toMatchObject({ name: PEOPLE.sue.name, email: PEOPLE.sue.email, standing: "active" });
    expect(candidates[0]?.confidence).toBe(before.candidates[0]?.confidence);
    expect(notVisible).toContain("The provider has not said when it was last used.");
    expect((await story.owns(PEOPLE.sue.email)).credentials.map(({ type }) => type)).toContain("personal access token");
    await story.unlink(GITHUB, PEOPLE.sue.email, "it was somebody else's");
    expect((await story.who(PAT)).candidates[0]).toMatchObject({ account: GITHUB, standing: "unknown" });
  });
});

describe("a sandbox agent of a team that is no more (A9, the candidates)", () => {
  /** Nia made it eleven months ago and moved; its tag names Pat, who has left; its group is gone. */
  async function sandbox() {
    const story = await journey();
    await story.replay("a9-sandbox-agent-deployed.json");
    await story.deliver("a9-group-deleted.json");
    story.managedBy("nia", "leo", { department: PEOPLE.leo.department });
    await story.deliver("a9-okta-deployer-moved.json");
    await story.deliver("a8-okta-deactivated.json");
    return story;
  }

  it("both are listed with how sure it is, the one who left is marked, and nobody is named for certain", async () => {
    const story = await sandbox();
    const { owner, candidates, wouldRaise } = await story.who(SANDBOX);
    const [nia, pat] = [PEOPLE.nia.email, PEOPLE.pat.email].map((email) =>
      candidates.find((one) => one.email === email),
    );
    expect(candidates).toHaveLength(2);
    expect(nia).toMatchObject({
      standing: "active",
      evidence: [{ source: "aws-bedrock", forgeableBy: "administrator" }],
    });
    expect(pat).toMatchObject({ standing: "departed", word: "unknown" });
    expect(candidates[0]).toBe(nia);
    expect(owner?.email).not.toBe(PEOPLE.pat.email);
    expect(owner?.word).not.toBe("certain");
    expect(wouldRaise.length).toBeGreaterThan(0);
  });

  it("the move made it less sure than it was", async () => {
    const story = await journey();
    await story.replay("a9-sandbox-agent-deployed.json");
    const before = (await story.who(SANDBOX)).candidates[0]?.confidence ?? 0;
    story.managedBy("nia", "leo");
    await story.deliver("a9-okta-deployer-moved.json");
    expect((await story.who(SANDBOX)).candidates[0]?.confidence).toBeLessThan(before);
  });
});

describe("a workflow of GitHub's makes a key (A14)", () => {
  it("its run is heard of: whoever started it, by an inferred hop that is shown, and never the role", async () => {
    const story = await journey();
    await story.deliver("a14-key-by-workflow.json");
    await story.send("github", "a14-workflow-run.json");
    const { owner, candidates } = await story.who(WORKFLOW_KEY);
    expect(owner).toMatchObject({ account: RUNNER, word: "likely" });
    const [evidence] = candidates[0]?.evidence ?? [];
    expect(evidence).toMatchObject({ source: "github" });
    expect(evidence?.hops?.length).toBeGreaterThan(0);
    expect(JSON.stringify(evidence?.hops)).toMatch(/example\/refund-agent/);
    for (const { name } of candidates) expect(name ?? "").not.toMatch(/ci-deploy|GitHubActions/);
    await story.link(RUNNER, PEOPLE.ada.email, "her own account");
    expect((await story.who(WORKFLOW_KEY)).owner).toMatchObject({ email: PEOPLE.ada.email, word: "likely" });
  });

  it("its run is not heard of: the chain ends at the repository, and nobody is named", async () => {
    const story = await journey();
    await story.deliver("a14-key-by-workflow.json");
    const { owner, candidates, notVisible } = await story.who(WORKFLOW_KEY);
    expect(owner).toBeUndefined();
    expect(notVisible).toContain("The chain ends at repository example/refund-agent: the person is not visible.");
    for (const { name } of candidates) expect(name ?? "").not.toMatch(/ci-deploy|GitHubActions/);
  });
});
