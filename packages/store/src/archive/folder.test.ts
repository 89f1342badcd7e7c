import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Instant } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import { afterEach, beforeEach, expect, it } from "vitest";
import { folderObjects } from "./folder.ts";
import { objectArchive } from "./object-archive.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "leasehold-objects-"));
});
afterEach(() => rmSync(home, { recursive: true }));

const bytes = (text: string) => new Uint8Array(Buffer.from(text));
const NOON = Instant.parse("2026-11-02T12:00:00Z");
const signal = (eventId: string): Signal => ({
  ...{ kind: "credential.deleted", credential: "crd_1", tenant: "111122223333" },
  source: { connector: "aws-iam", eventId, occurredAt: NOON },
  by: { realm: "aws", name: "root", via: "unknown" },
});

it("keeps what is there where it must, and replaces it where it may", async () => {
  const objects = folderObjects(home);
  await objects.put("a/b", bytes("one"), true);
  await objects.put("a/b", bytes("two"), true);
  expect(Buffer.from((await objects.get("a/b")) ?? []).toString()).toBe("one");
  await objects.put("a/b", bytes("three"), false);
  expect(Buffer.from((await objects.get("a/b")) ?? []).toString()).toBe("three");
  expect(await objects.get("a/c")).toBeUndefined();
});

it("lists in the order of the keys, from where it is told, and nothing unfinished", async () => {
  const objects = folderObjects(home);
  expect(await folderObjects(join(home, "none")).list("", undefined)).toEqual([]);
  for (const key of ["s/2/a", "s/10/a", "t/1"]) await objects.put(key, bytes(key), true);
  writeFileSync(join(home, "s/2/b.123.part"), "half");
  expect(await objects.list("s/", undefined)).toEqual(["s/10/a", "s/2/a"]);
  expect(await objects.list("s/", "s/10/a")).toEqual(["s/2/a"]);
});

it.each(["../out", "/etc/passwd", "a/../../b", ".hidden", "a//b", "a b", ""])(
  "writes nowhere else: %s",
  async (key) => {
    const put = async () => folderObjects(home).put(key, bytes("x"), true);
    await expect(put()).rejects.toMatchObject({ name: "BadInput" });
  },
);

it("is one object when the same append comes twice", async () => {
  const objects = folderObjects(home);
  const archive = objectArchive(objects);
  await archive.append([signal("1"), signal("2")], NOON);
  await archive.append([signal("1"), signal("2")], NOON);
  await archive.append([signal("3")], NOON);
  expect(await objects.list("signals/", undefined)).toHaveLength(2);
});

it("refuses what is in it and is no signal", async () => {
  const { gzipSync } = await import("node:zlib");
  const objects = folderObjects(home);
  const line = JSON.stringify({ recordedAt: NOON, signal: { ...signal("1"), password: "CANARY" } });
  await objects.put("signals/2026-11-02/x.ndjson.gz", gzipSync(line), true);
  const fault = await objectArchive(objects)
    .read()
    .catch((error: unknown) => error);
  expect(fault).toMatchObject({ name: "BadInput" });
  expect(JSON.stringify([fault, (fault as Error).message])).not.toContain("CANARY");
});
