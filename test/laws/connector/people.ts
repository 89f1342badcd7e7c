import type { Simulator } from "@leasehold/connectors/kit";
import type { People } from "@leasehold/core/connector";
import { describe, expect, it } from "vitest";
import { running } from "../../support/connectors.ts";

/** The live read that a wind-down stands on: a fault is never an answer, and nobody has left by mistake. */
export function peopleLaws(people: People<unknown>, simulator: Simulator<unknown>): void {
  const known = simulator.sample?.people ?? [];
  const rows = known.map(([handle, state]) => ({ who: Object.values(handle).at(-1), handle, state }));

  describe("live read", () => {
    it("has somebody who works here, somebody who left, and somebody of whom nothing can be said", () => {
      const states = rows.map(({ state }) => state);
      expect(states).toContain("active");
      expect(states.filter((state) => state === "departed" || state === "gone")).not.toEqual([]); // some know no other end
      expect(states.filter((state) => state === "unknown" || state === "gone")).not.toEqual([]);
    });

    it.each(rows)("$who is $state", async ({ handle, state }) => {
      const { live, world } = running(simulator);
      const before = structuredClone(world());
      expect(await people.read(live.api, handle)).toBe(state);
      expect(world()).toEqual(before);
    });

    it("uses the permissions it declares, all of them and no others", async () => {
      const { live, calls } = running(simulator);
      for (const { handle } of rows) await people.read(live.api, handle);
      expect([...new Set(calls)].sort()).toEqual([...new Set(people.permissions)].sort());
    });

    it.each([
      ["refusing", "PermissionMissing"],
      ["busy", "Throttled"],
      ["unreachable", "Unavailable"],
    ] as const)("says so when the provider is %s, of everybody", async (mood, name) => {
      for (const { handle } of rows) {
        const { live } = running(simulator);
        live.mood = mood;
        await expect(people.read(live.api, handle)).rejects.toMatchObject({ name });
      }
    });

    it("takes no handle that is not one of its own", async () => {
      const { live, calls } = running(simulator);
      await expect(people.read(live.api, { leaseholdLaws: "?" })).rejects.toMatchObject({ name: "BadInput" });
      expect(calls).toEqual([]);
    });
  });
}
