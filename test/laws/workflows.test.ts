import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { steps } from "@leasehold/app/steps";
import { FAULTS } from "@leasehold/core/kernel";
import { createInterpreter, type Json, lint } from "@leasehold/local/interpreter";
import { openFile } from "@leasehold/store/file";
import {
  filed,
  functions,
  machines,
  queues,
  reactions,
  retried,
  routes,
  schedules,
  watches,
} from "@leasehold/workflows";
import { describe, expect, it } from "vitest";
import { MONDAY } from "../support/clock.ts";

// it has no types, and changes what it is given
const aslValidator = createRequire(import.meta.url)("asl-validator") as (definition: unknown) => {
  readonly isValid: boolean;
  errorsText(): string;
};

describe.each(Object.entries(machines))("%s", (_name, machine) => {
  it("is what both engines run, every task guarded", () => {
    expect(lint(structuredClone(machine))).toEqual([]);
  });

  it("is the States Language", () => {
    const { isValid, errorsText } = aslValidator(structuredClone(machine));
    expect(errorsText()).toBe("");
    expect(isValid).toBe(true);
  });

  it("runs only functions that there are", () => {
    const named = [...JSON.stringify(machine).matchAll(/\$\{([a-z-]+)\}/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(2);
    for (const name of named) expect(Object.keys(functions)).toContain(name);
  });
});

describe("of one round", () => {
  const until = "2026-11-02T10:00:00.000Z";
  const wait = { do: "wait", until, version: 3 };
  const CLOSED = { do: "closed" };

  /** One life of a wind-down, whose steps say these one after the other, and whose waits are woken at once. */
  async function lived(...says: readonly Json[]) {
    const left = [...says];
    const waits: Json[] = [];
    const interpreter = createInterpreter({
      ...{
        file: openFile(":memory:"),
        clock: () => MONDAY,
        random: (bytes) => randomBytes(bytes),
        putEvents: () => [],
      },
      invoke: async (name, payload) => {
        if (name !== "wait") return left.shift() ?? CLOSED;
        waits.push(payload);
        interpreter.succeed((payload as { readonly token: string }).token, {});
        return {};
      },
    });
    interpreter.define("wind-down", machines["wind-down"]);
    interpreter.start("wind-down", "one", { contract: 1, id: "wdc_1" });
    await interpreter.run();
    const entered = interpreter.history("one").filter(({ what }) => what === "entered");
    return { entered: entered.map(({ state }) => state), waits, status: interpreter.describe("one")?.status };
  }

  it("that waits two states are entered and billed, and nothing is handed on in states of its own", async () => {
    const { entered, waits, status } = await lived(wait, wait);
    expect(entered).toEqual(["Step", "Wait", "Step", "Wait", "Step", "Wait", "Route", "Done"]);
    expect(status).toBe("SUCCEEDED");
    const token = expect.any(String);
    expect(waits).toEqual(Array(2).fill({ contract: 1, subject: "wdc_1", version: 3, until, token }));
  });

  it.each<[string, Json, readonly string[]]>([
    ["is again", { do: "again" }, ["Step"]],
    ["hands a deletion over", { do: "delete" }, ["Delete"]],
    ["is over", CLOSED, ["Done"]],
    ["says what nobody knows", { do: "sleep", until, version: 3 }, ["Unknown", "Stuck"]],
    ["says nothing", {}, ["Unknown", "Stuck"]],
    ["waits until nobody can tell", { ...wait, until: "soon" }, ["Unknown", "Stuck"]],
  ])("that %s nobody waits, and it is routed", async (_, next, then) => {
    const { entered, waits, status } = await lived(next);
    expect(entered.slice(0, 3 + then.length)).toEqual(["Step", "Wait", "Route", ...then]);
    expect([waits, status]).toEqual([[], "SUCCEEDED"]);
  });
});

/** What only AWS has: its API, the gauges of its alarms, and what its rules could not deliver. */
const API = ["call-persons", "call-plans", "call-reads", "call-repairs", "call-writes"];
const FILED: readonly string[] = Object.values(filed);
const AWS_ONLY = [...API, ...FILED, "redrive-raw", "take-pulse"];

it("every wired function is a step that the laptop runs too, or one of the few that only AWS has", () => {
  const both = Object.keys(functions).filter((name) => !AWS_ONLY.includes(name));
  expect(Object.keys(steps).sort()).toEqual(both.sort());
  for (const name of AWS_ONLY) expect(Object.keys(functions)).toContain(name);
});

it("routes, reactions, queues and schedules run only steps, so that the laptop can do all of them", () => {
  const run = [
    ...Object.values(routes),
    ...Object.values(queues),
    ...[...reactions, ...schedules].map((one) => one.run),
  ];
  for (const name of run) expect(Object.keys(steps)).toContain(name);
});

it("what happened is asked for, and silence is judged, by the clock, at home as on AWS", () => {
  expect(schedules).toContainEqual({ every: "15 minutes", run: "poll-feeds" });
  expect(schedules).toContainEqual({ every: "1 hour", run: "watch-feeds" });
});

it("drills and the roots of the trail are run by the clock, at home as on AWS", () => {
  expect(schedules).toContainEqual({ every: "1 hour", run: "drill" });
  expect(schedules).toContainEqual({ every: "1 day", run: "keep-roots" });
});

it("what only AWS has is run by a watch, by its API, or by a queue of its own, and by nothing else", () => {
  expect([...watches.map((one) => one.run), ...API, ...FILED].sort()).toEqual([...AWS_ONLY].sort());
});

it("retries every fault whose remedy is to retry, and no other of ours", () => {
  const ours = Object.entries(FAULTS);
  for (const [name, remedy] of ours) expect(retried.includes(name)).toBe(remedy === "retry");
});

it("gives to whoever answers questions nothing by which it could write, act, publish or start", () => {
  const asking = ["call-plans", "call-reads"] as const;
  for (const name of asking) expect(functions[name].needs).toEqual(["rows", "usage", "read"]);
});

it("gives the verbs of deletion to one function alone", () => {
  const may = Object.entries(functions).filter(([, { needs }]) => (needs as readonly string[]).includes("delete"));
  expect(may.map(([name]) => name)).toEqual(["wind-down-delete"]);
  expect((functions["wind-down-delete"].needs as readonly string[]).includes("act")).toBe(false);
});
