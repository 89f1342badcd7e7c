import { Fault, throttled } from "@leasehold/core/kernel";
import { type Limit, perSecond } from "@leasehold/core/pace";
import { describe, expect, it } from "vitest";
import { pacedSend } from "./aws-paced.ts";
import { inOneGo, type Kind, startPacer } from "./pacer.ts";

const limit: Limit = {
  ...{ calls: 130, seconds: 10, burst: 30, change: 3, published: true },
  source: "https://example.com/limits",
};

/** A clock that moves only when somebody waits, one wait after the other. */
function time() {
  const it = { now: 0 };
  return {
    it,
    millis: () => it.now,
    wait: async (ms: number) => {
      it.now += ms;
    },
  };
}

function world(given: { share?: number; patience?: number } = {}) {
  const { it: clock, ...pacing } = time();
  const pacer = startPacer("example", limit, { ...pacing, share: 1, patience: 1e9, ...given });
  const sent: { readonly name: string; readonly at: number }[] = [];
  const go = (name: string, kind: Kind = {}, answer: () => unknown = () => name) =>
    pacer(async () => {
      sent.push({ name, at: clock.now });
      return answer();
    }, kind);
  return { clock, pacer, sent, go };
}
const many = (count: number) => Array.from({ length: count }, (_, n) => `${n}`);

describe("a pacer", () => {
  it("sends in the order in which calls came, none before its turn, and hands back what came", async () => {
    const { sent, go } = world();
    const all = await Promise.all(many(200).map((name) => go(name)));
    expect(all).toEqual(many(200));
    expect(sent.map(({ name }) => name)).toEqual(many(200));
    expect((sent.at(-1)?.at ?? 0) / 1_000).toBeCloseTo((200 - limit.burst * 0.8) / perSecond(limit), 0);
  });

  it("counts a change as its limit says, and a scarcer call as it says itself", async () => {
    for (const [kind, counts] of [
      [{ changes: true }, 3],
      [{ counts: 12 }, 12],
    ] as const) {
      const { sent, go } = world();
      await Promise.all(many(20).map((name) => go(name, kind)));
      expect((sent.at(-1)?.at ?? 0) / 1_000).toBeCloseTo((20 * counts - limit.burst * 0.8) / perSecond(limit), 0);
    }
  });

  it("lets what has begun go before what has not", async () => {
    const { sent, go } = world();
    const step = inOneGo(async () => {
      await go("look");
      return go("change", { changes: true });
    });
    await Promise.all([step, ...many(100).map((name) => go(name))]);
    expect(sent.findIndex(({ name }) => name === "change")).toBeLessThan(30);
  });

  it("sends away late what has begun, which would spend its calls for nothing", async () => {
    const { go } = world({ patience: 1_000 });
    await Promise.all(many(24).map((name) => go(name)));
    await expect(go("new", { counts: 25 })).rejects.toMatchObject({ name: "Throttled" });
    await expect(inOneGo(() => go("as new", { counts: 25 }))).rejects.toMatchObject({ name: "Throttled" });
    await inOneGo(async () => {
      await go("look");
      expect(await go("change", { counts: 25 })).toBe("change");
    });
  });

  it("lets what is urgent go first, however many wait", async () => {
    const { sent, go } = world();
    const all = many(100).map((name) => go(name));
    await Promise.all([...all, go("undo", { changes: true, urgent: true })]);
    expect(sent.findIndex(({ name }) => name === "undo")).toBeLessThan(limit.burst + 2);
    expect(sent.find(({ name }) => name === "undo")?.at).toBeLessThan(500);
  });

  it("sends away what would wait too long, each to a turn of its own", async () => {
    const { sent, go } = world({ patience: 1_000 });
    const all = await Promise.allSettled(many(200).map((name) => go(name)));
    const told = all.flatMap((one) =>
      one.status === "rejected" ? [(one.reason as Fault).facts["retryAfterSeconds"]] : [],
    );
    expect(all.find(({ status }) => status === "rejected")).toMatchObject({ reason: { name: "Throttled" } });
    expect(sent.length + told.length).toBe(200);
    expect(new Set(told).size).toBeGreaterThan(10); // spread, so that they do not come back at once
    expect(Math.max(...(told as number[]))).toBeCloseTo(200 / perSecond(limit), -1);
  });

  it("takes its share of the limit where it is one of several", async () => {
    const { sent, go } = world({ share: 0.2 });
    await Promise.all(many(50).map((name) => go(name)));
    expect((sent.at(-1)?.at ?? 0) / 1_000).toBeCloseTo((50 - limit.burst * 0.2 * 0.8) / (0.2 * perSecond(limit)), -1);
  });

  it.each<[string, () => unknown]>([
    ["a fault of ours", () => new Fault("Throttled", "slow down", { retryAfterSeconds: 30 })],
    ["what an SDK throws", () => Object.assign(new Error("Rate exceeded"), { name: "Throttling" })],
    ["a status", () => Object.assign(new Error("?"), { $metadata: { httpStatusCode: 429 } })],
  ])("slows down on %s, hands it on, and never sends the same call again", async (_title, refusal) => {
    const { clock, sent, go } = world();
    const no = () => {
      throw refusal();
    };
    await expect(go("first", {}, no)).rejects.toThrow();
    await go("second");
    expect(sent.map(({ name }) => name)).toEqual(["first", "second"]);
    expect(clock.now).toBeGreaterThan(1_000);
  });

  it.each<[string, () => unknown]>([
    ["a refusal of another kind", () => new Fault("PermissionMissing", "no")],
    ["one that never went out", () => new Fault("Throttled", "quiet", { sent: false })],
  ])("does not on %s", async (_title, refusal) => {
    const { clock, go } = world();
    await go("first", {}, () => {
      throw refusal();
    }).catch(() => {});
    await go("second");
    expect(clock.now).toBe(0);
  });
});

describe("a command of an SDK", () => {
  const lost = () => Object.assign(new Error("socket"), { code: "ECONNRESET" });
  const sends = async (faults: readonly unknown[], isChange: boolean) => {
    const left = [...faults];
    let sent = 0;
    const send = async () => {
      sent += 1;
      if (left.length > 0) throw left.shift();
      return "answered";
    };
    const end = await pacedSend(send, world().pacer, () => isChange)({} as never).catch((error: Error) => error);
    return [sent, end instanceof Error ? "thrown" : end];
  };

  it.each([
    ["a read that was lost is sent once more", [lost()], false, [2, "answered"]],
    ["and no third time", [lost(), lost()], false, [2, "thrown"]],
    ["a change that was lost is not", [lost()], true, [1, "thrown"]],
    ["nor what was throttled", [throttled("aws")], false, [1, "thrown"]],
  ] as const)("%s", async (_title, faults, isChange, came) => {
    expect(await sends(faults, isChange)).toEqual(came);
  });
});
