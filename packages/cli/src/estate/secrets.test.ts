import { expect, it } from "vitest";
import { secretsOf } from "./secrets.ts";

it("is found under its name in capitals, and under no other", async () => {
  const secrets = secretsOf({
    env: { LEASEHOLD_SECRET_OKTA_KEY: "value", OKTA_KEY: "ambient", AWS_SECRET_ACCESS_KEY: "ambient" },
  });
  expect(await secrets("okta.key")).toBe("value");
});

it.each([{}, { LEASEHOLD_SECRET_OKTA_KEY: "" }, { OKTA_KEY: "ambient" }])(
  "says which variable to set when it is not there",
  async (env) => {
    await expect(secretsOf({ env })("okta.key")).rejects.toMatchObject({
      name: "BadInput",
      facts: { name: "okta.key", variable: "LEASEHOLD_SECRET_OKTA_KEY" },
    });
  },
);
