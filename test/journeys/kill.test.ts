import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { broken } from "@leasehold/core/trail";
import type { Laptop } from "@leasehold/local/laptop";
import { afterEach, beforeEach, expect, it } from "vitest";
import { begin, MANY, openMany } from "../support/many-keys.ts";

const CHILD = fileURLToPath(new URL("../support/kill-child.ts", import.meta.url));
const KILLS = Number(process.env["LEASEHOLD_KILLS"] ?? 5);
const MOST_WRITES = 160; // how far one life may come before it is killed: the whole story has more
let home = "";

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "leasehold-kill-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const live = (path: string, nth = 0, when = "after") =>
  spawnSync(process.execPath, [CHILD, path, String(nth), when], { encoding: "utf8", timeout: 300_000 });

it(`a case of ${MANY} credentials, killed ${KILLS} times, ends with all of them disabled once, one ticket, and whole trails`, {
  timeout: 3_600_000,
}, async () => {
  let died = 0;
  for (let story = 0; died < KILLS; story += 1) {
    const path = join(home, `${story}.db`);
    const first = await openMany(path);
    await begin(first);
    first.close();
    died += killed(path, Math.min(10, KILLS - died));
    expect(live(path)).toMatchObject({ status: 0 });
    await check(path);
  }
});

/** Lives through one story again and again, each life ended at some durable write; returns how many died before it was told. */
function killed(path: string, most: number): number {
  for (let died = 0; died < most; died += 1) {
    const nth = 1 + Math.floor(Math.random() * MOST_WRITES);
    const when = Math.random() < 0.5 ? "before" : "after";
    const { signal, status, stderr } = live(path, nth, when);
    if (signal === "SIGKILL") continue;
    expect({ signal, status, nth, when, stderr }).toMatchObject({ signal: null, status: 0 });
    return died;
  }
  return most;
}

async function check(path: string): Promise<void> {
  const laptop = await openMany(path);
  const { world } = laptop;
  const iam = worldOf<{ users: { keys: { status: string }[] }[]; events: number }>(laptop, "aws-iam");
  expect(iam.users.flatMap(({ keys }) => keys).map(({ status }) => status)).toEqual(Array(MANY).fill("Inactive"));
  expect(iam.events).toBe(MANY); // each was switched off by one call, and never by a second

  const cases = await world.cases.list("open");
  expect(cases.items).toHaveLength(1);
  const [id] = cases.items;
  const stored = (await world.cases.get(id!))!;
  expect(stored.case.items).toHaveLength(MANY);
  expect(broken(id!, await world.trails.entries(id!), stored.head)).toBeUndefined();
  for (const { windDown } of stored.case.items) {
    const one = (await world.windDowns.get(windDown!))!;
    expect(one.windDown.acts.map(({ to, verified }) => [to, verified])).toEqual([["disabled", "confirmed"]]);
    expect(one.open).toBeUndefined();
    expect(broken(windDown!, await world.trails.entries(windDown!), one.head)).toBeUndefined();
  }

  const decisions = await world.decisions.ofCase(id!);
  expect(decisions.map(({ value }) => value.items.length)).toEqual([MANY]);
  const key = decisions[0]!.value.id;
  const slack = worldOf<{ messages: unknown[] }>(laptop, "slack").messages;
  expect(slack.filter((one) => JSON.stringify(one).includes(key))).toHaveLength(1);
  expect(slack).toHaveLength(1);
  const parents = worldOf<{ issues: { parent?: string }[] }>(laptop, "jira").issues.filter(({ parent }) => !parent);
  expect(parents).toHaveLength(1);
  expect(laptop.wired.bus.deadLetters()).toEqual([]);
  laptop.close();
}

/** The provider's own world, as its simulator keeps it. */
function worldOf<World>(laptop: Laptop, id: string): World {
  const memory = laptop.simulations.find((one) => one.id === id)?.memory.get();
  return memory as World;
}
