import { describe, expect, it } from "vitest";
import { matches, maySpeakOfWorkflows, UNNAMED_WORKFLOW } from "./index.ts";

const DEPLOY = ".github/workflows/deploy.yml";

/** https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners */
it.each<[pattern: string, path: string, speaks: boolean]>([
  ["*", "any/where.js", true],
  ["*.js", "src/a.js", true],
  ["*.js", "src/a.ts", false],
  ["/build/logs/", "build/logs/2026/a.log", true],
  ["/build/logs/", "sub/build/logs/a.log", false],
  ["docs/*", "docs/getting-started.md", true],
  ["docs/*", "docs/build-app/troubleshooting.md", false],
  ["apps/", "deep/apps/a.js", true],
  ["apps/", "apps", false],
  ["/docs/", "docs/a/b.md", true],
  ["/docs/", "lib/docs/a.md", false],
  ["/scripts/", "scripts/run.sh", true],
  ["**/logs", "deeply/nested/logs/a.log", true],
  ["/apps/github", "apps/github/readme.md", true],
  ["*", DEPLOY, true],
  ["**", DEPLOY, true],
  ["/*", DEPLOY, false],
  [".github/", DEPLOY, true],
  ["/.github", DEPLOY, true],
  [".github/*", DEPLOY, false],
  [".github/**", DEPLOY, true],
  ["workflows/", DEPLOY, true],
  ["/workflows/", DEPLOY, false],
  ["/.github/workflows/*", DEPLOY, true],
  ["/.github/workflows/deploy*", DEPLOY, true],
  ["/.github/workflows/deplo?.yml", DEPLOY, true],
  ["/.github/workflows/Deploy.yml", DEPLOY, false],
  ["/.github/workflows/deploy.yml/", DEPLOY, false],
  ["**/deploy.yml", DEPLOY, true],
  ["/.github/**/deploy.yml", DEPLOY, true],
  ["/", DEPLOY, false],
])("%s and %s: %s", (pattern, path, speaks) => {
  expect(matches(pattern, path)).toBe(speaks);
});

describe("a workflow that nobody names", () => {
  it.each<[string, all: boolean, some: boolean]>([
    ["*", true, true],
    ["*.yml", true, true],
    ["/.github/", true, true],
    ["/.github/workflows/*", true, true],
    ["/.github/workflows/deploy.yml", false, true],
    ["/.github/workflows/deploy-*", false, true],
    ["deploy.yaml", false, true],
    ["*.js", false, true], // a star may stand for anything: it is kept, and matches none
    ["/src/", false, false],
    ["/services/**", false, false],
    ["README.md", false, false],
    ["src/**/workflows/", false, false],
  ])("%s speaks of all: %s; of some, perhaps: %s", (pattern, all, some) => {
    expect(matches(pattern, UNNAMED_WORKFLOW)).toBe(all);
    expect(maySpeakOfWorkflows(pattern)).toBe(some);
  });
});

it("comes to an end with any pattern", () => {
  for (const evil of ["*a".repeat(500), "**/a/".repeat(200), "**/*/".repeat(200), "*?".repeat(500)])
    expect(matches(evil, `.github/workflows/${"a".repeat(255)}`)).toBe(false);
});
