import { KEYS } from "@leasehold/local/demo";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { corp, type Trial } from "../../trial/index.ts";

let here: Trial;
beforeAll(async () => {
  here = await corp();
});
afterAll(() => here.close());

/** Hours from the plan's own instant on, so that the page is the same whenever it is made. */
function timeless(out: string): string {
  const at = (text: string) => Date.parse(`${text.replace(" ", "T")}:00Z`);
  const made = at(/made (\d{4}-\d\d-\d\d \d\d:\d\d)/.exec(out)?.[1] ?? "");
  return out
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d/g, (text) => `+${Math.round((at(text) - made) / 3_600_000)}h`)
    .replaceAll(/\d{4}-\d\d-\d\d/g, "<day>")
    .replaceAll(/plan \S+,/g, "plan <token>,");
}

describe("plan", () => {
  it("tells of the demo's leaver, before she leaves, what would happen", async () => {
    const { exit, out } = await here.run("plan", "sue@example.com");
    expect(exit).toBe(0);
    await expect(timeless(out)).toMatchFileSnapshot("fixtures/sue-would-leave.txt");
  });

  it("is a document, and names what it rests on", async () => {
    const plan = await here.json<{ supposed: boolean; token: string; items: readonly object[] }>(
      "plan",
      "sue@example.com",
    );
    expect(plan).toMatchObject({ supposed: true, live: "active", person: { name: "Sue Park", standing: "active" } });
    expect(plan.items.length).toBeGreaterThan(2);
    expect((await here.json<{ token: string }>("plan", "sue@example.com")).token).toBe(plan.token);
  });

  it.each([
    [[KEYS.support.accessKeyId], "1 credential, widest"],
    [["sue@example.com", "--as-of", "14d"], "They are active: this is what would happen if they left on"],
    [["break-glass-nobody@example.com"], undefined],
  ])("of %j", async (argv, says) => {
    const { exit, out } = await here.run("plan", ...argv);
    expect([exit, says === undefined || out.includes(says)]).toEqual([says === undefined ? 2 : 0, true]);
  });

  it.each([
    [["sue@example.com", "--as-of", "2020-01-01T00:00:00Z"], "a preview is of now or of later"],
    [["sue@example.com", "--as-of", "500d"], "a preview is of a year at most"],
    [["sue@example.com", "--as-of", "soon"], "this is no time"],
    [["sue@example.com", "--against", "none.json"], "this is no answer of `leasehold plan --json`"],
    [["arn:aws:iam::111122223333:user/support-agent"], "this is neither a person nor a credential"],
  ])("refuses %j", async (argv, says) => {
    expect(await here.run("plan", ...argv)).toMatchObject({ exit: 2, out: "", err: expect.stringContaining(says) });
  });

  it("says what moved since an earlier one", async () => {
    const before = await here.run("plan", "pat@example.com", "--json");
    here.write("pat.plan.json", before.out);
    expect(await here.run("plan", "pat@example.com", "--against", "pat.plan.json")).toMatchObject({
      ...{ exit: 0, out: expect.stringContaining("Nothing has moved since that plan.") },
    });
    const nia = await here.run("plan", "nia@example.com", "--json");
    here.write("nia.plan.json", nia.out.replaceAll('"owner": "acc_', '"owner": "acc_x'));
    const after = await here.run("plan", "nia@example.com", "--against", "nia.plan.json");
    expect(after).toMatchObject({ exit: 1, out: expect.stringContaining("Moved since that plan") });
  });
});

describe("config check", () => {
  const SAFE = (more: object) =>
    `export default ${JSON.stringify({ fallback: { email: "fay@example.com" }, ...more })};\n`;

  it("reads a file, or says which field is wrong", async () => {
    here.write("good.mjs", SAFE({ connectors: { github: { settings: { signingName: "github.webhook" } } } }));
    here.write("unset.mjs", SAFE({ connectors: { okta: {} } }));
    here.write("bad.mjs", SAFE({ playbook: { notice: -1 } }));
    expect(await here.run("config", "check", "good.mjs")).toMatchObject({
      exit: 0,
      out: expect.stringMatching(/^It is valid, with 1 connector.\nsecurity names fewer than two people/),
    });
    expect(await here.run("config", "check", "bad.mjs")).toMatchObject({
      ...{ exit: 2, err: expect.stringContaining("playbook.notice") },
    });
    expect(await here.run("config", "check", "unset.mjs")).toMatchObject({
      ...{ exit: 2, err: expect.stringContaining("connectors.okta.settings.org") },
    });
    const aws = { account: "111122223333", region: "eu-central-1", trailFiles: { bucket: "logs", prefix: "AWSLogs" } };
    here.write("stage.mjs", SAFE({ aws }));
    expect(await here.run("config", "check", "stage.mjs")).toMatchObject({
      ...{ exit: 2, err: expect.stringContaining("aws.trailFiles.prefix: a folder") },
    });
    expect(await here.run("config", "check")).toMatchObject({ exit: 2, err: expect.stringContaining("name the file") });
    expect(await here.run("config", "check", "--diff", "--config", "good.mjs")).toMatchObject({ exit: 2 });
    expect(await here.run("config", "check", "good.mjs", "--exit-code")).toMatchObject({ exit: 2 });
  });

  it("says what it would do to the wind-downs that are open, and changes none of them", async () => {
    const { demoConfig } = await import("@leasehold/local/demo");
    const demo = demoConfig();
    await here.run("deliver", "sue.json");
    await here.run("clock", "--advance", "1h");
    const before = await here.run("case", "list", "--json");
    const write = (name: string, more: object) =>
      here.write(name, `export default ${JSON.stringify({ ...demo, ...more })};\n`);
    write("same.mjs", {});
    write("never.mjs", { neverTouch: [{ because: "it is ours", connector: "aws-iam", identity: "*" }] });
    write("brake.mjs", { brake: { peopleAnHour: { least: 9, share: 0, most: 9 } } });
    const same = await here.run("config", "check", "same.mjs", "--diff", "--exit-code");
    expect(same).toMatchObject({
      exit: 0,
      out: expect.stringMatching(/^[1-9]\d* open wind-downs?, [1-9]\d* compared: none would/),
    });
    const never = await here.run("config", "check", "never.mjs", "--diff", "--exit-code");
    expect(never).toMatchObject({ exit: 1, out: expect.stringContaining("never touched: it is ours") });
    expect(never.out).toMatch(/now: {6}\d{4}-.*\n {2}proposed: \d{4}-/);
    expect((await here.run("config", "check", "never.mjs", "--diff")).exit).toBe(0);
    const brake = await here.run("config", "check", "brake.mjs", "--diff");
    expect(brake.out).toContain("peopleAnHour: 5 now, 9 proposed");
    expect(await here.run("case", "list", "--json")).toEqual(before);
  });
});
