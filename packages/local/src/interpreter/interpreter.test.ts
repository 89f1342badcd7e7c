import { type Instant, laterBy } from "@leasehold/core/kernel";
import { describe, expect, it } from "vitest";
import { createInterpreter } from "./interpreter.ts";
import { asking, each, machine, pass, retry, START, task, throws, trial } from "./trial.ts";

const at = (seconds: number): Instant => laterBy(START, seconds);

function story(definition: object, handlers: Parameters<typeof trial>[0] = {}) {
  const world = trial(handlers);
  const interpreter = world.open();
  interpreter.define("story", definition);
  return { ...world, interpreter, pump: world.pumpOf(interpreter) };
}

/** A story that waits for its token, and what it was given. */
async function waiting(more: object = {}) {
  const tokens: string[] = [];
  const told = story(machine({ A: asking("ask", more) }), {
    ask: (given) => void tokens.push((given as { token: string }).token),
  });
  told.interpreter.start("story", "run", {});
  await told.pump.settle();
  return { ...told, tokens, token: tokens[0] ?? "" };
}

describe("an execution", () => {
  it("is one of its name: a second start finds the first", () => {
    const { interpreter } = story(machine({ A: pass({}) }));
    expect(interpreter.start("story", "run", { n: 1 })).toEqual({ begun: true });
    expect(interpreter.start("story", "run", { n: 2 })).toEqual({ begun: false });
    expect(interpreter.describe("run")).toMatchObject({ input: { n: 1 }, status: "RUNNING" });
  });

  it("is one of its name for each machine", () => {
    const { interpreter } = story(machine({ A: pass({}) }));
    interpreter.define("other", machine({ A: pass({}) }));
    interpreter.start("story", "run", 1);
    expect(interpreter.start("other", "run", 2)).toEqual({ begun: true });
    expect(interpreter.describe("run", "other")).toMatchObject({ input: 2 });
  });

  it("of a machine that nobody defined is refused", () => {
    const { interpreter } = story(machine({ A: pass({}) }));
    expect(() => interpreter.start("none", "run", {})).toThrow(expect.objectContaining({ name: "BadInput" }));
  });

  it("that nobody started is nothing", () => {
    const { interpreter } = story(machine({ A: pass({}) }));
    expect([interpreter.describe("none"), interpreter.history("none")]).toEqual([undefined, []]);
  });

  it("begins with the rest of the transaction, or not at all", () => {
    const { interpreter, file } = story(machine({ A: pass({}) }));
    const both = () =>
      file.transaction(() => {
        interpreter.start("story", "run", {});
        throw new Error("the rest failed");
      });
    expect(both).toThrow("the rest failed");
    expect(interpreter.describe("run")).toBe(undefined);
  });

  it("ends by the definition that it began with", async () => {
    const { interpreter, pump } = story(
      machine({ A: { Type: "Wait", Seconds: 60, Next: "B" }, B: pass({ Output: "{% 'old' %}" }) }),
    );
    interpreter.start("story", "run", {});
    await pump.settle();
    interpreter.define(
      "story",
      machine({ A: { Type: "Wait", Seconds: 60, Next: "C" }, C: pass({ Output: "{% 'new' %}" }) }),
    );
    await pump.settleUntil(at(60));
    expect(interpreter.describe("run")).toMatchObject({ output: "old" });
  });

  it("is taken up by another process, which needs no definition for it", async () => {
    const { interpreter, pump, open, pumpOf } = story(machine({ A: { Type: "Wait", Seconds: 60, End: true } }));
    interpreter.start("story", "run", { n: 1 });
    await pump.settle();
    const other = open();
    await pumpOf(other).settleUntil(at(60));
    expect(interpreter.describe("run")).toMatchObject({ status: "SUCCEEDED", output: { n: 1 } });
  });

  it("goes one move at a time, when asked to", async () => {
    const { interpreter } = story(machine({ A: pass({ End: undefined, Next: "B" }), B: pass({}) }));
    interpreter.start("story", "run", {});
    expect([await interpreter.step(), interpreter.describe("run")?.at[0]?.state]).toEqual([true, "B"]);
    expect([await interpreter.step(), interpreter.describe("run")?.status]).toEqual([true, "SUCCEEDED"]);
    expect(await interpreter.step()).toBe(false);
  });

  it("ends before it turns for ever", async () => {
    const { interpreter, pump, file } = story(
      machine({ A: pass({ End: undefined, Next: "B" }), B: pass({ End: undefined, Next: "A" }) }),
    );
    interpreter.start("story", "run", {});
    file.db.exec("UPDATE run_execution SET events = 24990");
    await pump.settle();
    expect(interpreter.describe("run")).toMatchObject({ status: "FAILED", error: "States.Runtime" });
  });

  it("has a history that says what happened, and when", async () => {
    const { interpreter, pump } = story(
      machine({
        A: task("fn", { End: undefined, Next: "B", ...retry(["Throttled"], { IntervalSeconds: 7, MaxAttempts: 1 }) }),
        B: pass({}),
      }),
      { fn: throws("Throttled") },
    );
    interpreter.start("story", "run", {});
    await pump.settleUntil(at(60));
    expect(
      interpreter
        .history("run")
        .map(({ at: then, what, state, error }) => [
          (Date.parse(then) - Date.parse(START)) / 1_000,
          what,
          state,
          error,
        ]),
    ).toEqual([
      [0, "entered", "A", undefined],
      [0, "task started", "A", undefined],
      [0, "task failed", "A", "Throttled"],
      [0, "retried", "A", "Throttled"],
      [7, "task started", "A", undefined],
      [7, "task failed", "A", "Throttled"],
      [7, "failed", "A", "Throttled"],
    ]);
  });
});

