import { type Config, readConfig } from "@leasehold/app/config";
import { Fault, type Instant, later } from "@leasehold/core/kernel";
import { emailAccount } from "@leasehold/core/lineage";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { handOf } from "../../../../test/support/estate.ts";
import { runs } from "../../../../test/support/runs.ts";
import { byUser, hours, issuedKey, oktaUser, seenKey, seenUser } from "../../../../test/support/signals.ts";
import { ofKey, type Story, story } from "../../../../test/support/story.ts";
import { caseView } from "../case-view/index.ts";
import { recordUsage } from "../usage/index.ts";
import { onlyReading, type ReadingPorts } from "../world/index.ts";
import { type Course, type ItemPreview, type Preview, preview } from "./index.ts";

const ADA = "ada@example.com";
const previewOf = ({ world }: Story, id = ADA, asOf?: string) => preview(onlyReading(world), { id, asOf });
const only = ({ items }: Preview): ItemPreview => {
  expect(items).toHaveLength(1);
  return items[0] as ItemPreview;
};

/** What was asked, done and closed, and when: of a preview, and of a trail. */
const foreseen = (course: readonly Course[]) =>
  course.map((one) => {
    if (one.does === "asks") return `${one.at} asks ${one.custodian.name} until ${one.until}, ${one.ifSilent}`;
    if (one.does === "descends") return `${one.at} to ${one.to}`;
    return one.does === "closes" ? `${one.at} closed ${one.as}` : `${one.at} ${one.does}`;
  });

async function lived({ world }: Story, id: string): Promise<readonly string[]> {
  const team = ["grace", "sam", "last", "bob", "ada"];
  const names = new Map<string, string>(
    team.flatMap((name) => [oktaUser(name), emailAccount(`${name}@example.com`)].map((account) => [account, name])),
  );
  return (await world.trails.entries(id)).flatMap(({ at, did, facts }) => {
    if (did === "question.asked")
      return [`${at} asks ${names.get(String(facts["custodian"]))} until ${facts["until"]}, ${facts["ifSilent"]}`];
    if (did === "act.done") return [`${at} to ${facts["to"]}`];
    return did === "wind-down.closed" ? [`${at} closed ${facts["as"]}`] : [];
  });
}

const SOMEBODY = { name: "arn:aws:iam::111122223333:user/deploy", via: "iam-user" } as const;
const called = (
  { world, key }: Story,
  at: Instant,
  more: { refused?: boolean; approximate?: boolean; service?: string } = {},
) =>
  recordUsage(world, {
    ...{ sourceObject: `object of ${at} ${more.service}`, approximate: more.approximate ?? false },
    uses: [
      {
        ...{ credential: key, caller: SOMEBODY, service: more.service ?? "s3", action: "PutObject", at },
        ...{ refused: more.refused ?? false, eventId: `event ${at} ${more.service}` },
      },
    ],
  });

