import { beforeAll, describe, expect, it } from "vitest";
import { calls } from "./assertions/calls.ts";
import { contain } from "./assertions/contain.ts";
import { files } from "./assertions/files.ts";
import { letters } from "./assertions/letters.ts";
import { partner } from "./assertions/partner.ts";
import { quarantine } from "./assertions/quarantine.ts";
import { restored } from "./assertions/restored.ts";
import { roles } from "./assertions/roles.ts";
import { routing } from "./assertions/routing.ts";
import { things } from "./assertions/things.ts";
import { untouched } from "./assertions/untouched.ts";
import { watched } from "./assertions/watched.ts";
import { type Synth, synthesise } from "./harness.ts";

export const assertions = [
  ...calls,
  ...routing,
  ...letters,
  ...quarantine,
  ...roles,
  ...partner,
  ...contain,
  ...files,
  ...restored,
  ...things,
  ...untouched,
  ...watched,
];

/** Judges one stage by every assertion, and every assertion by its faults. Returns how to get at the stage. */
export function judge(which: "home" | "hub", stage: string): () => Synth {
  let synth: Synth;
  beforeAll(async () => {
    synth = await synthesise(stage, `test/infra/stages/${which}.config.ts`);
  });

  describe.each(assertions.filter(({ only = which }) => only === which))("$says", ({ check, mutations }) => {
    it("holds", () => expect(check(synth)).toEqual([]));
    it("has a fault that it catches", () => expect(Object.keys(mutations)).not.toEqual([]));
    it.each(Object.entries(mutations))("would notice: %s", (_title, mutate) => {
      const mutated = mutate(synth);
      expect(JSON.stringify(mutated) === JSON.stringify(synth), "the fault changes nothing").toBe(false);
      expect(check(mutated)).not.toEqual([]);
    });
  });
  return () => synth;
}
