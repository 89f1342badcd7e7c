import fc from "fast-check";
import { expect, it } from "vitest";
import { trustsOf } from "./trust.ts";

const GITHUB = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
const allow = (Principal: unknown, Condition?: object, Action: unknown = "sts:AssumeRole") => ({
  ...{ Effect: "Allow", Principal, Action },
  ...(Condition && { Condition }),
});
const read = (...Statement: object[]) => trustsOf(JSON.stringify({ Version: "2012-10-17", Statement }));

it.each<[string, object, readonly string[]]>([
  [
    "a service",
    allow({ Service: ["lambda.amazonaws.com", "ec2.amazonaws.com"] }),
    ["service ec2.amazonaws.com", "service lambda.amazonaws.com"],
  ],
  ["an account", allow({ AWS: "arn:aws:iam::444455556666:root" }), ["aws arn:aws:iam::444455556666:root"]],
  ["one user", allow({ AWS: ["arn:aws:iam::111122223333:user/ada"] }), ["aws arn:aws:iam::111122223333:user/ada"]],
  ["anybody", allow("*"), ["aws *"]],
  ["anybody, in the other spelling", allow({ AWS: "*" }), ["aws *"]],
  ["everybody but one", { Effect: "Allow", NotPrincipal: { AWS: "x" }, Action: "sts:AssumeRole" }, ["aws *"]],
  [
    "anybody of an organisation, who knows an external id",
    allow({ AWS: "*" }, { StringEquals: { "aws:PrincipalOrgID": "o-x", "sts:ExternalId": "y" } }),
    ["aws * if aws:principalorgid, sts:externalid"],
  ],
  [
    "the branches of a repository",
    allow(
      { Federated: GITHUB },
      { StringLike: { "token.actions.githubusercontent.com:sub": ["repo:a/b:*", "repo:a/c:ref:x"] } },
      "sts:AssumeRoleWithWebIdentity",
    ),
    ["oidc token.actions.githubusercontent.com repo:a/b:*", "oidc token.actions.githubusercontent.com repo:a/c:ref:x"],
  ],
  [
    "everybody whom a provider vouches for, where only the audience is asked",
    allow({ Federated: GITHUB }, { StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" } }),
    ["oidc token.actions.githubusercontent.com *"],
  ],
  [
    "everybody but one, where a subject is excluded only",
    allow({ Federated: GITHUB }, { StringNotEquals: { "token.actions.githubusercontent.com:sub": "repo:a/b:x" } }),
    ["oidc token.actions.githubusercontent.com *"],
  ],
  [
    "a SAML provider",
    allow({ Federated: "arn:aws:iam::111122223333:saml-provider/okta" }, undefined, "sts:AssumeRoleWithSAML"),
    ["saml arn:aws:iam::111122223333:saml-provider/okta"],
  ],
  [
    "nobody, where only tags may be set",
    allow({ AWS: "*" }, undefined, ["sts:TagSession", "sts:SetSourceIdentity"]),
    [],
  ],
  ["nobody, where it is denied", { ...allow("*"), Effect: "Deny" }, []],
  ["whoever may do anything", allow({ AWS: "111122223333" }, undefined, "*"), ["aws 111122223333"]],
])("lets in %s", (_title, statement, trusts) => {
  expect(read(statement)).toEqual(trusts);
});

it("reads a document as IAM hands it out, and one statement by itself", () => {
  const document = { Version: "2012-10-17", Statement: allow({ Service: "lambda.amazonaws.com" }) };
  expect(trustsOf(encodeURIComponent(JSON.stringify(document)))).toEqual(["service lambda.amazonaws.com"]);
});

it("says each once, and that there are more than it keeps", () => {
  const of = (n: number) => allow({ AWS: Array.from({ length: n }, (_, one) => `${100000000000 + one}`) });
  expect(read(of(16), of(16))).toHaveLength(16);
  expect(read(of(17))).toBeNull();
  expect(read(allow({ Service: "x".repeat(300) }))).toBeNull();
});

it("throws at nothing, and what it cannot read it does not call nobody", () => {
  expect(trustsOf(undefined)).toBeUndefined();
  expect(trustsOf("{")).toBeUndefined();
  fc.assert(fc.property(fc.jsonValue(), (junk) => void trustsOf(JSON.stringify(junk))));
  fc.assert(fc.property(fc.string(), (junk) => void trustsOf(junk)));
});
