import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { every } from "@leasehold/app/world";
import { expect, it } from "vitest";
import { openLaptop } from "./laptop.ts";

const config = { fallback: { email: "last@example.com" }, security: ["sam@example.com"] };

/** Opens a real estate's file, does what is due, and says how the brake and the findings stand. */
async function lived(path: string) {
  const laptop = await openLaptop({ path, config, log: () => {} });
  try {
    await laptop.settle();
    const findings = await every((cursor) => laptop.world.findings.list(cursor));
    return { frozen: (await laptop.world.ledger.brake()).value.frozen, kinds: findings.map(({ kind }) => kind) };
  } finally {
    laptop.close();
  }
}

it("an older file that was put back does nothing until it was compared with the providers", async () => {
  const home = mkdtempSync(join(tmpdir(), "restored-"));
  const path = join(home, "store.db");
  expect((await lived(path)).frozen).toBeUndefined();
  copyFileSync(path, `${path}.old`);
  expect((await lived(path)).frozen).toBeUndefined();
  copyFileSync(`${path}.old`, path);
  for (const _ of [1, 2])
    expect(await lived(path)).toMatchObject({ frozen: { restored: true }, kinds: ["the store was restored"] });
  rmSync(home, { recursive: true });
});
