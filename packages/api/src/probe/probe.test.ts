import { connectors } from "@leasehold/connectors";
import { badInput, type Instant, laterBy, unavailable } from "@leasehold/core/kernel";
import { beforeEach, describe, expect, it } from "vitest";
import { MONDAY } from "../../../../test/support/clock.ts";
import { edge, type Refused } from "../edge/index.ts";
import { probed } from "./index.ts";

const SETTINGS = {
  slack: { tokenName: "slack.token", signingName: "slack.signing" },
  ingest: { sources: { hr: { secretName: "ingest.hr", kinds: ["person.left"] } } },
};
type Id = keyof typeof SETTINGS;
const SECRET = "CANARY-secret-of-example";

let asked: { url: string; redirect: unknown; timed: boolean }[];
let came: unknown[];
let counted: Refused[];
let lines: string[];
beforeEach(() => {
  [asked, came, counted, lines] = [[], [], [], []];
});

async function probe(
  id: Id,
  { theirs = SECRET, ours = SECRET as string | null, now = MONDAY as Instant, answer = 0, moved = false } = {},
) {
  const connector = await connectors[id]();
  const settings = connector.settings.parse(SETTINGS[id]);
  const log = (...line: unknown[]) => void lines.push(JSON.stringify(line));
  const app = edge({
    ...{ connector, settings, clock: () => now, log },
    signing: async () => [theirs],
    signals: async (batch) => void came.push(batch),
    heard: async (clicks) => void came.push(clicks),
    refused: async (refused) => void counted.push(refused),
  });
  const rows = await probed({
    ...{ connector, settings, clock: () => MONDAY, base: "https://leasehold.example.com/", patienceMillis: 50 },
    secrets: async (name) => {
      if (ours === null) throw badInput("a secret is named and not given", { name });
      return ours;
    },
    fetch: async (url, init) => {
      asked.push({ url: String(url), redirect: init?.redirect, timed: init?.signal instanceof AbortSignal });
      if (answer > 0)
        return new Response(null, { status: answer, ...(moved && { headers: { location: "https://x" } }) });
      if (answer < 0) throw unavailable("the network");
      return app.request(String(url), init as RequestInit);
    },
  });
  expect(JSON.stringify([rows, lines])).not.toContain("CANARY");
  return rows;
}

describe.each<Id>(["slack", "ingest"])("the way in of %s", (id) => {
  it("is proved: it takes what our secret signs, refuses it with a byte changed, and nothing comes of either", async () => {
    const [row, ...more] = await probe(id);
    expect(row).toMatchObject({ id, at: `https://leasehold.example.com/in/${id}`, found: "proved" });
    expect(more).toEqual([]);
    expect(came).toEqual([]);
    expect(counted).toEqual([{ why: "probe" }]);
  });

  it("is asked at its own address alone, twice, each with an end", async () => {
    await probe(id);
    const one = { url: `https://leasehold.example.com/in/${id}`, redirect: "manual", timed: true };
    expect(asked).toEqual([one, one]);
  });

  it.each<[string, object, string, number]>([
    ["has another secret", { theirs: "another" }, "closed", 2],
    ["takes everything", { answer: 200 }, "open", 1],
    ["is not there", { answer: 404 }, "other", 1],
    ["sends us elsewhere", { answer: 307, moved: true }, "other", 1],
    ["is in no mood", { answer: 429 }, "other", 1],
    ["refuses everything", { answer: 401 }, "closed", 2],
    ["does not answer", { answer: -1 }, "silent", 1],
    ["is not asked without a secret", { ours: null }, "no secret", 0],
    ["is not asked with an empty one", { ours: "" }, "no secret", 0],
  ])("that %s is told apart", async (_title, how, found, times) => {
    expect(await probe(id, how)).toMatchObject([{ found }]);
    expect(asked).toHaveLength(times);
    expect(came).toEqual([]);
  });
});

it("a clock of theirs that is off is a way in that is closed, and is counted as what it is", async () => {
  expect(await probe("slack", { now: laterBy(MONDAY, 420) })).toMatchObject([{ found: "closed" }]);
  expect(counted).toEqual([{ why: "signature" }, { why: "time", seconds: 420 }]);
});

it("a way in that never answers costs a moment, and no more", async () => {
  const connector = await connectors.slack();
  const settings = connector.settings.parse(SETTINGS.slack);
  const never: typeof fetch = (_url, init) =>
    new Promise((_, reject) => init?.signal?.addEventListener("abort", () => reject(new Error("too long"))));
  const parts = { connector, settings, clock: () => MONDAY, secrets: async () => SECRET, fetch: never };
  const rows = await probed({ ...parts, base: "https://leasehold.example.com", patienceMillis: 5 });
  expect(rows).toMatchObject([{ found: "silent" }]);
});

it("a connector whose secret nobody named has nothing to ask", async () => {
  const connector = await connectors.slack();
  const settings = connector.settings.parse({ tokenName: "slack.token" });
  const parts = { connector, settings, clock: () => MONDAY, secrets: async () => SECRET };
  expect(await probed({ ...parts, base: "https://leasehold.example.com" })).toEqual([]);
});

it("one that has a secret and no request that says nothing is said to have none", async () => {
  const { probes: _, ...slack } = await connectors.slack();
  const settings = slack.settings.parse(SETTINGS.slack);
  const parts = { connector: slack, settings, clock: () => MONDAY, secrets: async () => SECRET };
  expect(await probed({ ...parts, base: "https://leasehold.example.com" })).toMatchObject([{ found: "no probe" }]);
});
