import { expect, it } from "vitest";
import { deployable } from "./deployer.ts";
import { judge } from "./judge.ts";
import { hears } from "./patterns.ts";
import { oneTable } from "./table.ts";

const synth = judge("hub", "hub");

it("takes less than half of the minute by the clock that two stages have together", () => {
  expect(synth().seconds).toBeLessThan(30);
});

deployable(synth);
oneTable(synth);
await hears(["okta"], synth);
