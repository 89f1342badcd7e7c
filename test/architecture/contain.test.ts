import { describe, expect, it } from "vitest";
import { CONTAINS, vendorGrants } from "../../stacks/tables/vendors.ts";
import { hand, linkedAs, planted } from "./planted.ts";

const INSTANCE = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
/** In our account, or of the instance that the settings name, in whatever account it lets people into. */
const OURS = /111122223333|\/ssoins-1234567890abcdef(\/|$)|^arn:aws:sso:::account\/[*]$/;
const PLACE = { stage: "prod", account: "111122223333", region: "eu-central-1" };

describe("verbs that write a policy", () => {
  it.each(CONTAINS)("%s is for the opt-in right alone", (verb) => {
    const at = { account: "111122223333", regions: ["eu-central-1"], instance: INSTANCE, contain: true };
    const [acts, contains] = [false, true].map((contain) =>
      linkedAs(planted({ acts: [{ ...hand("end-sessions", [verb]), ...(contain && { contain }) }] as never }), at),
    );
    expect(() => vendorGrants(acts!, "act", PLACE)).toThrow(expect.objectContaining({ name: "BadInput" }));
    expect(vendorGrants(contains!, "act", PLACE).flatMap(({ actions }) => actions)).not.toContain(verb);
    const [written] = vendorGrants(contains!, "contain", PLACE);
    expect(written?.actions).toEqual([verb]);
    expect(written?.resources.filter((one) => !OURS.test(one))).toEqual([]);
  });

  it("of the opt-in kind are these, by name", () => {
    expect(CONTAINS).toEqual([
      ...["iam:DeleteRolePolicy", "iam:DeleteUserPolicy", "iam:PutRolePolicy", "iam:PutUserPolicy"],
      ...["secretsmanager:DeleteResourcePolicy", "secretsmanager:PutResourcePolicy"],
      ...[
        "sso:DeleteInlinePolicyFromPermissionSet",
        "sso:ProvisionPermissionSet",
        "sso:PutInlinePolicyToPermissionSet",
      ],
    ]);
  });
});
