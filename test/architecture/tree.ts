import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What git does not keep, as .gitignore says it. */
const left = readFileSync(join(ROOT, ".gitignore"), "utf8").split("\n").filter(Boolean);
const isKept = (name: string) =>
  name !== ".git" &&
  !left.includes(`${name}/`) &&
  !left.some((one) => one.startsWith("*") && name.endsWith(one.slice(1)));

/** Every file of the repository, or of one folder in it, by its path from the root. */
export function files(folder = ""): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => isKept(entry.name))
    .flatMap((entry) => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? files(path) : [path];
    });
}

export const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
export const json = (path: string) => JSON.parse(read(path)) as Record<string, unknown>;

/** The folders of packages/: the rooms that have an inhabitant. */
export const rooms = () =>
  readdirSync(join(ROOT, "packages"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

/** The code that is run, without its tests. */
export const product = () =>
  [...files("packages"), ...files("scripts")].filter((path) => /[.]ts$/.test(path) && !path.endsWith(".test.ts"));

export const parsed = (path: string) => ts.createSourceFile(path, read(path), ts.ScriptTarget.ES2023, true);

/** Every node below, in the order of the text. */
export function* nodes(of: ts.Node): Generator<ts.Node> {
  const children: ts.Node[] = [];
  ts.forEachChild(of, (child) => void children.push(child));
  for (const child of children) {
    yield child;
    yield* nodes(child);
  }
}
