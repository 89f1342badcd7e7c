import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { DEPLOYS, deployerPolicy } from "../../stacks/tables/deployer.ts";
import type { Synth } from "./harness.ts";

const PAGE = new URL("../../docs/deploy-policy.json", import.meta.url);

/** Types that AWS knows; SST's and Pulumi's own need no permission. */
const typesOf = ({ resources }: Synth) =>
  [...new Set(resources.map(({ type }) => type))]
    .filter((type) => type.startsWith("aws:"))
    .map((type) => type.slice(4))
    .sort();

/** The page is derived from every type that there is a line for; a stage may use fewer, and never another. */
export function deployable(synth: () => Synth): void {
  it("is made of nothing that the deployer's policy leaves out", () => {
    expect(typesOf(synth()).filter((type) => DEPLOYS[type] === undefined)).toEqual([]);
  });

  it("docs/deploy-policy.json is what follows from the types", () => {
    const fresh = `${JSON.stringify(deployerPolicy(Object.keys(DEPLOYS)), null, 2)}\n`;
    if (process.env["LEASEHOLD_UPDATE"] === "1") writeFileSync(PAGE, fresh);
    expect(existsSync(PAGE) ? readFileSync(PAGE, "utf8") : "", "run `npm run test:infra -- --update`").toBe(fresh);
  });
}
