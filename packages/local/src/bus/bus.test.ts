import { type Instant, later, laterBy } from "@leasehold/core/kernel";
import { type File, openFile } from "@leasehold/store/file";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jumpingClock, type Timer } from "../clock/index.ts";
import { createPump } from "../schedule/index.ts";
import { type BusEvent, type BusLimits, createBus, type Rule } from "./index.ts";

const START = "2026-11-02T09:00:00.000Z" as Instant;
const RULES: readonly Rule[] = [
  {
    name: "keys",
    pattern: { source: ["aws.iam"], detail: { eventName: [{ suffix: "AccessKey" }] } },
    target: "credential-issued",
  },
  { name: "all", pattern: { source: [{ exists: true }] }, target: "usage" },
];
const event = (id: string, over: Partial<BusEvent> = {}): BusEvent => ({
  id,
  source: "aws.iam",
  time: START,
  detail: { eventName: "CreateAccessKey", raw: "hunter2" },
  ...over,
});

interface Given {
  readonly file?: File;
  readonly handler?: (target: string, event: BusEvent) => unknown;
  readonly limits?: Partial<BusLimits>;
  readonly timer?: Timer;
  readonly rules?: readonly Rule[];
}

function trial({ file = openFile(":memory:"), handler = () => {}, limits = {}, timer, rules = RULES }: Given = {}) {
  const clock = jumpingClock(START, file);
  const calls: string[] = [];
  const open = (over: File = file) =>
    createBus({
      file: over,
      clock: clock.now,
      random: (bytes) => new Uint8Array(bytes), // half of every delay
      rules,
      limits,
      ...(timer && { timer }),
      call: async (target, seen) => {
        calls.push(`${target} ${seen.id}`);
        return handler(target, seen);
      },
    });
  const bus = open();
  const pump = createPump({ parts: [bus], clock });
  const bodies = () =>
    file.db
      .prepare("SELECT id FROM bus_event WHERE body IS NOT NULL")
      .all()
      .map((row) => row["id"]);
  return { file, clock, calls, bus, pump, open, bodies };
}

const always = (name: string) => () => {
  throw Object.assign(new Error("the body was hunter2"), { name });
};
const broken = (times: number) => {
  let left = times;
  return (target: string) => {
    if (target === "usage" && left-- > 0) throw new Error("not yet");
  };
};

describe("putting events", () => {
  it("delivers each to every rule that it matches, whole", async () => {
    const seen: BusEvent[] = [];
    const { bus, pump, calls } = trial({ handler: (_target, given) => void seen.push(given) });
    expect(bus.putEvents([event("e1"), event("e2", { source: "aws.sts" })])).toEqual(["e1", "e2"]);
    await pump.settle();
    expect(calls.toSorted()).toEqual(["credential-issued e1", "usage e1", "usage e2"]);
    expect(seen[0]).toEqual(event("e1"));
  });

  it("takes an id once, also long after it was delivered", async () => {
    const { bus, pump, calls } = trial();
    expect(bus.putEvents([event("e1"), event("e1")])).toEqual(["e1"]);
    await pump.settle();
    expect(bus.putEvents([event("e1")])).toEqual([]);
    await pump.settle();
    expect(calls).toHaveLength(2);
  });

  it("takes all or none", () => {
    const { bus, pump, calls, file } = trial();
    expect(() => bus.putEvents([event("e1"), event("e2", { time: "yesterday" })])).toThrow(
      expect.objectContaining({ name: "BadInput", facts: { index: 1, where: "time" } }),
    );
    const both = () =>
      file.transaction(() => {
        bus.putEvents([event("e3")]);
        throw new Error("the rest failed");
      });
    expect(both).toThrow("the rest failed");
    return pump.settle().then(() => expect(calls).toEqual([]));
  });

  it("takes no event without its deliveries", async () => {
    const { bus, file } = trial();
    file.db.exec(
      "CREATE TRIGGER full BEFORE INSERT ON bus_delivery WHEN NEW.rule = 'all' BEGIN SELECT raise(ABORT, 'full'); END",
    );
    expect(() => bus.putEvents([event("e1")])).toThrow("full");
    file.db.exec("DROP TRIGGER full");
    expect(bus.putEvents([event("e1")])).toEqual(["e1"]);
  });

  it.each([{ id: "" }, { source: "" }, { id: undefined as never }, { time: "2026-11-02" }])("refuses %j", (over) => {
    const { bus } = trial();
    expect(() => bus.putEvents([event("e1", over)])).toThrow(expect.objectContaining({ name: "BadInput" }));
  });

  it("refuses a rule that EventBridge would refuse, and two of one name", () => {
    expect(() => trial({ rules: [{ name: "a", pattern: {}, target: "a" }] })).toThrow(
      expect.objectContaining({ name: "BadInput" }),
    );
    expect(() => trial({ rules: [...RULES, ...RULES] })).toThrow(expect.objectContaining({ facts: { rule: "keys" } }));
  });

  it("by another process is picked up here", async () => {
    const { pump, open, calls } = trial();
    open().putEvents([event("e1")]);
    await pump.settle();
    expect(calls).toHaveLength(2);
  });
});