describe("time", () => {
  it.each([
    ["Seconds count from the entry", { Seconds: 90 }, 90],
    ["Seconds may be computed", { Seconds: "{% $states.input.s * 2 %}" }, 60],
    ["a Timestamp is an instant", { Timestamp: "2026-11-02T10:00:00+01:00" }, 0],
    ["a Timestamp may be computed", { Timestamp: "{% $states.input.t %}" }, 86_400],
  ])("%s", async (_title, wait, due) => {
    const { interpreter, pump } = story(machine({ A: { Type: "Wait", ...wait, End: true } }));
    interpreter.start("story", "run", { s: 30, t: at(86_400) });
    await interpreter.step();
    expect(interpreter.nextDue()).toBe(at(due));
    await pump.settleUntil(at(due));
    expect(interpreter.describe("run")).toMatchObject({ status: "SUCCEEDED", ended: at(due) });
  });

  it("is not over before it is over", async () => {
    const { interpreter, pump } = story(machine({ A: { Type: "Wait", Seconds: 60, End: true } }));
    interpreter.start("story", "run", {});
    await pump.settleUntil(at(59));
    expect(interpreter.describe("run")?.status).toBe("RUNNING");
  });

  it.each([
    ["doubles", {}, [1, 2, 4]],
    ["grows by the rate from the interval", { IntervalSeconds: 10, BackoffRate: 1.5 }, [10, 15, 22.5]],
    ["is capped", { IntervalSeconds: 10, MaxDelaySeconds: 15 }, [10, 15, 15]],
  ])("between retries %s", async (_title, retrier, rests) => {
    const told = story(machine({ A: task("fn", retry(["Throttled"], retrier)) }), { fn: throws("Throttled") });
    told.interpreter.start("story", "run", {});
    await told.pump.settleUntil(at(600));
    const starts = told.interpreter
      .history("run")
      .filter(({ what }) => what === "task started")
      .map((line) => Date.parse(line.at));
    expect(starts.slice(1).map((then, n) => (then - (starts[n] ?? 0)) / 1_000)).toEqual(rests);
  });

  it("between retries is spread, never longer than the whole, when the jitter is full", async () => {
    const { interpreter, pump } = story(
      machine({
        A: task(
          "fn",
          retry(["Throttled"], { IntervalSeconds: 100, JitterStrategy: "FULL", MaxAttempts: 9, BackoffRate: 1 }),
        ),
      }),
      { fn: throws("Throttled") },
    );
    interpreter.start("story", "run", {});
    await pump.settleUntil(at(3_600));
    const starts = interpreter
      .history("run")
      .filter(({ what }) => what === "task started")
      .map((line) => Date.parse(line.at));
    const rests = starts.slice(1).map((then, n) => (then - (starts[n] ?? 0)) / 1_000);
    expect(rests.every((rest) => rest >= 0 && rest <= 100)).toBe(true);
    expect(new Set(rests).size).toBe(9);
  });
});

