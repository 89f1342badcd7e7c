import { expect, it } from "vitest";
import { files, json, read, rooms } from "./tree.ts";

interface Locked {
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly link?: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}
const locked = Object.entries(json("package-lock.json")["packages"] as Record<string, Locked>).filter(([path, of]) =>
  path.includes("node_modules/") ? !of.link : false,
);

it("what ships is under a permissive licence", () => {
  const ships = locked.filter(([, { dev, optional }]) => !dev && !optional);
  expect(ships.length).toBeGreaterThan(10);
  expect(
    ships.filter(([, { license }]) => !["Apache-2.0", "MIT", "MIT-0", "0BSD", "ISC"].includes(license ?? "")),
  ).toEqual([]);
});

it("what is installed is pinned to its digest, comes from no host of ours, and runs nothing at install", () => {
  for (const [path, { integrity, resolved, hasInstallScript }] of locked) {
    expect.soft(integrity, path).toMatch(/^sha512-/);
    expect.soft(resolved, path).toBeUndefined();
    // fsevents is vitest's watcher, on macOS alone; esbuild works without its script, and npm is told not to run it
    if (hasInstallScript) expect.soft(["node_modules/fsevents", "node_modules/esbuild"]).toContain(path);
  }
});

it("the one script that could run is refused", () => {
  expect(json("package.json")["allowScripts"]).toEqual({ esbuild: false });
});

it("a decision says of every dependency why it is there", () => {
  const decisions = files("docs/decisions").map(read).join("\n");
  const manifests = ["package.json", ...rooms().map((room) => `packages/${room}/package.json`)].map(json);
  const names = manifests.flatMap((of) =>
    ["dependencies", "devDependencies", "optionalDependencies"].flatMap((kind) => Object.keys(of[kind] ?? {})),
  );
  const foreign = [...new Set(names)].filter((name) => !name.startsWith("@leasehold/"));
  expect(foreign.filter((name) => !decisions.includes(`\`${name}\``))).toEqual([]);
});

it("every version is exact", () => {
  const manifests = ["package.json", ...rooms().map((room) => `packages/${room}/package.json`)];
  for (const path of manifests)
    for (const kind of ["dependencies", "devDependencies", "optionalDependencies"])
      for (const [name, version] of Object.entries(json(path)[kind] ?? {}))
        expect.soft(version, `${path}: ${name}`).toMatch(/^\d+[.]\d+[.]\d+$/);
});
