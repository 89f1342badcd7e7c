import { unavailable } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { issuedKey, oktaUser, person } from "../../../../test/support/signals.ts";
import { story } from "../../../../test/support/story.ts";
import { steps } from "./index.ts";

const json = (value: unknown) => JSON.parse(JSON.stringify(value));

describe("signals that waited in line", () => {
  const batch = (world: { now: string }, more: object = {}) =>
    json({ signals: [person("left", "ada", world.now as never)], live: true, recordedAt: world.now, ...more });

  it("are joined and said, and the same delivery again is nothing", async () => {
    const { world } = await story();
    const input = batch(world, { delivery: "okta/1" });
    expect(await steps["ingest-signals"].run(world, input)).toEqual({ signals: 1, subjects: 1 });
    expect([...world.said.values()]).toContainEqual({ type: "person.left", account: oktaUser("ada") });
    world.calls.length = 0;
    expect(await steps["ingest-signals"].run(world, input)).toEqual({ repeated: true });
    expect(world.calls).toEqual(["ledger.seen"]);
  });

  it("are remembered only when they are joined: a crash before that joins them again", async () => {
    const { world } = await story();
    const input = batch(world, { delivery: "okta/1" });
    for (const dies of ["archive.append", "graph.put", "publish", "ledger.see"]) {
      world.hook = (call) => {
        if (call === dies) throw unavailable("example");
      };
      await steps["ingest-signals"].run(world, input).catch(() => undefined);
      world.hook = () => {};
      expect([dies, await world.ledger.seen("okta/1")]).toEqual([dies, dies === "publish"]); // what was not said is swept
      if (dies === "publish") break;
    }
    expect((await world.graph.node(oktaUser("ada")))?.value.subject.facts["standing"]?.value).toBe("departed");
  });

  it("are remembered for seven days", async () => {
    const { world } = await story();
    let until: unknown;
    world.hook = (call, args) => {
      if (call === "ledger.see") until = args[1];
    };
    await steps["ingest-signals"].run(world, batch(world, { delivery: "okta/1" }));
    world.pass(7 * 24);
    expect(until).toBe(world.now);
  });

  it("have no field that we did not name", async () => {
    const { world } = await story();
    const canary = { ...issuedKey(), secretAccessKey: "CANARY" };
    for (const input of [
      batch(world, { signals: [canary] }),
      batch(world, { CANARY: 1 }),
      batch(world, { live: "CANARY" }),
    ]) {
      const fault = await steps["ingest-signals"].run(world, input).catch((error: unknown) => error);
      expect(fault).toMatchObject({ name: "BadInput" });
      expect(JSON.stringify([fault, (fault as Error).message])).not.toContain("CANARY");
    }
  });
});

describe("what a desk heard", () => {
  async function asked() {
    const it = await story();
    await it.leaves();
    await it.settle();
    const { windDown } = await it.windDown();
    const heard = {
      ...{ decision: windDown.question!.decision, item: windDown.id, choice: "snooze", id: "click-1" },
      ...{ by: { desk: "slack", user: "U1", email: "grace@example.com" }, ticket: { desk: "slack", ref: {} } },
    };
    const texts: string[] = [];
    const desk = it.estate.providers.find(({ id }) => id === "slack")!;
    const withParts = (parts: object) =>
      Object.assign(it.world, {
        estate: {
          ...it.world.estate,
          provider: (id: string) =>
            id === "slack"
              ? { ...desk, desk: { ...desk.desk, ...parts } }
              : it.estate.providers.find((one) => one.id === id),
        },
      });
    withParts({ tell: async (_heard: unknown, text: string) => void texts.push(text) });
    return { ...it, heard, texts, withParts };
  }

  it("is answered, said, and told to the one who spoke", async () => {
    const { world, heard, texts, windDown } = await asked();
    world.said.clear();
    const told = await steps.hear.run(world, json({ heard }));
    expect(told).toMatchObject({ outcome: "recorded" });
    expect((await windDown()).windDown.answer?.kind).toBe("hold");
    expect([...world.said.values()].map(({ type }) => type)).toContain("wind-down.changed");
    expect(texts).toEqual([(told as { text: string }).text]);
    expect(await steps.hear.run(world, json({ heard }))).toMatchObject({ outcome: "already recorded" });
  });

  it("stands though its speaker could not be told", async () => {
    const { world, heard, withParts, windDown } = await asked();
    withParts({ tell: () => Promise.reject(new TypeError("CANARY")) });
    expect(await steps.hear.run(world, json({ heard }))).toMatchObject({ outcome: "recorded" });
    expect((await windDown()).windDown.answer?.kind).toBe("hold");
    expect(world.lines).toContain("warn the speaker was not told");
    expect(world.lines.join()).not.toContain("CANARY");
  });

  it("is asked again of the vendor, where the desk has to be", async () => {
    const { world, heard, texts, withParts, windDown } = await asked();
    withParts({ confirm: async () => undefined, tell: async (_: unknown, text: string) => void texts.push(text) });
    expect(await steps.hear.run(world, json({ heard }))).toMatchObject({ outcome: "refused" });
    expect((await windDown()).windDown.answer).toBeUndefined();
    expect(texts).toEqual([]); // whom the vendor does not confirm is nobody to speak to
    withParts({ confirm: async (it: typeof heard) => ({ ...it, by: { ...it.by, email: "nobody@example.com" } }) });
    expect(await steps.hear.run(world, json({ heard }))).toMatchObject({ outcome: "refused" });
    withParts({ confirm: () => Promise.reject(unavailable("slack")) });
    await expect(steps.hear.run(world, json({ heard }))).rejects.toMatchObject({ name: "Unavailable" }); // comes again
  });

  it("of a desk that is not configured, or of another shape, is refused by where it is", async () => {
    const { world, heard } = await asked();
    const bad = [
      { heard: { ...heard, by: { ...heard.by, desk: "jabber" } } },
      { heard: { ...heard, CANARY: 1 } },
      { heard: { ...heard, choice: "CANARY" } },
      { heard: { ...heard, decision: "CANARY" } },
      { heard, CANARY: 1 },
    ];
    for (const input of bad) {
      const fault = await steps.hear.run(world, json(input)).catch((error: unknown) => error);
      expect(fault).toMatchObject({ name: "BadInput" });
      expect(JSON.stringify([fault, (fault as Error).message])).not.toContain("CANARY");
    }
  });
});
