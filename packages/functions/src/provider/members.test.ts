import { readConfig } from "@leasehold/app/config";
import { expect, it } from "vitest";
import { membersOf } from "./members.ts";

const { aws } = readConfig({
  fallback: { email: "a@example.com" },
  aws: {
    ...{ account: "111122223333", region: "eu-central-1", externalId: "leasehold-prod-example" },
    accounts: [{ id: "444455556666", name: "payments" }, { id: "777788889999" }],
  },
});

it.each(["read", "act", "delete"] as const)("enters an account by the role of its own right: %s", (right) => {
  expect(membersOf(aws, "prod", right)).toEqual([
    {
      ...{ id: "444455556666", name: "payments", externalId: "leasehold-prod-example" },
      role: `arn:aws:iam::444455556666:role/leasehold-prod-${right}`,
    },
    {
      ...{ id: "777788889999", name: undefined, externalId: "leasehold-prod-example" },
      role: `arn:aws:iam::777788889999:role/leasehold-prod-${right}`,
    },
  ]);
});

it("enters none as a desk, and none where none is configured", () => {
  expect(membersOf(aws, "prod", "desk")).toEqual([]);
  expect(membersOf(undefined, "prod", "read")).toEqual([]);
});
