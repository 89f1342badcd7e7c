import { it } from "vitest";
import { ASSUMED, COUNTED } from "../../packages/cli/src/commands/cost/units.ts";
import { livesWithin } from "./life-story.ts";

/** Over the bar of $0.0015: of a small case each carries more. It must not become dearer unseen. */
it(`one of ${ASSUMED.credentials} costs what was measured, to verified disabled and to its end`, () =>
  livesWithin({
    ...{ many: ASSUMED.credentials, counts: COUNTED.lifeOfOneInFour },
    ...{ most: 0.001, transitions: 18, mostOfLife: 0.002, transitionsOfLife: 54 },
  }));
