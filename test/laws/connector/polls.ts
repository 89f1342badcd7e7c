import type { Simulator } from "@leasehold/connectors/kit";
import type { Poller } from "@leasehold/core/connector";
import { Signal } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { running } from "../../support/connectors.ts";

/** A poll begins anywhere, leaves a cursor to go on from, and changes nothing. */
export function pollerLaws(polls: Poller<unknown>, simulator: Simulator<unknown>): void {
  describe("poll", () => {
    it("says only what it names", async () => {
      const { live, world } = running(simulator);
      const before = structuredClone(world());
      const { signals } = await polls.since(live.api, undefined);
      expect(signals.map((signal) => Signal.parse(signal))).toEqual(signals);
      for (const { kind } of signals) expect(polls.emits).toContain(kind);
      expect(world()).toEqual(before);
    });

    it("uses the permissions it declares, all of them and no others", async () => {
      const { live, calls } = running(simulator);
      await polls.since(live.api, undefined);
      expect([...new Set(calls)].sort()).toEqual([...new Set(polls.permissions)].sort());
    });

    it("goes on from its own cursor", async () => {
      const { live } = running(simulator);
      const { next } = await polls.since(live.api, undefined);
      expect(next).toBeDefined();
      await expect(polls.since(live.api, next)).resolves.toHaveProperty("next");
    });

    it.each([
      ["refusing", "PermissionMissing"],
      ["busy", "Throttled"],
      ["unreachable", "Unavailable"],
    ] as const)("names it when the provider is %s", async (mood, name) => {
      const { live } = running(simulator);
      live.mood = mood;
      await expect(polls.since(live.api, undefined)).rejects.toMatchObject({ name });
    });
  });
}
