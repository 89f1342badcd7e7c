import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLaptop } from "@leasehold/local/laptop";
import { folderObjects, objectArchive } from "@leasehold/store/archive";
import { createStore } from "@leasehold/store/repository";
import { expect, it } from "vitest";
import { PRICES } from "../../packages/cli/src/commands/cost/prices.ts";
import { tellStory } from "../../packages/cli/src/commands/start/story.ts";
import { MONDAY } from "../support/clock.ts";
import { freshTable } from "./dynamodb.ts";

// For each credential of the story, everything around it included: the import, the sweeps, three cases and their questions,
// four days of looking and of polling every quarter of an hour, and the simulated people's own reads.
const WRITES = 215;
const READS = 1_450;
const DOLLARS = 0.00033; // a third of what a credential may cost to verified disabled; the rest is the workflow's

it("the leaver's story comes to the same proof on DynamoDB, within its units", { timeout: 600_000 }, async () => {
  const home = mkdtempSync(join(tmpdir(), "leasehold-units-"));
  const spent = { read: 0, write: 0 };
  const { table, close } = await freshTable(({ read, write }) => {
    spent.read += read;
    spent.write += write;
  });
  const archive = objectArchive(folderObjects(join(home, "archive")));
  const laptop = await openLaptop({
    ...{ path: join(home, "story.db"), start: MONDAY, log: () => {} },
    host: { store: (clock) => createStore({ table, archive, clock }) },
  });
  try {
    const proof = await tellStory(laptop, () => {});
    expect(proof.lines.filter((line) => line.startsWith("NOT"))).toEqual([]);
    const credentials = 8;
    const each = { write: spent.write / credentials, read: spent.read / credentials };
    const dollars = each.write * PRICES.tableWrite.dollars + each.read * PRICES.tableRead.dollars;
    process.stdout.write(
      `story: ${spent.write} write units, ${spent.read} read units; ${each.write.toFixed(1)} and ${each.read.toFixed(1)} for each of ${credentials} credentials, $${dollars.toFixed(6)}\n`,
    );
    expect(each.write).toBeLessThanOrEqual(WRITES);
    expect(each.read).toBeLessThanOrEqual(READS);
    expect(dollars).toBeLessThanOrEqual(DOLLARS);
  } finally {
    laptop.close();
    await close();
    rmSync(home, { recursive: true });
  }
});
