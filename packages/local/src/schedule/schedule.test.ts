import { type Instant, laterBy } from "@leasehold/core/kernel";
import { openFile } from "@leasehold/store/file";
import { describe, expect, it } from "vitest";
import { jumpingClock, type Timer } from "../clock/index.ts";
import { createPump, createSchedule, hoursOfRate, type Scheduled } from "./index.ts";

const START = "2026-11-02T09:00:00.000Z" as Instant;
const at = (minutes: number): Instant => laterBy(START, minutes * 60);
const sweep = (rate: string, over: Partial<Scheduled> = {}): Scheduled => ({
  name: "sweep",
  rate,
  target: "sweep",
  payload: { all: true },
  ...over,
});

function trial(given: readonly Scheduled[], call: (target: string) => unknown = () => {}, timer?: Timer) {
  const file = openFile(":memory:");
  const clock = jumpingClock(START, file);
  const calls: string[] = [];
  const open = (entries: readonly Scheduled[]) =>
    createSchedule({
      file,
      clock: clock.now,
      random: (bytes) => new Uint8Array(bytes),
      entries,
      ...(timer && { timer }),
      call: async (target, payload) => {
        calls.push(`${(Date.parse(clock.now()) - Date.parse(START)) / 60_000} ${target} ${JSON.stringify(payload)}`);
        return call(target);
      },
    });
  const schedule = open(given);
  const pump = createPump({ parts: [schedule], clock });
  return { file, clock, calls, open, schedule, pump };
}
const minutes = (calls: readonly string[]) => calls.map((line) => Number(line.split(" ")[0]));

describe("a schedule", () => {
  it("calls its function with its payload, again and again", async () => {
    const { calls, pump } = trial([sweep("10 minutes")]);
    await pump.settleUntil(at(35));
    expect(calls).toEqual(['10 sweep {"all":true}', '20 sweep {"all":true}', '30 sweep {"all":true}']);
  });

  it("runs once what it missed, and keeps to its series", async () => {
    const { calls, clock, pump, schedule } = trial([sweep("10 minutes")]);
    clock.jumpTo(at(57));
    await pump.settle();
    expect(minutes(calls)).toEqual([57]);
    expect(schedule.nextDue()).toBe(at(60));
  });

  it("is due when it was due, after a restart", async () => {
    const { clock, open } = trial([sweep("6 hours")]);
    clock.jumpTo(at(100));
    expect(open([sweep("6 hours")]).nextDue()).toBe(at(360));
  });

  it("is due sooner when its rate is raised, and is not put off when it is lowered", () => {
    const { open } = trial([sweep("6 hours")]);
    expect(open([sweep("1 day")]).nextDue()).toBe(at(360));
    expect(open([sweep("1 hour")]).nextDue()).toBe(at(60));
  });

  it("that was dropped is forgotten", async () => {
    const { open } = trial([sweep("1 hour"), sweep("1 day", { name: "review" })]);
    expect(
      open([sweep("1 day", { name: "review" })])
        .state()
        .map(({ name }) => name),
    ).toEqual(["review"]);
  });

  it("that fails is tried again before its next time, and keeps only the class of its fault", async () => {
    let broken = 2;
    const { calls, pump, schedule } = trial([sweep("1 hour")], () => {
      if (broken-- > 0) throw new TypeError("the body was hunter2");
    });
    await pump.settleUntil(at(60));
    expect(schedule.state()).toEqual([{ name: "sweep", due: at(60.5), fault: "TypeError" }]);
    await pump.settleUntil(at(130));
    expect(minutes(calls)).toEqual([60, 60.5, 61.5, 120]);
    expect(schedule.state()).toEqual([{ name: "sweep", due: at(180), fault: null }]);
  });

  it("that always fails keeps to its series and never holds up another", async () => {
    const { calls, pump } = trial(
      [sweep("2 minutes"), sweep("3 minutes", { name: "other", target: "other" })],
      (target) => {
        if (target === "sweep") throw new Error("broken");
      },
    );
    await pump.settleUntil(at(9));
    expect(minutes(calls.filter((line) => line.includes("other")))).toEqual([3, 6, 9]);
    expect(minutes(calls.filter((line) => line.includes("sweep"))).filter((minute) => minute % 2 === 0)).toEqual([
      2, 4, 6, 8,
    ]);
  });

  it("whose function never settles goes on", async () => {
    const { pump, schedule } = trial(
      [sweep("1 hour")],
      () => new Promise(() => {}),
      (_millis, up) => {
        up();
        return () => {};
      },
    );
    await pump.settleUntil(at(60));
    expect(schedule.state()[0]?.fault).toBe("TimedOut");
  });

  it("of a name that another has is refused", () => {
    expect(() => trial([sweep("1 hour"), sweep("1 day")])).toThrow(expect.objectContaining({ name: "BadInput" }));
  });
});

describe("a rate", () => {
  it.each([
    ["1 minute", 1 / 60],
    ["6 hours", 6],
    ["1 day", 24],
    ["30 days", 720],
  ])("%s", (rate, hours) => {
    expect(hoursOfRate(rate)).toBeCloseTo(hours, 9);
  });

  it.each(["", "0 minutes", "1 minutes", "5 minute", "1 week", "-1 days", "1.5 hours", "rate(1 day)", " 1 day"])(
    "refuses %s",
    (rate) => {
      expect(() => hoursOfRate(rate)).toThrow(expect.objectContaining({ name: "BadInput", facts: { rate } }));
    },
  );
});
