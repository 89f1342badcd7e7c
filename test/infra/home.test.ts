import { expect, it } from "vitest";
import { deployable } from "./deployer.ts";
import { assertions, judge } from "./judge.ts";
import { hears } from "./patterns.ts";
import { oneTable } from "./table.ts";

const synth = judge("home", "prod");

it("there are assertions at all, and each says something else", () => {
  expect(new Set(assertions.map(({ says }) => says)).size).toBe(assertions.length);
  expect(assertions.length).toBeGreaterThanOrEqual(25);
});

deployable(synth);
oneTable(synth);
await hears(["aws-iam", "aws-identity-center"], synth);
