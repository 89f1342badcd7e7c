import { expect, it } from "vitest";
import { stateOf } from "../../stacks/tables/reads.ts";

const [PLAIN, WITH_READS] = ["ENABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"];

it.each([
  ["a call that reads a value", ["PutSecretValue", "GetSecretValue"], WITH_READS],
  ["several at once", ["BatchGetSecretValue"], WITH_READS],
  ["a list", ["ListUsers"], WITH_READS],
  ["a description", ["DescribeTrails"], WITH_READS],
  ["a session that is opened", ["AssumeRole"], WITH_READS],
  ["whatever begins so", [{ prefix: "Get" }], WITH_READS],
  ["calls that change something", ["CreateUser", "DeleteAccessKey"], PLAIN],
  ["a name that has it inside", ["ForgetDevice", "ResetList"], PLAIN],
  ["whatever begins otherwise", [{ prefix: "Delete" }, { suffix: "Get" }, null], PLAIN],
])("a rule that names %s", (_of, eventName, state) => {
  expect(stateOf({ source: ["aws.x"], detail: { eventName } })).toBe(state);
});

it.each([[{ source: ["aws.x"] }], [{ detail: {} }], [{ detail: { userIdentity: {} } }]])(
  "a rule that names no call, as %j, hears no reads: they would be every read of the account",
  (pattern) => {
    expect(stateOf(pattern)).toBe(PLAIN);
  },
);