describe("what is kept", () => {
  it("is nothing raw once all deliveries are done, but who and when", async () => {
    const { bus, pump, bodies, file } = trial();
    bus.putEvents([event("e1")]);
    expect(bodies()).toEqual(["e1"]);
    await pump.settle();
    expect(file.db.prepare("SELECT * FROM bus_event").all()).toEqual([
      { id: "e1", source: "aws.iam", time: START, keep: 0, body: null },
    ]);
  });

  it("is the body as long as one delivery is not done", async () => {
    const { bus, pump, bodies } = trial({ handler: broken(1) });
    bus.putEvents([event("e1")]);
    await pump.settle();
    expect(bodies()).toEqual(["e1"]);
    await pump.settleUntil(laterBy(START, 60));
    expect(bodies()).toEqual([]);
  });

  it("is nothing of an event that no rule wants", () => {
    const { bus, bodies } = trial({ rules: [RULES[0] as Rule] });
    bus.putEvents([event("e1", { source: "aws.sts" })]);
    expect(bodies()).toEqual([]);
  });

  it("is our own events, which are marked so", async () => {
    const { bus, pump, bodies } = trial();
    bus.putEvents([event("e1", { source: "leasehold" })], { keep: true });
    await pump.settle();
    expect(bodies()).toEqual(["e1"]);
  });

  it("is no fault's message, anywhere", async () => {
    const { bus, pump, file } = trial({ handler: always("Throttled"), limits: { retries: 1 } });
    bus.putEvents([event("e1", { detail: {} })]);
    await pump.settleUntil(later(START, 1));
    const kept = ["bus_event", "bus_delivery"].flatMap((table) => file.db.prepare(`SELECT * FROM ${table}`).all());
    expect(JSON.stringify(kept)).toContain("Throttled");
    expect(JSON.stringify(kept)).not.toContain("hunter2");
  });
});

describe("retries", () => {
  it("come later and later, up to a quarter of an hour, and then the event is delivered", async () => {
    const { bus, pump, clock, calls } = trial({ handler: broken(12), rules: [RULES[1] as Rule] });
    const starts: number[] = [];
    bus.putEvents([event("e1")]);
    await pump.settle();
    for (let due = bus.nextDue(); due !== undefined; due = bus.nextDue()) {
      starts.push((Date.parse(due) - Date.parse(clock.now())) / 1_000);
      await pump.settleUntil(due);
    }
    expect(starts).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 450, 450, 450]);
    expect([calls.length, bus.deadLetters()]).toEqual([13, []]);
  });

  it.each([
    ["attempts", { retries: 3 }, 4],
    ["age", { ageHours: 0.01 }, 6], // 36 s: 1, 3, 7, 15, 31, not 63
  ])("end by %s among the dead letters", async (_title, limits, attempts) => {
    const { bus, pump } = trial({ handler: always("Throttled"), limits, rules: [RULES[1] as Rule] });
    bus.putEvents([event("e1")]);
    await pump.settleUntil(later(START, 1));
    expect(bus.deadLetters()).toMatchObject([
      { event: "e1", source: "aws.iam", rule: "all", target: "usage", attempts, fault: "Throttled" },
    ]);
  });

  it("are EventBridge's unless said otherwise: no more than 185, for no longer than a day", async () => {
    const { bus, pump } = trial({ handler: always("Throttled"), rules: [RULES[1] as Rule] });
    bus.putEvents([event("e1")]);
    await pump.settleUntil(later(START, 25));
    const [letter] = bus.deadLetters();
    expect(letter?.attempts).toBeGreaterThan(150);
    expect(letter?.attempts).toBeLessThanOrEqual(186);
  });

  it("of one event hold up no other", async () => {
    const { bus, pump, calls } = trial({
      handler: (_target, { id }) => {
        if (id === "bad") throw new Error("broken");
      },
      rules: [RULES[1] as Rule],
      limits: { concurrency: 1 },
    });
    bus.putEvents([event("bad"), event("good")]);
    await pump.settle();
    expect(calls).toEqual(["usage bad", "usage good"]);
  });

  it("follow a handler that never settles", async () => {
    const hung: (() => void)[] = [];
    const { bus, calls } = trial({
      handler: (target) => (target === "usage" ? new Promise(() => {}) : undefined),
      timer: (_millis, up) => {
        hung.push(up);
        return () => {};
      },
      limits: { retries: 0 },
    });
    bus.putEvents([event("e1")]);
    const running = bus.run();
    while (hung.length < 2) await Promise.resolve();
    hung[1]?.(); // the other one is done, or about to be
    await running;
    expect(calls).toHaveLength(2);
    expect(bus.deadLetters()).toMatchObject([{ target: "usage", fault: "TimedOut" }]);
  });
});

