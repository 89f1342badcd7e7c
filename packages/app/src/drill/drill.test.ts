import { isDrill } from "@leasehold/core/casework";
import { describe, expect, it } from "vitest";
import { accessKey, oktaUser, person } from "../../../../test/support/signals.ts";
import { didOf, kindsOf, ofKey, type Story, story } from "../../../../test/support/story.ts";
import { reportPage, verifyTrails } from "../audit/index.ts";
import { steps } from "../steps/index.ts";
import { orphans } from "../sweep/index.ts";
import { isNamed, look } from "../winddown/index.ts";
import { beginDrill, drillHistory, drillOn } from "./index.ts";

const CANARY = { person: "ada@example.com", connector: "aws-iam", identity: "deploy", everyDays: 30, within: 240 };
const OTHER = accessKey("AKIAI44QH8DHBEXAMPLE");

/** Ada is the canary: she has left long ago, and owns a key of the named identity, and one more that nobody named. */
async function canary(config: Partial<typeof CANARY> = {}): Promise<Story> {
  const one = await story(ofKey(), ofKey("AKIAI44QH8DHBEXAMPLE", "billing"));
  one.configure({ drill: { ...CANARY, ...config } });
  await one.hear(person("left", "ada", one.world.now));
  one.estate.people.set("ada", "departed");
  return one;
}
const only = async ({ world }: Story) => {
  const ids = [...(await world.cases.list("open")).items, ...(await world.cases.list("closed")).items];
  return Promise.all(ids.map(async (id) => (await world.cases.get(id))?.case));
};
/** As the schedule does, once an hour. */
async function lived(one: Story, hours: number) {
  for (let n = 0; n < hours; n += 1) {
    await one.live(1);
    await drillOn(one.world);
    await one.settle();
  }
}

describe("a drill", () => {
  it("goes the whole way on silence: asked, disabled, verified, taken back, each with its minutes", async () => {
    const one = await canary();
    expect(await drillOn(one.world)).toMatchObject({ drill: "begun" });
    await lived(one, 80);
    const [drill] = await drillHistory(one.world);
    expect(drill?.stages.map(({ stage, minutes }) => [stage, minutes !== undefined])).toEqual(
      ["learned", "gate", "asked", "disabled", "verified", "taken back"].map((stage) => [stage, true]),
    );
    const minutes = drill?.stages.map((reached) => reached.minutes ?? -1) ?? [];
    expect(minutes).toEqual(minutes.toSorted((a, b) => a - b));
    expect(minutes[3]).toBeGreaterThanOrEqual(72 * 60);
    for (const desk of ["slack", "jira"]) {
      const told = one.estate.messages.get(desk) ?? [];
      expect(told.length).toBeGreaterThan(0);
      for (const { title, why } of told) {
        expect(title).toMatch(/^Drill: /);
        expect(why).toMatch(/^This is a drill: nobody has left/);
      }
    }
    expect(one.estate.states.get(one.key)).toEqual({ status: "Active" });
    expect((await one.windDown()).windDown).toMatchObject({ drill: true, closed: { as: "undone" } });
    expect((await verifyTrails(one.world)).every(({ broken }) => broken === undefined)).toBe(true);
  });

  it("touches nothing but what is named with its canary, whatever else the canary turns out to own", async () => {
    const one = await canary();
    await drillOn(one.world);
    await lived(one, 80);
    expect(one.estate.diary.length).toBeGreaterThan(0);
    expect(one.estate.states.has(OTHER)).toBe(false);
    const [of] = await only(one);
    expect(of?.items.find(({ credential }) => credential === OTHER)).toEqual({
      credential: OTHER,
      left: "a drill acts on nothing but what the configuration names for it",
    });
    expect((await one.world.graph.node(OTHER))?.value.windDown).toBeUndefined();
  });

  it("is refused at the very act where the configuration names another by then", async () => {
    const one = await canary();
    await drillOn(one.world);
    await one.settle();
    one.configure({ drill: { ...CANARY, identity: "another" } });
    const { windDown } = await one.windDown();
    expect((await look(one.world, windDown)).view.standing.protected).toMatch(/^a drill acts on nothing but/);
    await lived(one, 100);
    expect(one.estate.diary).toEqual([]);
    one.configure({});
    expect((await look(one.world, windDown)).view.standing.protected).toMatch(/^a drill acts on nothing but/);
  });

  it("takes up no wind-down that is not its own", async () => {
    const one = await canary();
    one.configure({});
    await one.leaves();
    await one.settle();
    const { windDown } = await one.windDown();
    const [real] = await only(one);
    one.configure({ drill: CANARY });
    await expect(beginDrill(one.world)).rejects.toMatchObject({
      message: expect.stringContaining("a case of the canary is open"),
    });
    await steps["open-case"].run(one.world, { type: "person.left", account: oktaUser("ada") }); // joins, and makes no drill of it
    await lived(one, 80);
    const [still] = await only(one);
    expect([still && isDrill(still), await drillHistory(one.world)]).toEqual([false, []]);
    expect((await one.windDown()).windDown.id).toBe(windDown.id);
    expect(windDown.drill).toBeUndefined();
    expect(real?.items.map((item) => item.credential)).toContain(one.key);
    expect(one.estate.states.get(one.key)).toEqual({ status: "Inactive" }); // the real case's act stands
  });

  it("never plans a step that cannot be taken back", async () => {
    const one = await canary();
    await drillOn(one.world);
    await one.settle();
    expect((await one.windDown()).windDown.ladder.map(({ to, reversibility }) => [to, reversibility])).toEqual([
      ["disabled", "R1"],
    ]);
  });

  it("can be run again a month later, and silence acts again", async () => {
    const one = await canary();
    await drillOn(one.world);
    await lived(one, 80);
    expect(await drillOn(one.world)).toMatchObject({ drill: "ended" });
    await one.live(30 * 24);
    expect(await drillOn(one.world)).toMatchObject({ drill: "begun" });
    await lived(one, 80);
    expect((await drillHistory(one.world)).map(({ n, ended }) => [n, ended !== undefined])).toEqual([
      [2, true],
      [1, true],
    ]);
    expect(await didOf(one)).toContain("act.undone");
  });

  it("that does not end in its time is a finding, until it has", async () => {
    const one = await canary({ within: 24 });
    await drillOn(one.world);
    await lived(one, 30);
    expect(await kindsOf(one)).toContain("the drill did not end");
    await lived(one, 60);
    await drillOn(one.world);
    expect(await kindsOf(one)).not.toContain("the drill did not end");
  });

  it("is left out of the report, unless it is asked for", async () => {
    const one = await canary();
    await drillOn(one.world);
    await lived(one, 80);
    const rows = async (drills: boolean) =>
      (await reportPage(one.world, { since: undefined, drills }, { list: "closed" })).rows;
    expect(await rows(false)).toEqual([]);
    expect(await rows(true)).toMatchObject([{ drill: true, end: "undone" }]);
  });

  it("is what a departure of the canary opens, too", async () => {
    const one = await canary();
    const opened = (await steps["open-case"].run(one.world, { type: "person.left", account: oktaUser("ada") })) as {
      readonly case: `cas_${string}`;
    };
    const stored = await one.world.cases.get(opened.case);
    expect(stored && isDrill(stored.case)).toBe(true);
    expect(await drillOn(one.world)).toMatchObject({ drill: "runs", case: opened.case });
  });

  it("of nobody else's departure", async () => {
    const one = await canary();
    await one.hear(person("left", "bob", one.world.now));
    const opened = (await steps["open-case"].run(one.world, { type: "person.left", account: oktaUser("bob") })) as {
      readonly case: `cas_${string}`;
    };
    expect((await one.world.cases.get(opened.case))?.case.triggers.map(({ kind }) => kind)).toEqual(["left"]);
  });

  it("leaves no orphan behind: its key is nobody's to look for", async () => {
    const one = await canary();

    expect((await orphans(one.world)).items.map(({ credential }) => credential)).toEqual([OTHER]);
  });
});

