import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { later } from "@leasehold/core/kernel";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MONDAY } from "../support/clock.ts";
import { leastCalls, PAGE } from "../support/large-account.ts";

const USERS = Number(process.env["LEASEHOLD_USERS"] ?? 20_000);
const KILLS = 5;
const CHILD = fileURLToPath(new URL("../support/large-sweep-child.ts", import.meta.url));

/** As in a process that has little: V8 takes more where there is more, and gives it back when it must. */
const SMALL = ["--max-old-space-size=140", "--max-semi-space-size=8"]; // MB

interface Said {
  readonly calls: number;
  readonly seconds: number;
  readonly page?: string;
  readonly whole?: boolean;
  readonly seen?: number;
  readonly gone?: number;
  readonly digest?: string;
  readonly peak?: number;
}

let home = "";
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "leasehold-sweep-"));
});
afterAll(() => rmSync(home, { recursive: true }));

/** One life of it; killed after so many of its pages. What it said last, and how many pages it came. */
async function life(name: string, start: string, killAfter = Number.POSITIVE_INFINITY) {
  const child = spawn(process.execPath, [...SMALL, CHILD, join(home, name), String(USERS), start], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const said: Said[] = [];
  for await (const line of createInterface(child.stdout)) {
    said.push(JSON.parse(line));
    if (said.length === killAfter) child.kill("SIGKILL");
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  const last = said.at(-1);
  if (last === undefined) throw new Error("the sweep said nothing");
  return { last, pages: said.filter(({ page }) => page !== undefined).length };
}

describe(`a sweep of ${USERS} users`, () => {
  let alone: Said;

  it("asks the least, within its pace, and in little memory", async () => {
    const { last } = await life("alone.db", MONDAY);
    alone = last;
    expect(last).toMatchObject({ whole: true, gone: 0, calls: leastCalls(USERS) });
    expect(last.seconds).toBeLessThanOrEqual(leastCalls(USERS) / 5);
    expect(last.seconds).toBeGreaterThanOrEqual((leastCalls(USERS) - 25) / 5.01); // it was paced
    expect(last.peak).toBeLessThanOrEqual(300);
  });

  it("comes to the same, killed at random points, and does no more than one page again for each", async () => {
    const pages = Math.ceil(USERS / PAGE);
    const [points = []] = fc.sample(
      fc.array(fc.integer({ min: 1, max: Math.floor(pages / (KILLS + 1)) }), { minLength: KILLS, maxLength: KILLS }),
      1,
    );
    let calls = 0;
    let done = 0;
    for (const [n, point] of points.entries()) {
      const one = await life("killed.db", later(MONDAY, n), point);
      calls += one.last.calls;
      done += one.pages;
    }
    const { last, pages: rest } = await life("killed.db", later(MONDAY, KILLS));
    expect(last).toMatchObject({ whole: true, gone: 0, seen: alone.seen, digest: alone.digest });
    expect(done + rest).toBeGreaterThanOrEqual(pages - KILLS);
    const shared = 2 + 1 + 2; // asked by each life anew
    expect(calls + last.calls).toBeLessThanOrEqual(leastCalls(USERS) + KILLS * (shared + 2 * PAGE + 2));
  });
});
