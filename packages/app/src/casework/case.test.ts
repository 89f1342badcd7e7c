import { found } from "@leasehold/core/finding";
import { describe, expect, it } from "vitest";
import { down, handOf, OFF, ON } from "../../../../test/support/estate.ts";
import { accessKey, hours, oktaUser, person, seenUser } from "../../../../test/support/signals.ts";
import { didOf, kindsOf, ofKey, type Story, story } from "../../../../test/support/story.ts";
import { steps } from "../steps/index.ts";
import { undo } from "../winddown/index.ts";
import { caseStep, openCase, reinstate } from "./index.ts";

const trigger = (name: string, at = hours(0), eventId = `left/${name}`) =>
  ({ kind: "left", subject: oktaUser(name), occurredAt: at, recordedAt: at, eventId }) as const;
const theCase = async ({ world }: Story, status: "open" | "closed" = "open") =>
  (await world.cases.get((await world.cases.list(status)).items[0]!))!.case;

describe("a case is opened", () => {
  it("once for one departure: a later source of it joins, and the same event again changes nothing", async () => {
    const one = await story();
    const id = await openCase(one.world, trigger("ada"));
    expect(await openCase(one.world, trigger("ada"))).toBe(id);
    expect((await theCase(one)).triggers).toHaveLength(1);
    expect(await openCase(one.world, trigger("ada", hours(1), "another source"))).toBe(id);
    expect((await theCase(one)).triggers).toHaveLength(2);
  });

  it("once where two sources race", async () => {
    const one = await story();
    const ids = await Promise.all([1, 2, 3].map((n) => openCase(one.world, trigger("ada", hours(0), `source ${n}`))));
    expect(new Set(ids).size).toBe(1);
    expect((await one.world.cases.list("open")).items).toHaveLength(1);
  });

  it("with every account of the person, also one that is found to be theirs later", async () => {
    const one = await story();
    const id = await openCase(one.world, trigger("ada"));
    await one.hear(seenUser("ada-admin", { sameAs: [{ how: "external-id", account: oktaUser("ada") }] }, hours(-1)));
    await openCase(one.world, trigger("ada-admin"));
    expect((await theCase(one)).accounts).toContain(oktaUser("ada-admin"));
    expect((await one.world.graph.node(oktaUser("ada-admin")))?.value.openCase).toBe(id);
  });

  it("not for an account that no directory knows: nobody could be asked about it", async () => {
    const one = await story();
    await expect(openCase(one.world, trigger("nobody"))).rejects.toMatchObject({ name: "BadInput" });
  });
});

describe("the directory is asked first", () => {
  it("and says active: nothing is planned, nobody is asked, and it is a finding", async () => {
    const one = await story();
    await one.leaves();
    one.estate.people.set("ada", "active");
    await one.live(24);
    expect((await theCase(one, "closed")).items).toEqual([]);
    expect(one.estate.asks).toEqual([]);
    expect(await kindsOf(one)).toEqual(["false leaver"]);
    expect((await one.world.graph.node(one.key))?.value.windDown).toBeUndefined();
  });

  it.each(["suspended", "on-leave", "unknown"] as const)(
    "and says %s: it is asked about, and no more",
    async (state) => {
      const one = await story();
      await one.leaves();
      one.estate.people.set("ada", state);
      await one.settle();
      expect((await theCase(one)).gate).toBe("unconfirmed");
      expect((await one.windDown()).windDown.question?.ifSilent).toBe("nothing");
    },
  );

  it("and cannot answer: nothing begins until it can", async () => {
    const one = await story();
    await one.leaves();
    one.estate.moods.person = down;
    await one.live(5);
    expect((await theCase(one)).items).toEqual([]);
    one.estate.moods.person = () => {};
    await one.live(6.1);
    expect((await theCase(one)).items).toHaveLength(1);
  });

  it("and finds one who was suspended active again: what was begun is taken back, and nothing more is planned", async () => {
    const one = await story();
    await one.leaves();
    one.estate.people.set("ada", "suspended");
    await one.settle();
    one.estate.people.set("ada", "active");
    await one.hear(...ofKey("AKIAI44QH8DHBEXAMPLE", "report"));
    await one.live(25);
    expect((await one.windDown()).windDown.closed?.as).toBe("undone");
    expect((await theCase(one, "closed")).items).toHaveLength(1);
  });
});

it("what is found later is taken up, and what is owned by somebody else is not", async () => {
  const one = await story(ofKey(), ofKey("AKIAOTHERSKEYEXAMPLE", "theirs", "bob"));
  await one.leaves();
  await one.settle();
  await one.hear(...ofKey("AKIAI44QH8DHBEXAMPLE", "report"));
  await one.live(25);
  expect((await theCase(one)).items.map(({ credential }) => credential).sort()).toEqual(
    [one.key, accessKey("AKIAI44QH8DHBEXAMPLE")].sort(),
  );
});