describe("a token", () => {
  it("takes one answer, which is the task's result", async () => {
    const { interpreter, pump, token } = await waiting();
    expect(interpreter.succeed(token, { yes: true })).toBe("taken");
    expect(interpreter.succeed(token, { yes: false })).toBe("ended");
    expect(interpreter.fail(token, "Late")).toBe("ended");
    await pump.settle();
    expect(interpreter.describe("run")).toMatchObject({ status: "SUCCEEDED", output: { yes: true } });
    expect(interpreter.succeed(token, {})).toBe("ended");
  });

  it("takes an error", async () => {
    const { interpreter, pump, token } = await waiting();
    expect(interpreter.fail(token, "Declined")).toBe("taken");
    await pump.settle();
    expect(interpreter.describe("run")).toMatchObject({ status: "FAILED", error: "Declined" });
  });

  it("keeps no message that is given for an error's name", async () => {
    const { interpreter, pump, token } = await waiting();
    interpreter.fail(token, "the body was hunter2");
    await pump.settle();
    expect(interpreter.describe("run")?.error).toBe("Unknown");
  });

  it("that never was is ended", () => {
    expect(trial().open().succeed("none", {})).toBe("ended");
  });

  it("ends with its time, to the second, and then takes no answer", async () => {
    const { interpreter, pump, token } = await waiting({ TimeoutSeconds: "{% 30 + 30 %}" });
    expect(interpreter.nextDue()).toBe(at(60));
    await pump.settleUntil(at(59));
    expect(interpreter.describe("run")?.status).toBe("RUNNING");
    await pump.settleUntil(at(60));
    expect(interpreter.describe("run")).toMatchObject({ status: "FAILED", error: "States.Timeout", ended: at(60) });
    expect(interpreter.succeed(token, {})).toBe("ended");
  });

  it("may be answered before the function that was given it returns", async () => {
    const told = story(machine({ A: asking("ask", { End: undefined, Next: "B" }), B: pass({}) }), {
      ask: (given) => void told.interpreter.succeed((given as { token: string }).token, "at once"),
    });
    const { interpreter, pump } = told;
    interpreter.start("story", "run", {});
    await pump.settle();
    expect(interpreter.describe("run")).toMatchObject({ status: "SUCCEEDED", output: "at once" });
  });

  it("is another one for each attempt, and the old one is ended", async () => {
    const { interpreter, pump, tokens } = await waiting({
      TimeoutSeconds: 60,
      ...retry(["States.Timeout"], { MaxAttempts: 1 }),
    });
    await pump.settleUntil(at(61));
    expect(new Set(tokens).size).toBe(2);
    expect(interpreter.succeed(tokens[0] ?? "", {})).toBe("ended");
    expect(interpreter.succeed(tokens[1] ?? "", {})).toBe("taken");
  });

  it("is the same one, with the time that was left, when its task runs again after a crash", async () => {
    const { interpreter, tokens, file, clock, open, pumpOf } = await waiting();
    file.db.exec("UPDATE run_frame SET phase = 'running', due = NULL, worker = 'dead'");
    clock.jumpTo(at(600));
    const other = open();
    await pumpOf(other).settle();
    expect(tokens).toEqual([tokens[0], tokens[0]]);
    expect(other.nextDue()).toBe(at(3_600));
    expect(interpreter.succeed(tokens[0] ?? "", {})).toBe("taken");
  });

  it("whose time ran out while nothing ran times out, and nobody is asked again", async () => {
    const { tokens, file, clock, open, pumpOf } = await waiting();
    file.db.exec("UPDATE run_frame SET phase = 'running', due = NULL, worker = 'dead'");
    clock.jumpTo(at(3_600));
    const other = open();
    await pumpOf(other).settle();
    expect(tokens).toHaveLength(1);
    expect(other.describe("run")).toMatchObject({ error: "States.Timeout" });
  });
});

