import { it } from "vitest";
import { COUNTED } from "../../packages/cli/src/commands/cost/units.ts";
import { MANY } from "../support/many-keys.ts";
import { livesWithin } from "./life-story.ts";

it(`one of ${MANY} costs what the design allows, to verified disabled and to its end`, () =>
  livesWithin({
    ...{ many: MANY, counts: COUNTED.lifeOfACredential },
    ...{ most: 0.001, transitions: 12, mostOfLife: 0.0014, transitionsOfLife: 34 },
  }));
