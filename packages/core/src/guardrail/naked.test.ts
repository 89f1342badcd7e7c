import { expect, it } from "vitest";
import { derivedId, Instant } from "../kernel/index.ts";
import type { Subject } from "../lineage/index.ts";
import { isNaked, nakedServer, sayHowAsked } from "./index.ts";

const AT = Instant.parse("2026-03-02T09:00:00Z");
const facts = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, at: AT, eventId: "e1" }]));
const server = (values: Readonly<Record<string, string>>): Subject => ({
  ...{ id: derivedId("idn", "aws", "gateway"), kind: "identity", tenant: "111122223333" },
  ...{ facts: facts(values), turns: {}, evidence: [], statements: [] },
});

it.each([
  [{ authorizer: "NONE" }, true],
  [{ authorizer: "NONE", deleted: "no" }, true],
  [{ authorizer: "NONE", deleted: "yes" }, false],
  [{ authorizer: "CUSTOM_JWT" }, false],
  [{ authorizer: "AUTHENTICATE_ONLY" }, false],
  [{}, false],
])("a server of %j is naked: %s", (values, naked) => {
  expect(isNaked(server(values as Readonly<Record<string, string>>))).toBe(naked);
});

it.each([
  [{ authorizer: "NONE" }, true],
  [{ deleted: "yes" }, true],
  [{ role: "r" }, false],
])("is asked again where %j is said: %s", (values, again) => {
  expect(sayHowAsked({ facts: facts(values as Readonly<Record<string, string>>) })).toBe(again);
});

it("is one finding for each server, which names who made it and who owns it as far as that is known", () => {
  const one = nakedServer(server({ authorizer: "NONE", name: "arn:gateway", maker: "ada" }), "acc_ada", AT);
  expect(one).toMatchObject({
    ...{ kind: "naked MCP server", severity: "critical", about: derivedId("idn", "aws", "gateway") },
    facts: { server: "arn:gateway", maker: "ada", owner: "acc_ada" },
  });
  expect(nakedServer(server({ authorizer: "NONE" }), undefined, AT)).toMatchObject({ id: one.id, facts: {} });
});
