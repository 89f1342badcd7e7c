import { connectors } from "@leasehold/connectors";
import { Signal } from "@leasehold/core/signal";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { nodes, parsed, product } from "./tree.ts";

/** Names under which systems hand out values. A field of ours that is called so could hold one. */
const VALUE =
  /secret|passw|passphrase|pass_|private_?key|api_?key|bearer|cookie|authori[sz]ation|(access|refresh|session|id|auth)_?token|^raw/i;

function* names(schema: unknown): Generator<string> {
  if (schema === null || typeof schema !== "object") return;
  const { properties } = schema as { properties?: object };
  if (properties !== undefined) yield* Object.keys(properties);
  for (const part of Object.values(schema)) yield* names(part);
}

it("the pattern knows what it looks for", () => {
  const bad = ["secretAccessKey", "clientSecret", "password", "api_key", "accessToken", "sessionToken", "rawEvent"];
  expect(bad.filter((name) => !VALUE.test(name))).toEqual([]);
});

it("no signal has a field for a value", () => {
  const all = [...names(z.toJSONSchema(Signal, { io: "input", unrepresentable: "any" }))];
  expect(all).toContain("credential"); // the names were found at all
  expect(all.filter((name) => VALUE.test(name) || name === "value")).toEqual([]);
});

describe.each(Object.entries(connectors))("the settings of %s", async (_, load) => {
  const { settings } = await load();

  it("hold names of secrets, and say so", () => {
    const secret = [...names(z.toJSONSchema(settings, { io: "input", unrepresentable: "any" }))].filter((name) =>
      VALUE.test(name),
    );
    expect(secret.filter((name) => !name.endsWith("Name"))).toEqual([]);
  });
});

it("nothing that core, app, workflows or the store know has a field for a value", () => {
  const found = product()
    .filter((path) => /^packages\/(core|app|workflows|store)\//.test(path))
    .flatMap((path) =>
      [...nodes(parsed(path))]
        .filter((node) => ts.isPropertySignature(node) || ts.isPropertyAssignment(node))
        .map((node) => node.name.getText())
        .filter((name) => VALUE.test(name))
        .map((name) => `${path}: ${name}`),
    );
  expect(found).toEqual([]);
});
