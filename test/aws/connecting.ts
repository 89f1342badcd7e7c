import { describe, expect, it } from "vitest";
import { accountBehind, assumed, type Keys } from "../../packages/connectors/kit/sts.ts";
import { ACCOUNT, own } from "./moto.ts";
import { met } from "./recorder.ts";

const ROLE = `arn:aws:iam::${ACCOUNT}:role/leasehold-contract`;

/** Told by its form: what goes to STS has no client of the SDK's. */
const parts = {
  region: own.region,
  endpoint: process.env["LEASEHOLD_MOTO"],
  fetch: (url: string, init: RequestInit) => {
    met(`sts:${new URLSearchParams(String(init.body)).get("Action")}`);
    return fetch(url, init);
  },
};

/** From the credentials of a profile to those of a role, and whose they are. */
export function connecting(): void {
  describe("STS", () => {
    it("gives the keys of a role for an hour", async () => {
      const keys: Keys = await assumed(own.credentials, { role: ROLE, externalId: "the-external-id" }, parts);
      expect(keys.accessKeyId).toMatch(/^ASIA/);
      expect(keys.sessionToken?.length).toBeGreaterThan(100);
      const left = (keys.expiration?.getTime() ?? 0) - Date.now();
      expect(left).toBeGreaterThan(50 * 60_000);
      expect(left).toBeLessThan(61 * 60_000);
    });

    it("says of which account the keys are", async () => {
      expect(await accountBehind(own.credentials, parts)).toBe(ACCOUNT);
      expect(await accountBehind(await assumed(own.credentials, { role: ROLE }, parts), parts)).toBe(ACCOUNT);
    });
  });
}