describe("what is foreseen is what happens", () => {
  it.each<[title: string, given: (one: Story) => void | Promise<void>, days?: number]>([
    ["nobody answers", () => {}],
    ["it is in use", (one) => void Object.assign(one.estate, { used: one.world.now })],
    ["nobody can say whether it is in use", (one) => void Object.assign(one.estate, { used: undefined })],
    ["a record knows a call", (one) => called(one, later(one.world.now, -10))],
    [
      "a record knows a call, and thirty days pass before the case ends",
      (one) => called(one, later(one.world.now, -24 * 29)),
    ],
    ["the connector only asks", (one) => void Object.assign(one.estate, { mode: "ask" })],
    ["the connector only observes", (one) => void Object.assign(one.estate, { mode: "observe" })],
    ["there is no action for it", (one) => void Object.assign(one.estate, { hands: [] })],
    [
      "the action wants a person's answer",
      (one) =>
        void Object.assign(one.estate, { hands: [handOf(one.estate, "revoke", undefined, { reversibility: "R2" })] }),
    ],
    [
      "the action falls on the whole identity",
      (one) =>
        void Object.assign(one.estate, {
          hands: [handOf(one.estate, "disable", { status: "Inactive" }, { blast: "identity" })],
        }),
    ],
    ["its manager has left too", (one) => one.hear(seenUser("grace", { standing: "departed" }, hours(-1)))],
    [
      "staffed hours",
      (one) => one.configure(configOf({ calendar: { timeZone: "Europe/Berlin", days: [1, 2], from: 13, to: 14 } })),
    ],
    [
      "a change freeze",
      (one) =>
        one.configure(
          configOf({
            calendar: { freezes: [{ from: one.world.now, to: later(one.world.now, 24 * 9) }], from: 0, to: 24 },
          }),
        ),
    ],
    ["a quicker playbook", (one) => one.configure(configOf({ playbook: { notice: 5, escalate: 6, grace: 200 } }))],
    [
      "a rule says never",
      (one) => one.configure(configOf({ neverTouch: [{ because: "it is the way in", identity: "deploy" }] })),
    ],
  ])("%s", async (_title, given, days = 70) => {
    const one = await story();
    await given(one);
    const { silence } = only(await previewOf(one));
    await one.leaves();
    await one.live(24 * days);
    const { windDown } = await one.windDown();
    const told = foreseen(silence.filter(({ does }) => does !== "stops"));
    expect(await lived(one, windDown.id)).toEqual(told);
    expect(silence.length).toBeGreaterThan(0);
  });

  it("also for several, asked about in one message", async () => {
    const keys = ["AKIAIOSFODNN7EXAMPLE", "AKIAI44QH8DHBEXAMPLE"] as const;
    const one = await story(ofKey(keys[0]), ofKey(keys[1], "robot"));
    await called(one, later(one.world.now, -1)); // the first is in use, the second is not
    const before = await previewOf(one);
    expect(before.items).toHaveLength(2);
    await one.leaves();
    await one.live(24 * 70);
    for (const { credential, silence } of before.items)
      expect(await lived(one, (await one.windDown(credential)).windDown.id)).toEqual(foreseen(silence));
  });

  it("where whoever is asked says yes an hour later", async () => {
    const one = await story();
    const { yes } = only(await previewOf(one));
    await one.leaves();
    for (let look = 0; look < 60; look += 1) {
      await one.settle();
      const { windDown } = await one.windDown();
      if (windDown.closed) break;
      const asks = windDown.question !== undefined && windDown.answer === undefined;
      await one.live(asks ? 1 : 24);
      if (asks) await one.press("retire", "grace");
    }
    const acts = yes.filter(({ does }) => does !== "asks");
    const { windDown } = await one.windDown();
    const happened = await lived(one, windDown.id);
    expect(happened.filter((line) => !line.includes(" asks "))).toEqual(foreseen(acts));
    expect(acts.map((act) => (act.does === "descends" ? act.to : act.does))).toEqual(["disabled", "deleted", "closes"]);
  });

  it("goes on from where an open case stands", async () => {
    const one = await story();
    await one.leaves();
    await one.live(80);
    const seen = await previewOf(one);
    expect(seen).toMatchObject({ supposed: false, live: "departed", case: expect.stringMatching(/^cas_/) });
    const { windDown } = await one.windDown();
    const before = (await lived(one, windDown.id)).length;
    await one.live(24 * 60);
    expect((await lived(one, windDown.id)).slice(before)).toEqual(foreseen(only(seen).silence));
  });

  it("leaves on a later day, where that is asked", async () => {
    const one = await story();
    const seen = await previewOf(one, ADA, "9d");
    one.world.pass(9 * 24);
    await one.leaves();
    await one.live(24 * 60);
    const { windDown } = await one.windDown();
    expect(await lived(one, windDown.id)).toEqual(foreseen(only(seen).silence));
    expect(seen.from).toBe(windDown.id && later(seen.made, 9 * 24));
  });
});

