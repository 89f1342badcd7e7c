import type { Simulator } from "@leasehold/connectors/kit";
import type { Groups } from "@leasehold/core/connector";
import { describe, expect, it } from "vitest";
import { running } from "../../support/connectors.ts";

/** Who speaks for a group is asked live: a fault is never an answer, and nobody is in it by mistake. */
export function groupLaws(groups: Groups<unknown>, simulator: Simulator<unknown>): void {
  const sample = simulator.sample?.groups ?? { id: "", has: [], not: [], members: [] };
  const { id } = sample;

  describe("groups", () => {
    it("have somebody in one, and somebody who is not", () => {
      expect([sample.has.length > 0, sample.not.length > 0]).toEqual([true, true]);
    });

    it.each([
      ...sample.has.map((handle) => ({ who: Object.values(handle).at(-1), handle, is: true })),
      ...sample.not.map((handle) => ({ who: Object.values(handle).at(-1), handle, is: false })),
    ])("$who is in it: $is", async ({ handle, is }) => {
      const { live } = running(simulator);
      expect(await groups.has(live.api, id, handle)).toBe(is);
      expect(await groups.has(live.api, `${id.slice(0, -1)}x`, handle)).toBe(false); // no such group
    });

    it("are listed whole, and one that is not there is no empty one", async () => {
      const { live } = running(simulator);
      expect([...(await groups.members(live.api, id))].sort()).toEqual([...sample.members].sort());
      await expect(groups.members(live.api, `${id.slice(0, -1)}x`)).rejects.toMatchObject({ name: "BadInput" });
    });

    it("use the permissions they declare, all of them and no others", async () => {
      const { live, calls } = running(simulator);
      for (const handle of [...sample.has, ...sample.not]) await groups.has(live.api, id, handle);
      await groups.members(live.api, id);
      expect([...new Set(calls)].sort()).toEqual([...new Set(groups.permissions)].sort());
    });

    it.each([
      ["refusing", "PermissionMissing"],
      ["busy", "Throttled"],
      ["unreachable", "Unavailable"],
    ] as const)("say so when the provider is %s", async (mood, name) => {
      for (const ask of [
        (api: unknown) => groups.has(api, id, sample.has[0] ?? {}),
        (api: unknown) => groups.members(api, id),
      ]) {
        const { live } = running(simulator);
        live.mood = mood;
        await expect(ask(live.api)).rejects.toMatchObject({ name });
      }
    });

    it("take no handle that is not one of their own", async () => {
      const { live, calls } = running(simulator);
      await expect(groups.has(live.api, id, { leaseholdLaws: "?" })).rejects.toMatchObject({ name: "BadInput" });
      expect(calls).toEqual([]);
    });
  });
}
