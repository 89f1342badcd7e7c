import { hearing } from "@leasehold/app/ingest";
import { connectors } from "@leasehold/connectors";
import type { Simulator } from "@leasehold/connectors/kit";
import type { Hear, Poller } from "@leasehold/core/connector";
import { Signal } from "@leasehold/core/signal";
import { describe, expect, it } from "vitest";
import { running } from "../../support/connectors.ts";

const others = await Promise.all(Object.values(connectors).map((load) => load()));

/** A poll begins anywhere, leaves a cursor to go on from, and changes nothing. */
export function pollerLaws(polls: Poller<unknown>, simulator: Simulator<unknown>): void {
  const hear = hearing(others, () => {});

  describe("poll", () => {
    it("says only what it names, and of what it relays what others made of it", async () => {
      const { live, world } = running(simulator);
      const before = structuredClone(world());
      const heard: Signal[] = [];
      const noting: Hear = (event) => {
        const signals = hear(event);
        heard.push(...signals);
        return signals;
      };
      const { signals } = await polls.since(live.api, undefined, noting);
      expect(signals.map((signal) => Signal.parse(signal))).toEqual(signals);
      for (const signal of signals)
        if (!(polls.relays && heard.includes(signal))) expect(polls.emits).toContain(signal.kind);
      expect(world()).toEqual(before);
    });

    it("uses the permissions it declares, all of them and no others", async () => {
      const { live, calls } = running(simulator);
      await polls.since(live.api, undefined, hear);
      expect([...new Set(calls)].sort()).toEqual([...new Set(polls.permissions)].sort());
    });

    it("goes on from its own cursor", async () => {
      const { live } = running(simulator);
      const { next } = await polls.since(live.api, undefined, hear);
      expect(next).toBeDefined();
      await expect(polls.since(live.api, next, hear)).resolves.toHaveProperty("next");
    });

    it.each([
      ["refusing", "PermissionMissing"],
      ["busy", "Throttled"],
      ["unreachable", "Unavailable"],
    ] as const)("names it when the provider is %s", async (mood, name) => {
      const { live } = running(simulator);
      live.mood = mood;
      await expect(polls.since(live.api, undefined, hear)).rejects.toMatchObject({ name });
    });
  });
}
