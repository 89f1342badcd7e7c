import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { SECRETS } from "../../support/meddle.ts";

/** Settings hold names: an unknown key is a spelling mistake, and a secret must not come to lie in a configuration file. */
export function settingsLaws(settings: z.ZodMiniType): void {
  describe("settings", () => {
    const { properties = {} } = z.toJSONSchema(settings, { io: "input", unrepresentable: "any" });

    it("refuses a key that it does not know", () => {
      const codes = settings.safeParse({ leaseholdLaws: "?" }).error?.issues.map(({ code }) => code);
      expect(codes).toContain("unrecognized_keys");
    });

    it("refuses whatever looks like a secret, under every key, and does not repeat it", () => {
      for (const key of Object.keys(properties))
        for (const secret of SECRETS) {
          const issues = settings.safeParse({ [key]: secret }).error?.issues ?? [];
          expect(issues.map(({ path }) => path[0])).toContain(key);
          expect(JSON.stringify(issues)).not.toContain(secret);
        }
    });
  });
}