describe("somebody is back", () => {
  async function away(): Promise<Story> {
    const one = await story(ofKey(), ofKey("AKIAI44QH8DHBEXAMPLE", "report"));
    await one.leaves();
    await one.settle();
    await one.live(73);
    expect(one.estate.diary).toHaveLength(2);
    return one;
  }
  const returns = async (one: Story) => {
    one.estate.people.set("ada", "active");
    await one.hear(person("reinstated", "ada", one.world.now));
  };

  it("everything is taken back, and the case ends without planning anything more", async () => {
    const one = await away();
    await returns(one);
    expect(await reinstate(one.world, oktaUser("ada"))).toBe("undoing");
    await one.hear(...ofKey("AKIALATERSKEYEXAMPLE", "later"));
    await one.live(1);
    expect([...one.estate.states.values()]).toEqual([ON, ON]);
    const closed = await theCase(one, "closed");
    expect(closed.items).toHaveLength(2);
    expect(await kindsOf(one)).toEqual([]);
  });

  it("also where we die after the first of them", async () => {
    const one = await away();
    await returns(one);
    let changes = 0;
    one.world.hook = (call) => {
      if (call === "windDowns.change" && ++changes > 1) throw new Error("killed");
    };
    await reinstate(one.world, oktaUser("ada")).catch(() => {});
    one.world.hook = () => {};
    await one.live(1);
    expect([...one.estate.states.values()]).toEqual([ON, ON]);
  });

  it("not, where the directory says otherwise: it is asked again, and nothing is undone", async () => {
    const one = await away();
    expect(await reinstate(one.world, oktaUser("ada"))).toBe("not confirmed");
    await one.live(1);
    expect([...one.estate.states.values()]).toEqual([OFF, OFF]);
    expect((await theCase(one)).gate).toBe("departed");
  });

  it("and nothing was open about them", async () => {
    const one = await story();
    expect(await reinstate(one.world, oktaUser("bob"))).toBe("no open case");
  });
});

describe("the end of a case", () => {
  it("says what was looked at, what could not be taken down, and where each trail ends", async () => {
    const one = await story();
    one.estate.hands = [];
    await one.leaves();
    await one.live(24 * 8);
    const { completeness, closed } = await theCase(one, "closed");
    const { windDown, head } = await one.windDown();
    expect(closed?.because).toBe("every item has ended");
    expect(completeness).toMatchObject({
      notSupported: ["access key"],
      roots: [{ windDown: windDown.id, entries: head.n, hash: head.hash }],
      sources: [{ connector: "aws-iam", whole: false }],
    });
    expect((await one.world.graph.node(oktaUser("ada")))?.value.openCase).toBeUndefined();
  });

  it("says what was left on, in the message and at the end", async () => {
    const one = await story();
    one.estate.hands = [handOf(one.estate, "disable", { ...OFF, left: "a password" })];
    await one.leaves();
    await one.settle();
    expect(JSON.stringify(one.estate.messages.get("slack"))).toContain("Left on: a password.");
    await one.press("retire", "grace");
    await one.live(24 * 8);
    const { completeness } = await theCase(one, "closed");
    expect(completeness?.notVisible).toContain(`${one.key} was switched off, and something was left on: a password.`);
  });

  it("says where no event told of it, and whose events do not come", async () => {
    const one = await story(ofKey(undefined, "deploy", "bob"));
    await one.world.ledger.hear("okta", one.world.now);
    await one.world.findings.put(found("a source is silent", "okta", one.world.now, "See whether it still sends."));
    await one.hear(person("left", "ada", one.world.now));
    const said = { type: "person.left", account: oktaUser("ada") };
    await steps["open-case"].run(one.world, { ...said, found: "poll" });
    await one.settle();
    const { triggers, completeness } = await theCase(one, "closed");
    expect(triggers).toMatchObject([{ found: "poll" }]);
    expect(completeness?.notVisible).toEqual(
      expect.arrayContaining([
        `No event of what happened to ${oktaUser("ada")} was seen: it was found by a poll.`,
        `okta is silent since ${one.world.now}: its events do not come.`,
      ]),
    );
  });

  it("where nothing was found says so", async () => {
    const one = await story(ofKey(undefined, "deploy", "bob"));
    const id = await one.leaves();
    await one.settle();
    expect((await one.world.cases.get(id))?.case.closed?.because).toBe("nothing was found that this person owns");
    expect(await caseStep(one.world, id)).toEqual({ do: "closed" });
  });

  it("is none for what an undo opens again and nobody can tell what came of it: the case asks again", async () => {
    const one = await story();
    one.estate.hands = [handOf(one.estate, "disable", OFF)];
    await one.leaves();
    await one.settle();
    await one.press("retire", "grace");
    await one.live(1);
    expect((await theCase(one, "closed")).items).toHaveLength(1);
    await undo(one.world, (await one.windDown()).windDown.id, oktaUser("sam"));
    one.estate.moods.before = () => {
      one.estate.states.set(one.key, { status: "Expired" });
      throw new Error("killed");
    };
    await one.settle().catch(() => {});
    one.estate.moods.before = () => {};
    await one.live(1);
    expect(await didOf(one)).toContain("outcome.unknown");
    expect((await one.windDown()).windDown.question).toBeDefined();
    const open = await theCase(one);
    expect(open).toMatchObject({ status: "open", lives: 2 });
    expect((await one.world.graph.node(oktaUser("ada")))?.value.openCase).toBe(open.id);
    await one.live(24 * 8);
    expect((await one.world.cases.list("open")).items).toEqual([]);
    expect(await one.whole()).toEqual([]);
  });
});

it("a message never says that what is asked for can be undone, where it cannot", async () => {
  const one = await story();
  await one.leaves();
  await one.settle();
  expect(JSON.stringify(one.estate.messages.get("slack"))).toContain("can be undone");
  await one.live(24 * 28);
  const last = one.estate.messages.get("slack")?.filter(({ state }) => state !== "closed");
  expect(last).toHaveLength(1);
  expect(JSON.stringify(last)).toContain("cannot be undone");
  expect(JSON.stringify(last)).not.toContain("can be undone");
});
