import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyTrails } from "@leasehold/app/audit";
import { brakeView, type Releaser, releaseHeld } from "@leasehold/app/brake";
import { openFindings } from "@leasehold/app/question";
import { pulse } from "@leasehold/app/watch";
import { each } from "@leasehold/app/world";
import { type AccountId, later } from "@leasehold/core/kernel";
import { accountsOf } from "@leasehold/local/demo";
import type { Laptop } from "@leasehold/local/laptop";
import { afterAll, expect, it, vi } from "vitest";
import { allLeave, keysOf, listed, openOrganisation } from "../support/mass-leave.ts";

vi.setConfig({ testTimeout: 1_800_000 }); // hundreds of people, and days

const home = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "leasehold-mass-"));
afterAll(() => rmSync(home, { recursive: true }));

const PAGES = ["the brake tripped", "a backlog is held"];
const pages = async ({ world }: Laptop) =>
  (await openFindings(world)).filter(({ kind }) => PAGES.includes(kind)).map(({ kind }) => kind);
const by = (account: AccountId): Releaser => ({ account, accounts: [account], person: `per_${account}` });
const live = (laptop: Laptop, hours: number) => laptop.liveUntil(later(laptop.world.clock(), hours));
const off = (laptop: Laptop) => keysOf(laptop).filter((status) => status === "Inactive").length;

/** Every act that stands, and what was read back of it. */
async function verdicts({ world }: Laptop): Promise<readonly (string | undefined)[]> {
  const found: (string | undefined)[] = [];
  for await (const id of each((cursor) => world.windDowns.listOpen(cursor)))
    for (const { verified } of (await world.windDowns.get(id))?.windDown.acts ?? []) found.push(verified);
  return found;
}

const SIZES = [
  { active: 200, leavers: 120, most: 5, anHour: 50 },
  { active: 2_000, leavers: 300, most: 20, anHour: 50 },
  { active: 20_000, leavers: 300, most: 25, anHour: 100 },
].filter(({ active }) => active <= Number(process.env["LEASEHOLD_MASS"] ?? 200));

it.each(SIZES)(
  "$leavers of $active people are deactivated by mistake: it stops at $most, and goes on when two people say so (B1)",
  async ({ active, leavers, most, anHour }) => {
    const laptop = await openOrganisation(join(home, `${active}.db`), active, leavers);
    const { world } = laptop;
    await listed(laptop, leavers);
    await allLeave(laptop, leavers);

    const { tripped, limits } = await brakeView(world);
    expect(tripped).toMatchObject({ most, people: leavers - most, waiting: leavers - most, twoPeople: true });
    expect(limits[0]).toMatchObject({ limit: "peopleAnHour", used: most, most });
    expect([await pages(laptop), (await pulse(world, [])).brake]).toEqual([["the brake tripped"], 1]);
    await live(laptop, 80); // past every notice
    expect([off(laptop), await pages(laptop)]).toEqual([0, ["the brake tripped"]]);

    const id = tripped?.id ?? "";
    const release = (who: "sam" | "fay") =>
      releaseHeld(world, id, by(accountsOf(who).okta), "HR confirms that they left");
    expect(await release("sam")).toMatchObject({ outcome: "needs a second person" });
    expect(await release("sam")).toMatchObject({ outcome: "needs a second person" });
    await live(laptop, 7);
    expect(off(laptop)).toBe(0);
    expect(await release("fay")).toMatchObject({ outcome: "released", covers: leavers - most });
    expect((await brakeView(world)).on).toBe(false);

    for (let hours = 0; off(laptop) < leavers && hours < 100; hours += 1) {
      const before = off(laptop);
      await live(laptop, 1);
      expect(off(laptop) - before).toBeLessThanOrEqual(anHour); // credentials in an hour without a yes
    }
    await live(laptop, 1);
    expect([off(laptop), (await brakeView(world)).on, await pages(laptop)]).toEqual([leavers, false, []]);
    expect(await verdicts(laptop)).toEqual(Array(leavers).fill("confirmed"));
    expect((await verifyTrails(world)).filter(({ broken }) => broken)).toEqual([]);
    laptop.close();
  },
);
