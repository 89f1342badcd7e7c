import { connectors } from "@leasehold/connectors";
import { expect, it } from "vitest";
import { connect, type Settings } from "../../../packages/connectors/src/okta/api.ts";
import { MONDAY } from "../../support/clock.ts";

const PROVIDER = 25; // seconds: remote/invoke.ts waits no longer, and stacks/tables/lambdas.ts gives no more
const ROUND_TRIP = 0.2; // seconds: a usual answer of Okta's

/** An organisation of a thousand, as Okta lists it: two hundred to a page, who report to one of forty managers by address. */
const people = (limit: number) =>
  Array.from({ length: limit }, (_, n) => ({
    ...{ id: `00u${String(n).padStart(12, "0")}`, status: "ACTIVE", lastUpdated: "2026-10-01T00:00:00.000Z" },
    profile: { login: `u${n}@example.com`, email: `u${n}@example.com` },
  }));

it("a page of Okta's list ends within the time that its function has on AWS", async () => {
  const okta = await connectors.okta();
  let spent = 0;
  let flying = 0;
  const fetch = async (url: string) => {
    const { pathname, searchParams } = new URL(url);
    if (flying === 0) spent += ROUND_TRIP; // what goes out at the same time is waited for once
    flying += 1;
    await new Promise((done) => setImmediate(done));
    flying -= 1;
    if (pathname.endsWith("/token"))
      return Response.json({ access_token: "EXAMPLE", expires_in: 3600, token_type: "Bearer" });
    if (pathname.endsWith("/grants")) return Response.json([]);
    return Response.json(people(Number(searchParams.get("limit") ?? 200)), {
      headers: { link: '<https://example.okta.com/api/v1/users?after=1&limit=200>; rel="next"' },
    });
  };
  const settings = {
    org: "https://example.okta.com",
    clientId: "0oaexample",
    keyName: "okta.key",
    scopes: ["okta.users.read"],
  };
  const { generateKeyPairSync } = await import("node:crypto");
  const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({
    type: "pkcs8",
    format: "pem",
  }) as string;
  const api = connect(
    settings as Settings,
    async () => key,
    () => MONDAY,
    fetch as never,
  );
  const page = await okta.lists!.page(api, undefined, MONDAY);
  expect(page.signals.length).toBeGreaterThan(0);
  expect(spent).toBeLessThan(PROVIDER); // or every sweep stops at its first page, and `whole` is never true
});