const configOf = (more: object): Partial<Config> => {
  const { neverTouch, playbook, calendar } = readConfig({ fallback: { email: "last@example.com" }, ...more });
  return {
    ...("neverTouch" in more && { neverTouch }),
    ...("playbook" in more && { playbook }),
    ...("calendar" in more && { calendar }),
  };
};

describe("what moved since", () => {
  const movedOf = async (one: Story) => {
    const id = (await one.world.cases.list("open")).items[0] ?? "cas_none";
    const [item] = (await caseView(one.world, id)).items;
    return item?.moved;
  };

  it("nothing, at first: the case rests on what was previewed", async () => {
    const one = await story();
    const before = await previewOf(one);
    await one.leaves();
    await one.settle();
    expect((await previewOf(one)).token).toBe(before.token);
    expect(await movedOf(one)).toEqual([]);
  });

  it.each<[title: string, move: (one: Story) => Promise<unknown>, what: string]>([
    ["the key was used", (one) => called(one, one.world.now), "use"],
    [
      "it has another owner",
      (one) =>
        one.hear(
          seenKey({ lastUsed: null, owner: oktaUser("bob") }, one.world.now),
          issuedKey(byUser("bob"), one.world.now),
        ),
      "owner",
    ],
    [
      "somebody else switched it off",
      (one) => one.hear(seenKey({ state: "off", owner: oktaUser("ada") }, one.world.now)),
      "state",
    ],
    [
      "its manager left too",
      (one) => one.hear(seenUser("grace", { standing: "departed" }, one.world.now)),
      "custodian",
    ],
    ["the connector only observes by now", async (one) => void Object.assign(one.estate, { mode: "observe" }), "mode"],
    [
      "a rule protects it by now",
      async (one) => one.configure(configOf({ neverTouch: [{ because: "why", identity: "deploy" }] })),
      "protected",
    ],
  ])("%s", async (_title, move, what) => {
    const one = await story();
    const before = await previewOf(one);
    await one.leaves();
    await one.settle();
    one.world.pass(2);
    await move(one);
    expect((await movedOf(one))?.map((moved) => moved.what)).toContain(what);
    const after = await previewOf(one);
    if (what !== "use") expect(after.token).not.toBe(before.token); // of use the case and the preview say so by its instant
  });
});

