import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allowing, deniedIn, denying, isUserId, policyIn } from "./statement.ts";

const ADA = "01234561-89ab-cdef-0123-456789abcdef";
const GRACE = `9876543210-${ADA}`; // an id in its longer form, which ends as another
const LONG = "0123456189-abcdef01-2345-6789-abcd-ef0123456789"; // begins as Ada's, without its dashes
const THEIRS = { Sid: "app", Effect: "Allow", Action: ["s3:Get*"], Resource: "*" };
const policy = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

it("denies everything to that one user, by the id alone and as it is", () => {
  expect(JSON.parse(denying("", ADA, "abc"))).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        ...{ Sid: "LeaseholdEndsSessions0123456189abcdef0123456789abcdefAtabc", Effect: "Deny" },
        ...{ Action: "*", Resource: "*" },
        Condition: { StringEquals: { "identitystore:UserId": ADA } },
      },
    ],
  });
});

it.each([
  ["*", false],
  ["", false],
  [ADA, true],
  [GRACE, true],
  [`${ADA}*`, false],
  [`${ADA.slice(0, -1)}?`, false],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of a policy
  ["${aws:userid}", false],
  [`${ADA}\n`, false],
])("%j as a user's id: %j", (text, is) => expect(isUserId(text)).toBe(is));

describe("beside what somebody else wrote", () => {
  const odd = `{\n  "Statement" : [ {"Sid":"x","Effect":"Allow","Action":"s3:*","Resource":"a\\"Statement\\":[b"} ] ,\n "Version":"2012-10-17"}\n`;
  it.each([
    ["written as people write", odd],
    ["in a list", policy(THEIRS, { ...THEIRS, Sid: "second" })],
    ["with what is named as the list is", policy({ ...THEIRS, Condition: { StringLike: { Statement: ["[", "x"] } } })],
    ["with the user of another statement of ours", denying(policy(THEIRS), GRACE, "x")],
  ])("%s nothing is lost, and the way back leads to the same bytes", (_title, text) => {
    const both = denying(text, ADA, "abc");
    expect(JSON.parse(both).Statement.slice(1)).toEqual(JSON.parse(text).Statement);
    expect(both).toContain(text.slice(text.lastIndexOf("[") + 1));
    expect(allowing(both, ADA)).toBe(text);
  });

  it("that is no list becomes one, and stays the same", () => {
    const both = denying(JSON.stringify({ Version: "2012-10-17", Id: "i", Statement: THEIRS }), ADA, "abc");
    expect(JSON.parse(allowing(both, ADA) ?? "")).toEqual({ Version: "2012-10-17", Id: "i", Statement: [THEIRS] });
  });

  it("that was written anew around ours since, ours alone is taken out", () => {
    const both = JSON.stringify(JSON.parse(denying(policy(THEIRS), ADA, "abc")), null, 2);
    expect(JSON.parse(allowing(both, ADA) ?? "")).toEqual(JSON.parse(policy(THEIRS)));
  });

  it("and where nothing else is left there is no policy", () => {
    expect(allowing(denying("", ADA, "abc"), ADA)).toBeUndefined();
    expect(allowing(policy(THEIRS), ADA)).toBe(policy(THEIRS));
  });

  it("whatever it is, for whomever: in and out is the same policy, and nobody else's state moves", () => {
    const statement = fc.record({
      ...{ Sid: fc.string(), Effect: fc.constantFrom("Allow", "Deny"), Action: fc.array(fc.string()) },
      Condition: fc.dictionary(fc.string(), fc.dictionary(fc.string(), fc.array(fc.string()))),
    });
    const users = fc.shuffledSubarray([ADA, GRACE, LONG]);
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1 }), users, fc.nat(4), (statements, order, space) => {
        const text = JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, space);
        const all = order.reduce((now, user) => denying(now, user, "abc"), text);
        expect([...deniedIn(all)].sort()).toEqual([...order].sort());
        for (const user of order) expect(policyIn(allowing(all, user) ?? "", user).ours).toBe("none");
        expect(policyIn(all, ADA).rest).toEqual(policyIn(text, ADA).rest);
        const back = [...order].reverse().reduce((now, user) => allowing(now, user) ?? "", all);
        expect(back).toBe(text);
        const another = order.reduce((now, user) => allowing(now, user) ?? "", all);
        expect(another).toBe(text);
      }),
    );
  });
});

describe("ours is what is ours word for word", () => {
  const [ours] = JSON.parse(denying("", ADA, "abc")).Statement;
  it.each<[title: string, text: string, is: "none" | "unclear"]>([
    ["none", "", "none"],
    ["another's", denying("", LONG, "abc"), "none"],
    ["one that allows", policy({ ...ours, Effect: "Allow" }), "unclear"],
    [
      "one of another user",
      policy({ ...ours, Condition: { StringEquals: { "identitystore:UserId": GRACE } } }),
      "unclear",
    ],
    ["one that is like", policy({ ...ours, Condition: { StringLike: { "identitystore:UserId": ADA } } }), "unclear"],
    ["one of everybody", policy({ ...ours, Condition: {} }), "unclear"],
    ["one and another", policy(ours, { ...ours, Sid: `${ours.Sid}d` }), "unclear"],
    ["twice", policy(ours, ours), "unclear"],
    ["no policy", "?", "unclear"],
    ["a policy of no statement", "{}", "unclear"],
    ["a list", "[]", "unclear"],
  ])("%s", (_title, text, is) => {
    expect(policyIn(text, ADA).ours).toBe(is);
    expect(deniedIn(text)).not.toContain(ADA);
  });

  it("and what only has our name is somebody else's, as all else is", () => {
    const fake = { ...ours, Sid: "LeaseholdEndsSessionsOfAll", Effect: "Allow", Condition: {} };
    expect(policyIn(policy(fake, ours), ADA).rest).toEqual([fake]);
    expect(deniedIn(denying(policy(ours), "*", "abc"))).toEqual([ADA]);
  });

  it("and it tells what it was written beside", () => {
    expect(policyIn(policy(THEIRS, ours), ADA)).toEqual({ ours, beside: "abc", rest: [THEIRS] });
  });
});
