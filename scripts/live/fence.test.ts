import {
  CreateUserCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  GetUserCommand,
  IAMClient,
  ListUsersCommand,
  TagUserCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import { GetSecretValueCommand, ListSecretsCommand } from "@aws-sdk/client-secrets-manager";
import { describe, expect, it } from "vitest";
import { fenceOf, type Made, noted } from "./fence.ts";
import { watched } from "./watch.ts";

const UserName = "canary-of-leasehold-0123456789abcdef";
const OTHER = "agent-7";
const PolicyArn = "arn:aws:iam::111122223333:policy/leasehold-canary-0123456789abcdef-quarantine";
const reads = new Set(["GetUser", "ListSecrets"]);

function standing(): Made {
  const made: Made = new Map();
  noted(made, "UserName", UserName);
  noted(made, "AccessKeyId", "AKIAIOSFODNN7EXAMPLE");
  noted(made, "PolicyArn", PolicyArn);
  noted(made, "PolicyName", "leasehold-end-sessions");
  return made;
}
const key = (of: { readonly UserName?: string; readonly AccessKeyId?: string }) =>
  new UpdateAccessKeyCommand({ UserName, AccessKeyId: "AKIAIOSFODNN7EXAMPLE", Status: "Inactive", ...of });

describe("the fence", () => {
  it.each<[title: string, command: object]>([
    ["a declared read", new GetUserCommand({ UserName: OTHER })],
    ["what this run begins to make, by the name that it drew", new CreateUserCommand({ UserName: "drawn" })],
    ["a change of its own key", key({})],
    ["taking its own policy off its own user", new DetachUserPolicyCommand({ UserName, PolicyArn })],
    ["the end of its own user", new DeleteUserCommand({ UserName })],
  ])("lets %s through", (_title, command) => {
    expect(() => fenceOf({ reads, made: standing(), drawn: ["drawn"] })(command)).not.toThrow();
  });

  it.each<[title: string, command: object]>([
    ["a read that is not declared", new ListUsersCommand({})],
    ["what gives out a value", new GetSecretValueCommand({ SecretId: "x" })],
    ["another's key", key({ UserName: OTHER })],
    ["a key of its own user that it did not make", key({ AccessKeyId: "AKIAI44QH8DHBEXAMPLE" })],
    ["a change of whoever signs, where no user is named", key({ UserName: undefined as unknown as string })],
    [
      "another's policy",
      new DetachUserPolicyCommand({ UserName, PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }),
    ],
    ["its policy on another", new DetachUserPolicyCommand({ UserName: OTHER, PolicyArn })],
    ["an inline policy of another name", new DeleteUserPolicyCommand({ UserName, PolicyName: "theirs" })],
    ["the end of another", new DeleteUserCommand({ UserName: OTHER })],
    ["a user by a name that it did not draw", new CreateUserCommand({ UserName: OTHER })],
    ["a change that nobody listed, though it names its own user", new TagUserCommand({ UserName, Tags: [] })],
  ])("keeps back %s", (_title, command) => {
    expect(() => fenceOf({ reads, made: standing(), drawn: ["drawn"] })(command)).toThrow(/refused before it was sent/);
  });

  it.each<[title: string, api: object]>([
    ["a client", new IAMClient({ region: "us-east-1" })],
    ["one with a client in it", { iam: new IAMClient({ region: "us-east-1" }) }],
  ])("takes no connector's api that is %s, which it could not hold back", (_title, api) => {
    expect(() => watched(api, fenceOf({ reads }), [], () => 0)).toThrow(/nothing can hold back/);
  });

  it("keeps back every change where nothing was made, also one that is called a read by a connector", () => {
    const fence = fenceOf({ reads: new Set(["ListSecrets", "UpdateAccessKey"]) });
    expect(() => fence(new ListSecretsCommand({}))).not.toThrow();
    expect(() => fence(key({}))).toThrow(/refused before it was sent/);
  });
});
