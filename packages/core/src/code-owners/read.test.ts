import { expect, it } from "vitest";
import { readCodeOwners } from "./index.ts";

it.each<[line: string, pattern: string, owners: readonly string[]]>([
  ["* @ada", "*", ["@ada"]],
  ["\t*.yml   @ada  @example/platform ops@example.com ", "*.yml", ["@ada", "@example/platform", "ops@example.com"]],
  ["/apps/github", "/apps/github", []],
  ["* @ada # since she built it", "*", ["@ada"]],
  ["* @ada #@sam", "*", ["@ada"]],
  ["/my\\ files/ @ada", "/my files/", ["@ada"]],
  ["a#b @ada_example", "a#b", ["@ada_example"]],
])("%s", (line, pattern, owners) => {
  expect(readCodeOwners(`# head\r\n\r\n${line}\r\n`)).toEqual({ rules: [{ line: 3, pattern, owners }], skipped: [] });
});

it.each([
  ["!*.yml @ada", "no !"],
  ["[ab].yml @ada", "no [ ]"],
  ["\\#file @ada", "no \\#"],
  ["* ada", "none of @login"],
  ["* @ada @", "none of @login"],
  ["* @a/b/c", "none of @login"],
  [`${"a".repeat(2_000)} @ada`, "longer"],
])("a line that GitHub skips counts for nothing, and the others do: %s", (line, because) => {
  const { rules, skipped } = readCodeOwners(`* @sam\n${line}\n`);
  expect(rules).toEqual([{ line: 1, pattern: "*", owners: ["@sam"] }]);
  expect(skipped).toEqual([{ line: 2, because: expect.stringContaining(because) }]);
});

it.each(["", "\n\n", "# nobody\n  # at all"])("nothing is nothing: %j", (text) => {
  expect(readCodeOwners(text)).toEqual({ rules: [], skipped: [] });
});
