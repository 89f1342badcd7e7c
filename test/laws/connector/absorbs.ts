import type { Simulator } from "@leasehold/connectors/kit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixturesOf, running } from "../../support/connectors.ts";
import { replaceOnePart } from "../../support/meddle.ts";

/** A simulated provider hears everything on the bus. What it does not know changes nothing, and hearing twice is hearing once. */
export function absorbLaws(id: string, simulator: Simulator<unknown>): void {
  describe("the simulator", () => {
    const fixtures = fixturesOf(id);

    it("throws at nothing that it hears, and nothing strange changes its world", () => {
      const events = fc.constantFrom(...fixtures.map(({ event }) => event));
      const { live, world } = running(simulator);
      const before = structuredClone(world());
      fc.assert(fc.property(fc.jsonValue(), (junk) => live.absorb(junk)));
      expect(world()).toEqual(before);
      fc.assert(
        fc.property(events, fc.nat(), fc.jsonValue(), (event, at, junk) =>
          live.absorb(replaceOnePart(event, at, junk)),
        ),
      );
    });

    it.each(fixtures)("hears $file twice as once", ({ event }) => {
      const { live, world } = running(simulator);
      live.absorb(event);
      const once = structuredClone(world());
      live.absorb(event);
      expect(world()).toEqual(once);
    });

    it("keeps a world that is plain data", () => {
      const { live, world } = running(simulator);
      for (const { event } of fixtures) live.absorb(event);
      expect(JSON.parse(JSON.stringify(world()))).toEqual(world());
    });
  });
}
