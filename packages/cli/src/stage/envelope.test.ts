import { describe, expect, it } from "vitest";
import { answerIn } from "./envelope.ts";

const fault = (name: string, more: object = {}) =>
  JSON.stringify({ error: { name, message: "it moved", facts: {}, remedy: "retry", ...more } });
const thrown = (status: number, text: string, type: string | null = null) => {
  try {
    return answerIn(status, type, text);
  } catch (error) {
    return error;
  }
};

describe("what a stage says", () => {
  it.each([[{ cases: [] }], [null], ["a word"], [{ error: "an answer may have one" }]])(
    "is its answer: %j",
    (answer) => {
      expect(answerIn(200, null, JSON.stringify({ answer }))).toEqual(answer);
    },
  );

  it.each([
    [400, "BadInput", "BadInput"],
    [403, "PermissionMissing", "PermissionMissing"],
    [409, "Conflict", "Conflict"],
    [429, "Throttled", "Throttled"],
    [500, "Braked", "Braked"],
    [503, "Unavailable", "Unavailable"],
    [500, "SomethingNew", "Unexpected"],
  ])("%i %s is a fault of ours: %s", (status, name, ours) => {
    expect(thrown(status, fault(name))).toMatchObject({ name: ours, message: "it moved" });
  });

  it("keeps facts that are words and numbers, and nothing that could hold more", () => {
    const facts = { where: "id", most: 3, whole: true, inner: { value: "x" }, none: null };
    expect(thrown(400, fault("BadInput", { facts }))).toMatchObject({ facts: { where: "id", most: 3, whole: true } });
    expect((thrown(400, fault("BadInput", { facts })) as { facts: object }).facts).not.toHaveProperty("inner");
  });

  it("401 tells how to be somebody", () => {
    expect(thrown(401, fault("PermissionMissing"))).toMatchObject({
      name: "BadInput",
      message: expect.stringContaining("aws.callers"),
    });
  });
});

describe("what somebody before it says", () => {
  it.each([
    [403, '{"message":"Forbidden"}', null, "PermissionMissing", "your AWS identity may not do this"],
    [
      403,
      '{"message":"User: x is not authorized to perform: execute-api:Invoke"}',
      "AccessDeniedException",
      "PermissionMissing",
      "may not",
    ],
    [
      403,
      '{"message":"The security token included in the request is expired"}',
      "ExpiredTokenException",
      "BadInput",
      "expired",
    ],
    [403, '{"message":"Signature expired: now earlier"}', "InvalidSignatureException", "BadInput", "expired"],
    [
      403,
      '{"message":"The security token included in the request is invalid."}',
      "UnrecognizedClientException",
      "BadInput",
      "does not accept",
    ],
    [403, '{"message":"The request signature we calculated does not match"}', null, "BadInput", "does not accept"],
    [429, '{"message":"Too Many Requests"}', null, "Throttled", "slow down"],
    [502, "<html>", null, "Unavailable", "could not answer"],
    [200, "<html>a login page</html>", null, "BadInput", "no answer of Leasehold's API"],
    [200, '{"error":"half"}', null, "BadInput", "no answer of Leasehold's API"],
    [200, "[]", null, "BadInput", "no answer of Leasehold's API"],
    [404, '{"message":"Not Found"}', null, "BadInput", "no answer of Leasehold's API"],
    [302, "", null, "BadInput", "no answer of Leasehold's API"],
  ])("%i %s (%s)", (status, text, type, name, says) => {
    expect(thrown(status, text, type)).toMatchObject({ name, message: expect.stringContaining(says) });
  });
});
