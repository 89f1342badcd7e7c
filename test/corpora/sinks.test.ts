import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Summary } from "@leasehold/local/history";
import { afterAll, expect, it } from "vitest";
import { prepared } from "./prepared.ts";
import { filled, leftIn, lived } from "./sinks.ts";
import { forbidden } from "./truth.ts";

const scratch = mkdtempSync(join(tmpdir(), "leasehold-corpora-"));
afterAll(() => rmSync(scratch, { recursive: true }));
const systems = await prepared(join(scratch, "unwrapped"));
const { summaries, delivered, uses, texts: imported } = await filled(join(scratch, "leasehold.db"), systems);
mkdirSync(join(scratch, "laptop"));
const heard = await lived(join(scratch, "laptop", "leasehold.db"), systems);
const texts = new Map([...imported, ...heard.texts, ...leftIn(join(scratch, "laptop"))]);
process.stdout.write(`${table(summaries)}\n`);

const { secrets, neverKept: marked } = forbidden();
const neverKept = marked.filter((value) => value !== "REDACTED"); // somebody else's mask: other records have it in their ARNs
const PART = 12;

const WHOLE = ["google_workspace", "okta", "okta_directory"];

it.each(systems.map(({ name }) => name).filter((name) => name.startsWith("aws_") || WHOLE.includes(name)))(
  "reads every file of %s without a fault",
  (name) => {
    const summary = summaries.get(name);
    expect(summary?.faults).toEqual({ total: 0, first: [] });
    expect(summary?.records).toBe(systems.find((system) => system.name === name)?.items.length);
    expect(summary?.records).toBeGreaterThan(0);
  },
);

/** Numbers and words of ours alone. After a change that is meant, or with other corpora: `npm run test:corpora -- -u`. */
it("understands of each system what it did, and ignores the rest for the same reasons", async () => {
  await expect(`${table(summaries)}\n`).toMatchFileSnapshot("understood.txt");
});

it("has written what it should: what is looked for could be found", () => {
  const store = texts.get("the store's file") ?? "";
  expect(store).toContain("user/bert-jan");
  expect(store).toContain("person.joined");
  expect(delivered).toBeGreaterThan(20);
  expect(uses).toBeGreaterThan(1_000);
  expect(secrets.length).toBeGreaterThan(5);
  expect(neverKept.length).toBeGreaterThan(10);
  expect(heard.cases).toBeGreaterThan(10);
  expect(texts.get("the tickets")).toContain("it has leaked");
  expect(texts.get("the log")).toContain("could not be looked at");
});

it("keeps no secret, and no part of one, in any sink", () => {
  const parts = new Set(secrets.flatMap((secret) => (secret.length <= PART ? [secret] : windows(secret, PART))));
  const short = [...parts].filter((part) => part.length < PART);
  for (const [sink, text] of texts) {
    expect(
      short.filter((part) => text.includes(part)),
      sink,
    ).toEqual([]);
    expect(
      windows(text, PART).filter((part) => parts.has(part)),
      sink,
    ).toEqual([]);
  }
});

it("keeps nothing of what must never be kept", () => {
  for (const [sink, text] of texts)
    expect(
      neverKept.filter((value) => text.includes(value) || text.includes(JSON.stringify(value).slice(1, -1))),
      sink,
    ).toEqual([]);
});

const windows = (text: string, size: number): readonly string[] =>
  Array.from({ length: Math.max(0, text.length - size + 1) }, (_, at) => text.slice(at, at + size));

/** What of each system was understood, and what was not and why. */
function table(all: ReadonlyMap<string, Summary>): string {
  const rows: [string, string, string, number][] = [];
  for (const [system, { understood, ignored, faults }] of all) {
    for (const [connector, kinds] of Object.entries(understood))
      for (const [kind, count] of Object.entries(kinds))
        rows.push([system, `${connector} ${kind}`, "understood", count]);
    for (const [verdict, count] of Object.entries(grouped(ignored)))
      rows.push([system, "", `ignored: ${verdict}`, count]);
    if (faults.total > 0) rows.push([system, "", `faults: ${[...new Set(faults.first.map(({ reason }) => reason))].join("; ")}`, faults.total]); // biome-ignore format: one row
  }
  return rows.toSorted((a, b) => (a.join() < b.join() ? -1 : 1)).map(([system, kind, verdict, count]) => `${system.padEnd(20)} ${kind.padEnd(40)} ${String(count).padStart(5)}  ${verdict}`).join("\n"); // biome-ignore format: one row
}

/** Of AWS by the service that was called: a kind of event that is lost shows where it is lost. */
function grouped(ignored: Summary["ignored"]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { reason, count } of ignored) {
    const what = /^(?:.*(?:listens to|we keep:))(?: [a-z0-9-]+[.]amazonaws[.]com(?=[/]))?|.*/.exec(reason)?.[0] ?? "";
    sums[what] = (sums[what] ?? 0) + count;
  }
  return sums;
}
