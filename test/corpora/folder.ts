import { existsSync } from "node:fs";
import { join } from "node:path";

/** Where the real events lie, with `truth.json`: what each of them says about credentials and who is accountable. */
export const corpora = (): string => process.env["LEASEHOLD_CORPORA"] ?? "";

/** Before the suite: without its folder it is not run, and that is no success. */
export function setup(): void {
  const reason = whyNot(corpora());
  if (reason === undefined) return;
  process.stderr.write(`not run: ${reason}\n`);
  process.exit(1);
}

function whyNot(folder: string): string | undefined {
  if (folder === "") return "LEASEHOLD_CORPORA does not name the folder of real events";
  if (!existsSync(folder)) return "the folder that LEASEHOLD_CORPORA names is not there";
  if (!existsSync(join(folder, "truth.json"))) return "the folder that LEASEHOLD_CORPORA names has no truth.json";
  return undefined;
}
