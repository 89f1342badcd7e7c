import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { laterBy } from "@leasehold/core/kernel";
import { type File, openFile } from "@leasehold/store/file";
import { describe, expect, it } from "vitest";
import { asking, DONE, each, machine, named, pass, START, task, trial } from "./trial.ts";

const GUARD = {
  Retry: [{ ErrorEquals: ["Throttled"], IntervalSeconds: 5 }],
  Catch: [{ ErrorEquals: ["States.ALL"], Next: "Stuck" }],
};
const on = (Next: string, more: object = {}) => ({ End: undefined, Next, ...more });

/** One of everything that is durable. */
const STORY = machine({
  Plan: pass(on("Each", { Assign: { who: "ada" }, Output: "{% [1, 2, 3] %}" })),
  Each: each(
    {
      Act: task("act", {
        Output: "{% $states.result.Payload %}",
        Catch: [{ ErrorEquals: ["States.ALL"], Next: "Item" }],
      }),
      Item: DONE,
    },
    on("Ask", { MaxConcurrency: 2, Assign: { acted: "{% $states.result %}" } }),
  ),
  Ask: asking("ask", on("Rest", { Assign: { answer: "{% $states.result %}" }, ...GUARD })),
  Rest: { Type: "Wait", Seconds: 86_400, Next: "Flaky" },
  Flaky: task(
    "flaky",
    on("Say", { Arguments: { FunctionName: "flaky", Payload: "{% $states.context.State.RetryCount %}" }, ...GUARD }),
  ),
  Say: {
    Type: "Task",
    Resource: "arn:aws:states:::events:putEvents",
    Arguments: { Entries: [{ Source: "leasehold", DetailType: "said", Detail: { who: "{% $who %}" } }] },
    Next: "Hand on",
  },
  "Hand on": {
    Type: "Task",
    Resource: "arn:aws:states:::states:startExecution",
    Arguments: { StateMachineArn: "child", Name: "{% 'child-of-' & $who %}", Input: { of: "{% $who %}" } },
    Next: "Told",
  },
  Told: pass({ Output: "{% { 'who': $who, 'acted': $acted, 'answer': $answer } %}" }),
  Stuck: { Type: "Fail", Error: "Stuck" },
});
const CHILD = machine({ A: task("child") });

interface Death {
  readonly at: number; // which transaction
  readonly when: "before" | "after"; // it is on disk
}

/** A file that dies around one of its transactions, once it lives: nothing is written through it ever after. */
function mortal(file: File, death: Death) {
  let nth = -1;
  const transaction: File["transaction"] = (run) => {
    if (nth < 0 || file.db.isTransaction) return file.transaction(run);
    nth += 1;
    if (nth - 1 < death.at || death.at < 0) return file.transaction(run);
    if (nth - 1 === death.at && death.when === "after") file.transaction(run);
    throw new Error("killed");
  };
  const live = () => {
    nth = 0;
  };
  return { file: { ...file, transaction }, live, written: () => nth };
}

/** Tells the whole story, dying once; what is open afterwards is another process on the same file. */
async function tell(death: Death) {
  const tokens: string[] = [];
  const world = trial({
    act: (n) => Number(n) * 10,
    ask: (given) => void tokens.push((given as { token: string }).token),
    flaky: (retries) => {
      if (retries === 0) throw named("Throttled");
    },
  });
  const { file, live, written } = mortal(world.file, death);
  let interpreter = world.open(file);
  const alive = async (run: () => unknown) => {
    try {
      await run();
    } catch {
      interpreter = world.open(); // dies once, so twice is enough
      define();
      await run();
    }
  };
  const define = () => {
    interpreter.define("story", STORY);
    interpreter.define("child", CHILD);
  };
  define();
  live();
  const until = (hours: number) =>
    world
      .pumpOf({ nextDue: () => interpreter.nextDue(), run: () => interpreter.run() } as never)
      .settleUntil(laterBy(START, hours * 3_600));
  await alive(() => interpreter.start("story", "run", {}));
  await alive(() => until(0));
  await alive(() => interpreter.succeed(tokens.at(-1) ?? "", { choice: "keep" }));
  await alive(() => until(30));
  return { ...world, interpreter, tokens, written };
}

const moves = (world: Awaited<ReturnType<typeof tell>>) =>
  world.interpreter
    .history("run")
    .filter(({ what }) => what !== "task started")
    .map(({ what, state, error }) => [what, state, error].join(" "))
    .sort();

describe("a process that dies", async () => {
  const whole = await tell({ at: -1, when: "before" });
  const deaths = Array.from({ length: whole.written() }, (_, at) => at);

  it("tells the whole story when it does not", () => {
    expect(whole.interpreter.describe("run")).toMatchObject({
      status: "SUCCEEDED",
      output: { who: "ada", acted: [10, 20, 30], answer: { choice: "keep" } },
    });
    expect(whole.interpreter.describe("child-of-ada")).toMatchObject({ machine: "child", status: "SUCCEEDED" });
    expect(whole.calls.map(({ name }) => name).sort()).toEqual(["act", "act", "act", "ask", "child", "flaky", "flaky"]);
    expect(deaths.length).toBeGreaterThan(30);
  });

  it.each(deaths.flatMap((at) => [{ at, when: "before" } as const, { at, when: "after" } as const]))(
    "$when transaction $at loses nothing, skips nothing and repeats at most the task that ran",
    async (death) => {
      const world = await tell(death);

      expect(world.interpreter.describe("run")).toEqual(whole.interpreter.describe("run"));
      expect(world.interpreter.describe("child-of-ada")).toMatchObject({ status: "SUCCEEDED", input: { of: "ada" } });
      expect(moves(world)).toEqual(moves(whole));
      expect(new Set(world.calls.map(({ name }) => name))).toEqual(new Set(whole.calls.map(({ name }) => name)));
      expect(world.calls.length).toBeLessThanOrEqual(whole.calls.length + 2); // two items of the Map may run at once
      expect(new Set(world.tokens).size).toBe(1);
      expect(new Set(world.events.map(({ key }) => key))).toEqual(new Set(whole.events.map(({ key }) => key)));
    },
  );
});

it("survives kill -9 in the middle of a task, on disk", async () => {
  const folder = mkdtempSync(join(tmpdir(), "leasehold-"));
  try {
    const path = join(folder, "store.sqlite");
    const child = spawnSync(process.execPath, ["--input-type=module", "--eval", KILLED, path, import.meta.url], {
      encoding: "utf8",
    });
    expect(child.signal).toBe("SIGKILL");

    const world = trial({ second: () => "found" }, openFile(path));
    const interpreter = world.open();
    await world.pumpOf(interpreter).settle();

    expect(world.calls).toEqual([{ name: "second", payload: "done once" }]);
    expect(interpreter.describe("run")).toMatchObject({ status: "SUCCEEDED", output: { Payload: "found" } });
    world.file.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const KILLED = `
  const [path, here] = process.argv.slice(1);
  const { machine, task, trial } = await import(new URL("./trial.ts", here));
  const { openFile } = await import("@leasehold/store/file");
  const world = trial({ first: () => "done once", second: () => process.kill(process.pid, "SIGKILL") }, openFile(path));
  const interpreter = world.open();
  interpreter.define("story", machine({
    A: task("first", { End: undefined, Next: "B", Output: "{% $states.result.Payload %}" }),
    B: task("second"),
  }));
  interpreter.start("story", "run", {});
  await interpreter.run();
`;
