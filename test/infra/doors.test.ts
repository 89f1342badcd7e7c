import { connectors as registry } from "@leasehold/connectors";
import { type Connector, ROUTES } from "@leasehold/core/connector";
import { functions, RIGHTS } from "@leasehold/workflows";
import { describe, expect, it } from "vitest";
import { CHALLENGED, methodsOf } from "../../stacks/tables/vendors.ts";

describe("the doors of the connectors", async () => {
  const all: readonly Connector[] = await Promise.all(Object.values(registry).map((load) => load()));

  it("are open to GET where the hook answers a challenge by it, and nowhere else", () => {
    const said = "EXAMPLE"; // whatever header is looked at says this, and so does the secret
    const headers = new Proxy({}, { get: () => said });
    const settings = { org: "https://example.okta.com", sources: { [said]: { secretName: "ingest.x", kinds: [] } } };
    const answers = ({ hook }: Connector) => {
      try {
        const request = { method: "GET" as const, headers, body: "" };
        return "challenge" in (hook?.read(request, [said], "2026-01-05T00:00:00.000Z" as never, settings) ?? {});
      } catch {
        return false;
      }
    };
    expect(all.filter(answers).map(({ id }) => id)).toEqual(CHALLENGED);
    for (const one of all)
      expect(methodsOf({ id: one.id, connector: one })).toEqual(answers(one) ? ["POST", "GET"] : ["POST"]);
  });

  it("and their functions have names that no step has, and no other connector", () => {
    const steps = [...Object.keys(functions), ...ROUTES.map((route) => `receive-${route}`), "table", "bus", "ingest"];
    const vendors = all.flatMap(({ id }) => [...RIGHTS, "in", "1", "silent"].map((part) => `${id}-${part}`));
    expect(new Set([...steps, ...vendors]).size).toBe(steps.length + vendors.length);
  });
});
