import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { badInput } from "@leasehold/core/kernel";
import { checkGiven, type Given } from "./tables/given.ts";
import { forSteps, forVendor } from "./tables/shipped.ts";

/** Reads the file that names the estate. It is the user's own, so it is found when it is wanted and never bundled. */
export async function loaded(stage: string): Promise<Given> {
  const path = resolve(process.env["LEASEHOLD_CONFIG"] ?? "leasehold.config.ts");
  if (!existsSync(path)) {
    throw badInput(
      "there is no leasehold.config.ts: write one (docs/configuration.md), or name it in LEASEHOLD_CONFIG",
      {
        where: "leasehold.config.ts",
      },
    );
  }
  const url = pathToFileURL(path).href;
  const read = (await import(/* @vite-ignore */ url)) as { default: unknown };
  return checkGiven(stage, read.default);
}

/** Writes what stands beside each bundle, and says where: one file for the steps, one for each vendor. */
export function ship(given: Given, root: string): (vendor: string | undefined) => string {
  const folder = join(".sst", "leasehold", given.stage);
  const write = (name: string, what: object) => {
    const path = join(folder, name, "leasehold.json");
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), `${JSON.stringify(what)}\n`);
  };
  write("steps", forSteps(given));
  for (const { id } of given.linked) write(id, forVendor(given, id));
  return (vendor) => join(folder, vendor ?? "steps", "leasehold.json");
}