describe("dead letters", () => {
  const dead = async (limits: Partial<BusLimits> = {}) => {
    let works = false;
    const world = trial({
      handler: () => {
        if (!works) throw new Error("broken");
      },
      rules: [RULES[1] as Rule],
      limits: { retries: 0, ...limits },
    });
    world.bus.putEvents([event("e1")]);
    await world.pump.settle();
    const mend = () => {
      works = true;
    };
    return { ...world, mend, id: world.bus.deadLetters()[0]?.id ?? 0 };
  };

  it("are delivered again on demand, with all their attempts, and then their body goes", async () => {
    const { bus, pump, mend, id, calls, bodies } = await dead();
    mend();
    expect([bus.redrive(id), bus.redrive(id), bus.redrive(999)]).toEqual([true, false, false]);
    await pump.settle();
    expect([calls.length, bus.deadLetters(), bodies()]).toEqual([2, [], []]);
  });

  it("are deleted with their body after four days", async () => {
    const { bus, pump, bodies } = await dead();
    expect(bus.deadLetters()[0]?.until).toBe(later(START, 96));
    await pump.settleUntil(later(START, 95));
    expect(bodies()).toEqual(["e1"]);
    await pump.settleUntil(later(START, 96));
    expect([bus.deadLetters(), bodies()]).toEqual([[], []]);
  });
});

describe("replay", () => {
  it("delivers again what was kept, from one instant until before the other, to all rules or one", async () => {
    const { bus, pump, calls } = trial();
    const own = (id: string, time: Instant) => event(id, { source: "leasehold", time });
    bus.putEvents([own("k1", START), own("k2", later(START, 1)), own("k3", later(START, 2))], { keep: true });
    bus.putEvents([event("raw")]);
    await pump.settle();
    calls.length = 0;
    expect(bus.replay(START, later(START, 2))).toBe(2);
    expect(bus.replay(later(START, 2), later(START, 3), "keys")).toBe(0);
    expect(bus.replay(later(START, 2), later(START, 3), "all")).toBe(1);
    await pump.settle();
    expect(calls).toEqual(["usage k1", "usage k2", "usage k3"]);
  });

  it("to a rule that is none is refused", () => {
    expect(() => trial().bus.replay(START, later(START, 1), "none")).toThrow(
      expect.objectContaining({ facts: { rule: "none" } }),
    );
  });
});

describe("a process that dies", () => {
  const dies = (file: File, at: number): File => {
    let nth = -1;
    return {
      ...file,
      transaction: (run) => {
        if (file.db.isTransaction || nth++ < at) return file.transaction(run);
        throw new Error("killed");
      },
    };
  };

  it.each(Array.from({ length: 9 }, (_, at) => at))(
    "before transaction %d loses no event, and delivers twice at most what ran",
    async (at) => {
      const { file, open, calls, bus, pump, bodies } = trial();
      bus.putEvents([event("e1"), event("e2")]);
      await open(dies(file, at))
        .run()
        .catch(() => {});
      const before = calls.length;
      await pump.settleUntil(later(START, 1));
      expect([...new Set(calls)].toSorted()).toEqual([
        "credential-issued e1",
        "credential-issued e2",
        "usage e1",
        "usage e2",
      ]);
      expect(calls.length).toBeLessThanOrEqual(4 + before);
      expect([bodies(), bus.nextDue()]).toEqual([[], undefined]);
    },
  );

  it("of the same event every time is not let die for ever", async () => {
    const { open, bus, calls, pump } = trial({
      rules: [RULES[1] as Rule],
      limits: { retries: 2 },
      handler: () => new Promise(() => {}),
      timer: () => () => {},
    });
    bus.putEvents([event("e1")]);
    for (let life = 1; life <= 3; life++) {
      open()
        .run()
        .catch(() => {}); // it never comes back
      while (calls.length < life) await Promise.resolve();
    }
    await pump.settle();
    expect(bus.deadLetters()).toMatchObject([{ fault: "Interrupted", attempts: 3 }]);
    expect(calls).toHaveLength(3);
  });
});

it("delivers every event to every rule that it matches exactly once, however handlers fail and whoever runs", async () => {
  const handlers = fc.array(fc.boolean(), { maxLength: 30 });
  const puts = fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 5 }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(puts, handlers, async (batches, fates) => {
      const done: string[] = [];
      let nth = 0;
      const world = trial({
        handler: (target, { id }) => {
          if (fates[nth++] === true) throw new Error("broken");
          done.push(`${target} ${id}`);
        },
      });
      for (const batch of batches) {
        world.open().putEvents(batch.map((n) => event(`e${n}`)));
        await world.pump.settle();
      }
      await world.pump.settleUntil(later(START, 24));
      const ids = [...new Set(batches.flat())];
      expect(done.toSorted()).toEqual(ids.flatMap((n) => [`credential-issued e${n}`, `usage e${n}`]).toSorted());
      expect(world.bodies()).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