describe("a function that never settles", () => {
  const never = () => new Promise(() => {});

  it.each([
    ["ends as a Lambda that was cut off", {}, "Sandbox.Timedout"],
    ["ends as a timeout where its task has a shorter time", { TimeoutSeconds: 60 }, "States.Timeout"],
  ])("%s", async (_title, more, error) => {
    const { interpreter, timers } = story(machine({ A: task("fn", more) }), { fn: never });
    interpreter.start("story", "run", {});
    const running = interpreter.run();
    while (timers.length === 0) await Promise.resolve();
    timers[0]?.();
    await running;
    expect(interpreter.describe("run")).toMatchObject({ status: "FAILED", error });
  });
});

it("works on so many items of a Map at once as the Map says", async () => {
  let now = 0;
  let most = 0;
  const { interpreter, pump } = story(machine({ A: each({ I: task("fn") }, { MaxConcurrency: 3 }) }), {
    fn: async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise(setImmediate);
      now -= 1;
    },
  });
  interpreter.start("story", "run", [1, 2, 3, 4, 5, 6, 7]);
  await pump.settle();
  expect([most, interpreter.describe("run")?.status]).toEqual([3, "SUCCEEDED"]);
});

it("two processes that make the same move make it once", async () => {
  const ended = async (states: Parameters<typeof machine>[0], input: readonly number[] = []) => {
    const { interpreter, open } = story(machine(states));
    interpreter.start("story", "run", input);
    const other = open();
    for (let more = true; more; ) more = (await Promise.all([interpreter.step(), other.step()])).some(Boolean);
    return interpreter.history("run").map(({ what }) => what);
  };
  expect(await ended({ A: pass({ End: undefined, Next: "B" }), B: pass({}) })).toEqual([
    "entered",
    "left",
    "entered",
    "succeeded",
  ]);
  expect(await ended({ A: { Type: "Fail", Error: "B" } })).toEqual(["entered", "failed"]);
  const broken = await ended({ A: each({ I: { Type: "Fail", Error: "B" } }) }, [1]);
  expect(broken).toEqual(["entered", "map started", "entered", "failed", "failed"]);
});

it("asks every task for its guards, unless told otherwise", () => {
  const { file, clock } = trial();
  const parts = { file, clock: clock.now, random: () => new Uint8Array(), invoke: async () => 1, putEvents: () => 1 };
  const unguarded = machine({ A: task("fn") });
  expect(() => createInterpreter(parts).define("story", unguarded)).toThrow(
    expect.objectContaining({ facts: expect.objectContaining({ at: "States.A.Retry", more: 4 }) }),
  );
  expect(createInterpreter({ ...parts, guarded: false }).define("story", unguarded)).toBe(undefined);
});

it("refuses a definition that AWS would read otherwise, and says where", () => {
  const { open } = trial();
  expect(() => open().define("story", machine({ A: pass({ InputPath: "$.a" }) }))).toThrow(
    expect.objectContaining({
      name: "BadInput",
      facts: expect.objectContaining({ at: "States.A.InputPath", machine: "story" }),
    }),
  );
});
