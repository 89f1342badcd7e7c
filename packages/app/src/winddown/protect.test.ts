import type { Subject } from "@leasehold/core/lineage";
import { marksOf } from "@leasehold/core/signal";
import { expect, it } from "vitest";
import { hours } from "../../../../test/support/signals.ts";
import { protection } from "./protect.ts";

const fact = (value: string) => ({ value, at: hours(0), eventId: "example" });
const credential = (tags: Readonly<Record<string, string>> | undefined): Subject => ({
  ...{ id: "crd_01", kind: "credential", tenant: "111122223333", turns: {}, evidence: [], statements: [] },
  facts: { connector: fact("aws-iam"), ...(tags && { tags: fact((marksOf(tags) ?? []).join(" ")) }) },
});
const ARN = "arn:aws:iam::111122223333:user/emergency/eu/deploy";
const because = "it is the way in";

it.each<[string, object, boolean]>([
  ["a tag by its key", { tag: "env" }, true],
  ["a tag by key and value", { tag: "env=prod" }, true],
  ["a tag of another value", { tag: "env=dev" }, false],
  ["a tag that it has not", { tag: "team" }, false],
  ["the whole path", { path: "/emergency/eu/" }, true],
  ["a path and all below it", { path: "/emergency/*" }, true],
  ["another path", { path: "/emergency/" }, false],
  ["its name and not its path", { path: "*deploy*" }, false],
  ["a path, and a tag that it has not", { path: "/emergency/*", tag: "team" }, false],
  ["another account", { tenant: "444455556666", tag: "env" }, false],
])("a rule fits that names %s: %s", (_title, rule, fits) => {
  const found = protection([{ because, ...rule }], credential({ env: "prod" }), ARN);
  expect(found).toBe(fits ? `never touched: ${because}` : undefined);
});

it.each<[string, object, Subject, string | undefined]>([
  ["tags that nobody read", { tag: "env=dev" }, credential(undefined), ARN],
  ["a path that its name does not say", { path: "/emergency/" }, credential({}), "deploy"],
  ["a path of no name", { path: "/emergency/" }, credential({}), undefined],
])("a doubt protects: %s", (_title, rule, subject, identity) => {
  expect(protection([{ because, ...rule }], subject, identity)).toBe(`never touched: ${because}`);
});

it("no configuration opens what is built in", () => {
  expect(protection([], credential({ "leasehold:never-touch": "" }), ARN)).toBe(
    "never touched: it is tagged leasehold:never-touch",
  );
  expect(protection([], credential({}), "arn:aws:iam::111122223333:root")).toBe("never touched: it is the root user's");
  expect(protection([], credential({ env: "prod" }), ARN)).toBeUndefined();
});