it.each([
  ["its own name", "deploy", "deploy", true],
  ["another's that it ends", "my-deploy", "deploy", false],
  ["another's that it begins", "deploy-2", "deploy", false],
  ["the end of its ARN", "arn:aws:iam::111122223333:user/agents/deploy", "deploy", true],
  ["its whole ARN", "arn:aws:iam::111122223333:user/deploy", "arn:aws:iam::111122223333:user/deploy", true],
  ["one of another account", "arn:aws:iam::444455556666:user/deploy", "arn:aws:iam::111122223333:user/deploy", false],
  ["a part of a name that is no ARN", "team/deploy", "deploy", false],
])("an identity is named by %s: %s, %s", (_title, identity, named, is) => {
  const subject = { facts: { connector: { value: "aws-iam" } } } as unknown as Parameters<typeof isNamed>[1];
  expect(isNamed({ ...CANARY, identity: named }, subject, identity)).toBe(is);
});

describe("a drill is refused", () => {
  it.each<[string, Partial<typeof CANARY> | undefined, string]>([
    ["no canary is configured", undefined, "no canary is configured: name one as `drill"],
    ["no directory knows it", { person: "nobody@example.com" }, "no directory knows the canary"],
    ["it has not left", { person: "bob@example.com" }, "the canary must have left"],
    ["it owns nothing of that name", { identity: "another" }, "the canary owns no credential of the named identity"],
    ["it owns nothing of that connector", { connector: "okta" }, "the canary owns no credential of the named identity"],
  ])("where %s", async (_title, config, says) => {
    const one = await canary(config);
    if (config === undefined) one.configure({});
    await expect(beginDrill(one.world)).rejects.toMatchObject({
      name: "BadInput",
      message: expect.stringContaining(says),
    });
    expect((await one.world.cases.list("open")).items).toEqual([]);
  });

  it("while another runs; and what keeps the schedule from beginning one is a finding with the remedy", async () => {
    const one = await canary();
    await beginDrill(one.world);
    await expect(beginDrill(one.world)).rejects.toMatchObject({ name: "BadInput" });
    const two = await canary({ identity: "another" });
    expect(await drillOn(two.world)).toEqual({ drill: "refused" });
    expect((await two.world.findings.list()).items.map(({ remedy }) => remedy)).toEqual([
      expect.stringContaining("tag it with the canary's address"),
    ]);
  });

  it("and without a canary the schedule does nothing at all", async () => {
    const one = await story();
    expect(await steps.drill.run(one.world, {})).toMatchObject({ drill: "none is configured" });
    expect(await kindsOf(one)).toEqual([]);
  });
});