describe("the planner has no hands", () => {
  it("by its types", () => {
    const check = (ports: ReadingPorts) => {
      // @ts-expect-error a preview writes nothing
      ports.graph.put;
      // @ts-expect-error a preview opens nothing
      ports.windDowns.open;
      // @ts-expect-error a preview acts on nothing
      ports.estate.provider("aws-iam")?.hands[0]?.apply;
      // @ts-expect-error a preview asks nobody
      ports.estate.provider("slack")?.desk?.ask;
    };
    expect(check).toBeDefined();
  });

  it("and has none to be found", async () => {
    const one = await story();
    const ports = onlyReading(one.world);
    const names = (value: object): readonly string[] =>
      Object.entries(value).flatMap(([name, part]) => [
        name,
        ...(part !== null && typeof part === "object" && name !== "config" ? names(part) : []),
      ]);
    const all = [...names(ports), ...ports.estate.providers().flatMap(names)];
    const writes = [
      "put",
      "join",
      "clear",
      "open",
      "change",
      "intend",
      "close",
      "apply",
      "ask",
      "edit",
      "withdraw",
      "publish",
      "start",
      "wake",
      "append",
    ];
    expect(all.filter((name) => writes.includes(name))).toEqual([]);
  });

  const READS =
    /^(graph[.](node|edges|ownedBy)|usage[.](of|span)|cases[.]get|windDowns[.](get|listOpen)|ledger[.](brake|coverage))$/;

  it("law: it never writes and never acts, whatever the estate", async () => {
    const estates = fc.record({
      keys: fc.integer({ min: 0, max: 3 }),
      mode: fc.constantFrom("observe" as const, "ask" as const, "act" as const),
      used: fc.constantFrom(null, undefined, hours(-2), hours(-900)),
      gone: fc.boolean(),
      left: fc.boolean(),
      days: fc.integer({ min: 0, max: 40 }),
      down: fc.constantFrom("none", "see", "person"),
      who: fc.constantFrom(ADA, "grace@example.com", "key"),
    });
    await fc.assert(
      fc.asyncProperty(estates, async ({ keys, mode, used, gone, left, days, down, who }) => {
        const ids = ["AKIAIOSFODNN7EXAMPLE", "AKIAI44QH8DHBEXAMPLE", "AKIAJ55QH8DHBEXAMPLE"].slice(0, keys);
        const one = await story(...ids.map((id, n) => ofKey(id, `robot-${n}`)));
        Object.assign(one.estate, { mode, used });
        if (left) await one.leaves();
        if (left) await one.live(days * 24);
        Object.assign(one.estate, { gone });
        const fail = () => {
          throw new Error("it wrote or acted");
        };
        one.estate.moods.before = fail;
        one.estate.moods.desk = fail;
        if (down === "see")
          one.estate.moods.see = () => {
            throw new Fault("Unavailable", "away");
          };
        if (down === "person")
          one.estate.moods.person = () => {
            throw new Fault("Unavailable", "away");
          };
        const diary = [...one.estate.diary];
        one.world.calls.length = 0;
        one.world.hook = (call) => (READS.test(call) ? undefined : fail());
        Object.assign(one.world, { publish: fail, runs: { start: fail, wake: fail } });
        await previewOf(one, who === "key" ? one.key : who).catch((error: unknown) => {
          if (!(error instanceof Fault)) throw error;
        });
        expect(one.estate.diary).toEqual(diary);
        expect(one.world.calls.filter((call) => !READS.test(call))).toEqual([]);
      }),
      runs(12),
    );
  });
});

describe("the counterfactual", () => {
  it("names the calls of thirty days that would have failed, by caller, service and day, and not those that were refused", async () => {
    const one = await story();
    const now = one.world.now;
    await called(one, later(now, -24 * 40));
    await called(one, later(now, -24 * 3));
    await called(one, later(now, -24 * 3 + 1), { service: "ecs", refused: true });
    await called(one, later(now, -24 * 2));
    await called(one, later(now, -30), { service: "ecs", approximate: true });
    const { counterfactual } = only(await previewOf(one));
    expect(counterfactual).toMatchObject({ since: later(now, -30 * 24), until: now, calls: 3, approximate: true });
    expect(counterfactual.uses).toMatchObject([
      {
        ...{ caller: SOMEBODY, service: "s3", actions: ["PutObject"], calls: 2, approximate: false },
        ...{ last: later(now, -24 * 2) },
        days: [
          { day: "2026-10-30", calls: 1 },
          { day: "2026-10-31", calls: 1 },
        ],
      },
      { service: "ecs", calls: 1, approximate: true },
    ]);
    expect(counterfactual.notVisible.join()).toContain("approximate");
    expect(counterfactual.notVisible.join()).not.toContain("not for all of the thirty days");
  });

  it.each<[title: string, given: (one: Story) => Promise<unknown>, says: string]>([
    ["nobody counts", async () => {}, "No source has brought a usage record"],
    [
      "it is counted since yesterday only",
      (one) => called(one, later(one.world.now, -20)),
      "not for all of the thirty days",
    ],
    [
      "this one has no record",
      (one) =>
        recordUsage(one.world, {
          ...{ sourceObject: "o", approximate: false },
          uses: [
            {
              ...{
                credential: "crd_other",
                caller: SOMEBODY,
                service: "s3",
                action: "Get",
                at: later(one.world.now, -1),
              },
              refused: false,
              eventId: "e",
            },
          ],
        }),
      "No call of this credential is recorded",
    ],
  ])("says what it could not see: %s", async (_title, given, says) => {
    const one = await story();
    await given(one);
    expect(only(await previewOf(one)).counterfactual.notVisible.join("\n")).toContain(says);
  });
});
