import { instantOf } from "@leasehold/core/kernel";
import { demoEvents, demoHistory, KEYS } from "@leasehold/local/demo";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { corp, estate, type Trial } from "../trial/index.ts";

let here: Trial;
beforeAll(async () => {
  here = await corp();
});
afterAll(() => here.close());

describe("who", () => {
  it("shows the owner with evidence, who could have forged it, and a word for the confidence", async () => {
    const { exit, out } = await here.run("who", KEYS.support.accessKeyId);
    expect(exit).toBe(0);
    expect(out).toContain("owner: Sue Park <sue@example.com>, certain, active");
    expect(out).toMatch(/issued-by +\d[.]\d of \d[.]\d +aws-iam +forgeable by nobody +event [0-9a-f-]{36}/);
    expect(out).not.toMatch(/\b0[.]\d\d/); // 10.07 may be seconds
  });

  it("has the number in its document", async () => {
    const told = await here.json<{ owner: { confidence: number } }>("who", KEYS.support.accessKeyId);
    expect(told).toMatchObject({
      subject: { kind: "credential", id: KEYS.support.credential },
      candidates: [{ email: "sue@example.com" }],
      notVisible: [],
    });
    expect(told.owner.confidence).toBeGreaterThan(0.95);
  });

  it("says no where nobody is known, and what would help", async () => {
    const { exit, out } = await here.run("who", KEYS.legacy.accessKeyId);
    expect(exit).toBe(1);
    expect(out).toContain("owner: nobody is known");
    expect(out).toContain("What would make it surer:\n  Import the event that issued it");
  });

  it("says what could not be seen", async () => {
    const fresh = estate();
    fresh.write("past.json", JSON.stringify(demoHistory(instantOf(Date.now()))));
    await fresh.run("replay", "past.json");
    expect((await fresh.run("who", KEYS.support.accessKeyId)).out).toMatch(
      /What could not be seen:\n( {2}.*\n)* {2}Okta was never listed[.]/,
    );
    fresh.close();
  });

  it.each(["AKIANOBODYXXXEXAMPLE", "nobody@example.com", "what?", "", "crd_nope"])("does not know %j", async (id) => {
    expect(await here.run("who", id)).toMatchObject({
      exit: 2,
      out: "",
      err: expect.stringContaining("nothing is known by this name"),
    });
  });
});

describe("owns", () => {
  it("lists everything of a person, by address", async () => {
    const { exit, out } = await here.run("owns", "sue@example.com");
    expect(exit).toBe(0);
    expect(out).toContain("Sue Park <sue@example.com>, active: 5 credentials");
    expect(out).toMatch(
      new RegExp(`${KEYS.migration.credential} +access key +.*migration-agent +certain +on +\\S+ +admin`),
    );
    const { credentials } = await here.json<{ credentials: readonly { credential: string }[] }>(
      "owns",
      "sue@example.com",
    );
    expect(credentials).toHaveLength(5);
  });

  it("wants a person", async () => {
    expect(await here.run("owns", KEYS.support.accessKeyId)).toMatchObject({
      exit: 2,
      err: expect.stringContaining("this is not a person"),
    });
  });
});

describe("a name from outside", () => {
  it("moves no cursor and writes over no line", async () => {
    const fresh = estate();
    const event = JSON.stringify(demoEvents.sueLeaves(instantOf(Date.now()))).replaceAll(
      "user.lifecycle.deactivate",
      "evil",
    );
    fresh.write("past.json", event.replace('"evil"', '"\\u001b[2Jevil"'));
    const { out } = await fresh.run("replay", "past.json");
    expect(out).not.toContain("\u001b");
    fresh.close();
  });
});
