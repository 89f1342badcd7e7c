import { accountsOf } from "@leasehold/local/demo";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { corp, type Trial } from "../../trial/index.ts";

const SUE = accountsOf("sue");
let here: Trial;
beforeEach(async () => {
  here = await corp();
});
afterEach(() => here.close());

describe("person show", () => {
  it("shows the accounts, whose word counts, and every link with its strength, source and date", async () => {
    const { exit, out } = await here.run("person", "show", "sue@example.com");
    expect(exit).toBe(0);
    expect(out).toMatch(/^Sue Park <sue@example.com>, active \(okta\) +per_/);
    expect(out).toMatch(new RegExp(`${SUE.okta} +okta +Sue Park +sue@example.com +active +\\S+ \\S+ +decides`));
    expect(out).toMatch(/an address +- +sue@example.com +-/);
    expect(out).toMatch(
      /aws-identity-center Sue Park +okta Sue Park +external-id +1 +aws-identity-center +\d{4}-.* joins/,
    );
    expect(out).toMatch(/MANAGER +SINCE +SOURCE\n.*Grace Lee/);
    expect(out).toMatch(/TEAM +SINCE +SOURCE\nSupport Engineering/);
  });

  it("is of a person, and of one who is known", async () => {
    for (const id of ["nobody@example.com", "", "crd_nope"])
      expect(await here.run("person", "show", id)).toMatchObject({ exit: 2, out: "" });
  });
});

describe("person link and person unlink", () => {
  const unlink = () => here.run("person", "unlink", SUE.identityCenter, SUE.okta, "--because", "another Sue");

  it("splits a person, says so, and brings them together again with everything that was theirs", async () => {
    const theirs = async () => [await here.json("who", SUE.okta), (await here.run("owns", "sue@example.com")).out];
    const before = await theirs();
    const { exit, out } = await unlink();
    expect(exit).toBe(0);
    expect(out).toContain("they are two people from now on");
    expect(out).toContain(`Sue Park <sue@example.com>: ${SUE.identityCenter}\n`);
    expect((await here.run("person", "show", SUE.okta)).out).toMatch(/refused: terminal said on \S+ that they are two/);
    expect(await here.json("who", SUE.okta)).not.toEqual(before[0]);

    const again = await here.run("person", "link", SUE.identityCenter, SUE.okta, "--because", "the same Sue");
    expect(again).toMatchObject({ exit: 0, out: expect.stringContaining("Sue Park is one person from now on") });
    expect(await theirs()).toEqual(before);
    expect((await here.run("person", "show", SUE.okta)).out).toMatch(/by hand +1 +terminal .* the same Sue/);
  });

  it("says it once", async () => {
    await unlink();
    expect(await unlink()).toMatchObject({ exit: 0, out: expect.stringContaining("was said already") });
  });

  it("wants a reason", async () => {
    for (const verb of ["link", "unlink"]) {
      const { exit, err } = await here.run("person", verb, SUE.okta, SUE.identityCenter);
      expect([exit, err]).toEqual([2, expect.stringContaining("say why")]);
      const blank = await here.run("person", verb, SUE.okta, SUE.identityCenter, "--because", "  ");
      expect(blank).toMatchObject({ exit: 2, err: expect.stringContaining("where: because") });
    }
  });

  it("refuses two employee numbers, and says which accounts bear them", async () => {
    const ben = accountsOf("ben").okta;
    const { exit, err } = await here.run("person", "link", "sue@example.com", "ben@example.com", "--because", "one");
    expect(exit).toBe(2);
    expect(err).toContain("this link is refused: their directories give them different employee numbers");
    expect(err).toContain(ben);
    expect(err).toContain(SUE.okta);
  });

  it("is the demo's only, where nobody's name is proven", async () => {
    here.write("real.json", "{}");
    for (const verb of ["link", "unlink"]) {
      const args = ["person", verb, SUE.okta, SUE.identityCenter, "--because", "one", "--config", "real.json"];
      expect(await here.run(...args)).toMatchObject({ exit: 2, err: expect.stringContaining("proves nobody's name") });
    }
  });
});
