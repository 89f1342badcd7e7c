import { describe, expect, it } from "vitest";
import { checkGiven } from "../../stacks/tables/given.ts";
import { vendorGrants } from "../../stacks/tables/vendors.ts";
import home, { alone } from "../../test/infra/stages/home.config.ts";

const PLACE = { stage: "prod", account: "111122223333", region: "eu-central-1" };
const INSTANCE = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
const CENTER = {
  ...{ account: "111122223333", source: "host", identityStoreId: "d-1234567890", region: "eu-central-1" },
};

async function grantsOf(id: string, given: object, right: "read" | "act" | "contain") {
  const connectors = { [id]: { mode: "ask", settings: given } };
  const { linked } = await checkGiven("prod", { ...home, aws: alone, connectors });
  return linked.flatMap((one) => vendorGrants(one, right, PLACE));
}
const verbs = (grants: Awaited<ReturnType<typeof grantsOf>>, prefix: string) =>
  grants.flatMap(({ actions }) => actions).filter((verb) => verb.startsWith(prefix));

describe("what the functions of Identity Center may, in our own account", () => {
  it("assigns and takes off by its own instance, and by no other", async () => {
    const grants = await grantsOf("aws-identity-center", { ...CENTER, instance: INSTANCE }, "act");
    const [assigns] = grants.filter(({ actions }) => actions.includes("sso:DeleteAccountAssignment"));
    expect(assigns?.resources).toEqual([
      INSTANCE,
      "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/*",
      "arn:aws:sso:::account/*",
    ]);
    const writes = verbs(grants, "sso:").filter((verb) => !/:(List|Describe)/.test(verb));
    expect(writes).toEqual(["sso:CreateAccountAssignment", "sso:DeleteAccountAssignment"]);
  });

  it("asks nothing of an instance where none is named, and changes nothing where it reads", async () => {
    for (const right of ["read", "act"] as const)
      expect(verbs(await grantsOf("aws-identity-center", CENTER, right), "sso:")).toEqual([]);
    const reads = verbs(await grantsOf("aws-identity-center", { ...CENTER, instance: INSTANCE }, "read"), "sso:");
    expect(reads.length).toBeGreaterThan(5);
    expect(reads.filter((verb) => !/:(List|Describe|Get)/.test(verb))).toEqual([]);
  });

  it("writes inline policies of permission sets by the opt-in right alone, and provisions no others", async () => {
    const grants = await grantsOf("aws-identity-center", { ...CENTER, instance: INSTANCE, contain: true }, "contain");
    const writes = verbs(grants, "sso:").filter((verb) => !/:(List|Describe|Get)/.test(verb));
    expect(writes).toEqual([
      "sso:DeleteInlinePolicyFromPermissionSet",
      "sso:ProvisionPermissionSet",
      "sso:PutInlinePolicyToPermissionSet",
    ]);
    const [puts] = grants.filter(({ actions }) => actions.includes("sso:PutInlinePolicyToPermissionSet"));
    expect(puts?.resources).toContain("arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/*");
  });
});
