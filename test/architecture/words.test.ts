import ts from "typescript";
import { describe, expect, it } from "vitest";
import { files, parsed, product, read } from "./tree.ts";

/** Of the words that the glossary does not want, those that mean nothing else in this code. */
const UNWANTED = [
  "onboard",
  "terminate",
  "notifier",
  "delegate",
  "approver",
  "bot",
  "outbox",
  "topology",
  "vote",
  "severity",
  "stale",
  "crawl",
  "anomaly",
  "alert",
  "runbook",
  "offboarding",
  "snooze",
  "approval",
  "plugin",
  "adapter",
  "exception",
];
/** What a name may say although the glossary does not want it, and why. */
const KNOWN: Readonly<Record<string, string>> = {
  severity: "a finding has one; it is unwanted only for reversibility",
  outbox: "the store's own table of what is pending",
};
/** Names of files that say nothing. */
const EMPTY = ["utils", "util", "helpers", "helper", "common", "manager", "service", "services", "types", "misc"];

const wordsOf = (name: string) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/);

const exported = product()
  .filter((path) => path.startsWith("packages/"))
  .flatMap((path) =>
    parsed(path)
      .statements.filter((one) => ts.canHaveModifiers(one) && isExported(one))
      .flatMap(namesOf)
      .map((name) => ({ path, name })),
  );

function isExported(node: ts.HasModifiers): boolean {
  return ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function namesOf(node: ts.Statement): string[] {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations.map(({ name }) => name.getText());
  const { name } = node as ts.DeclarationStatement;
  return name ? [name.getText()] : [];
}

/** The rows of the glossary's tables: the word, what it is, and what it is not called. */
const glossary = read("docs/glossary.md")
  .split("\n")
  .filter((line) => /^[|] (?!word|---)/.test(line))
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .map(([, word = "", what = "", not = ""]) => ({ word, what, not }));

describe("the glossary", () => {
  it("says of each word what it is, once", () => {
    const words = glossary.map(({ word }) => word).filter((word) => word !== "people");
    expect(words.length).toBeGreaterThan(50);
    expect(new Set(words).size).toBe(words.length);
    expect(glossary.filter(({ what }) => what === "")).toEqual([]);
  });

  it("is where the unwanted words come from", () => {
    const unwanted = new Set(glossary.flatMap(({ not }) => wordsOf(not)));
    expect(UNWANTED.filter((word) => !unwanted.has(word))).toEqual([]);
  });
});

it("no exported name uses a word that the glossary does not want", () => {
  expect(exported.length).toBeGreaterThan(300);
  const wrong = exported.filter(({ name }) =>
    wordsOf(name).some((word) => UNWANTED.includes(word) && KNOWN[word] === undefined),
  );
  expect(wrong).toEqual([]);
});

it("no file is named after nothing", () => {
  const named = files("packages").concat(files("scripts"), files("test"));
  expect(named.filter((path) => path.split(/[/.]/).some((part) => EMPTY.includes(part)))).toEqual([]);
});
