import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newConnector } from "../../scripts/new-connector.ts";

const SRC = new URL("../../packages/connectors/src/", import.meta.url);
const ID = "example-vault";
let copy: string;
let home: URL;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "leasehold-connector-"));
  cpSync(SRC, copy, { recursive: true });
  home = pathToFileURL(copy + sep);
});
afterAll(() => rmSync(copy, { recursive: true }));

const files = () =>
  readdirSync(copy, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(copy.length + 1)
        .replaceAll(sep, "/"),
    )
    .sort();
const registry = () => readFileSync(join(copy, "index.ts"), "utf8").split("\n");

describe("one more connector", () => {
  it("is one folder and one line, and touches nothing else", () => {
    const before = {
      files: files(),
      lines: registry(),
      texts: new Map(files().map((file) => [file, readFileSync(join(copy, file), "utf8")])),
    };
    newConnector(ID, home);

    const added = files().filter((file) => !before.files.includes(file));
    expect(added).toEqual([
      `${ID}/README.md`,
      `${ID}/actions.ts`,
      `${ID}/api.ts`,
      `${ID}/events.ts`,
      `${ID}/fixtures/user-left-refused.json`,
      `${ID}/fixtures/user-left.json`,
      `${ID}/index.ts`,
      `${ID}/inventory.ts`,
      `${ID}/people.ts`,
      `${ID}/poll.ts`,
      `${ID}/simulator.ts`,
    ]);
    const changed = before.files.filter((file) => readFileSync(join(copy, file), "utf8") !== before.texts.get(file));
    expect(changed).toEqual(["index.ts"]);

    const line = `  "${ID}": () => import("./${ID}/index.ts").then((m) => m.exampleVault),`;
    expect(registry().filter((one) => !before.lines.includes(one))).toEqual([line]);
    expect(registry()).toHaveLength(before.lines.length + 1);
  });

  it("stands in the registry in order", () => {
    const ids = registry().flatMap((line) => /^ {2}"?([a-z0-9-]+)"?: \(\) =>/.exec(line)?.[1] ?? []);
    expect(ids).toContain(ID);
    expect(ids).toEqual([...ids].sort());
  });

  it("leaves no place to be filled in by hand but what its laws ask for", () => {
    for (const file of files().filter((name) => name.startsWith(`${ID}/`)))
      expect(readFileSync(join(copy, file), "utf8")).not.toMatch(/__[A-Z]+__/);
  });

  it("is not made twice, nor under a name that is none", () => {
    expect(() => newConnector(ID, home)).toThrow("already");
    for (const id of ["", "Okta", "../okta", "okta_2"]) expect(() => newConnector(id, home)).toThrow("kebab-case");
  });
});
