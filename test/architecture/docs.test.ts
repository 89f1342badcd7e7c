import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, posix } from "node:path";
import { describe, expect, it } from "vitest";
import { commands } from "../../packages/cli/src/commands/index.ts";
import { files, json, ROOT, read, rooms } from "./tree.ts";

const pages = files().filter((path) => path.endsWith(".md"));

/** The anchor that GitHub gives a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");
const anchors = (page: string) => [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading));

describe.each(pages)("%s", (page) => {
  const links = [...read(page).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, to = ""]) => to);

  it("points to what exists", () => {
    for (const link of links) {
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? page : posix.normalize(posix.join(dirname(page), path));
      expect.soft(existsSync(join(ROOT, target)), link).toBe(true);
      if (anchor !== undefined) expect.soft(anchors(target), link).toContain(anchor);
    }
  });

  it("names verbs that there are", () => {
    const verbs = [...read(page).matchAll(/\bnpm (?:run )?((?<=run )[\w:-]+|start|test)\b/g)].map(
      ([, verb = ""]) => verb,
    );
    const scripts = Object.keys(json("package.json")["scripts"] as object);
    expect(verbs.filter((verb) => !scripts.includes(verb))).toEqual([]);
  });

  it("names commands that there are", () => {
    const first = new Set(Object.keys(commands).map((name) => name.split(" ")[0]));
    const named = [...read(page).matchAll(/(?:^|[`$]|npx )\s*leasehold ([a-z]+)/gm)].map(([, word = ""]) => word);
    expect(named.filter((word) => !first.has(word))).toEqual([]);
  });

  it("names files of ours that exist", () => {
    const named = [...read(page).matchAll(/`((?:packages|test|scripts|docs)\/[\w./-]+)`/g)].map(
      ([, path = ""]) => path,
    );
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

/** The cells of the table's rows under a heading of docs/architecture.md. */
function rowsUnder(heading: string): string[][] {
  const [, part = ""] = read("docs/architecture.md").split(`\n## ${heading}\n`);
  const [table = ""] = part.split("\n## ");
  return table
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(2)
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );
}

describe("docs/architecture.md", () => {
  it("shows every room, and what it may use", () => {
    const { arrows } = createRequire(import.meta.url)("../../.dependency-cruiser.cjs") as {
      arrows: Record<string, readonly string[]>;
    };
    const rows = rowsUnder("Rooms");
    expect(rows.map(([room]) => room).sort()).toEqual(rooms());
    for (const [room = "", , uses = ""] of rows) {
      const may = (arrows[room] ?? []).filter((other) => rooms().includes(other));
      expect.soft(uses, room).toBe(may.length > 0 ? may.join(", ") : "zod, and node:crypto for ids");
    }
  });

  it("names for every promise a test that keeps it, or says that nothing does", () => {
    const rows = rowsUnder("Promises");
    expect(rows.map(([name]) => name)).toEqual(Array.from({ length: 11 }, (_, at) => `P${at + 1}`));
    for (const [name, , kept = ""] of rows) {
      const tests = [...kept.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path);
      if (tests.length === 0) expect.soft(kept, name).toBe("nothing keeps this yet");
      for (const path of tests) {
        expect.soft(path, name).toMatch(/[.]test[.]ts$/);
        expect.soft(existsSync(join(ROOT, path)), path).toBe(true);
      }
    }
  });
});

it("decisions are numbered without a gap, and each says what it should, in under a page", () => {
  const records = files("docs/decisions");
  expect(records.map((path) => Number(posix.basename(path).slice(0, 4)))).toEqual(records.map((_, at) => at + 1));
  for (const path of records) {
    const text = read(path);
    expect.soft(text, path).toMatch(new RegExp(`^# ${posix.basename(path).slice(0, 4)} `));
    for (const part of ["Context", "Decision", "Consequences", "What would change our mind"])
      expect.soft(text, path).toContain(`**${part}.**`);
    const prose = text.replace(/^\|.*$/gm, ""); // a table is looked up, not read
    expect.soft(prose.split(/\s+/).length, path).toBeLessThan(650);
  }
});
