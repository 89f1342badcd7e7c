import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freezeRestored } from "@leasehold/app/brake";
import { plans, reads } from "@leasehold/app/calls";
import type { CaseView } from "@leasehold/app/case-view";
import { describe, expect, it, vi } from "vitest";
import { asked, at, calledFor, json, REGION, signIn, TOKEN, typed } from "./stage-terminal.ts";

describe("a stage, asked from a terminal", () => {
  it("answers every question that the laptop answers, in the same words, and writes nothing for it", async () => {
    signIn("bob");
    const { of } = await asked();
    const proposed = join(at.home, "proposed.mjs");
    writeFileSync(proposed, 'export default { fallback: { email: "last@example.com" } };');
    const ids: Readonly<Record<string, readonly string[]>> = {
      who: [at.story.key],
      owns: ["ada@example.com"],
      explain: [at.story.key],
      "case list": ["--all"],
      "case show": [of],
      "audit show": [of],
      "audit verify": [],
      "finding list": [],
      "brake status": [],
      "person show": ["ada@example.com"],
      used: [at.story.key],
      "audit export": ["--all"],
      "audit report": [of],
      report: ["--since", "90d"],
      doctor: [],
      "first look": [],
      plan: ["ada@example.com"],
      "config check": [proposed, "--diff"],
      "drill --history": [],
    };
    for (const [words, args] of Object.entries(ids)) {
      const { exit, out, err } = await typed(...words.split(" "), ...args);
      expect([words, exit > 1, err]).toEqual([words, false, ""]); // 1 is an answer, too: nothing was used, something is wrong
      expect(out.length).toBeGreaterThan(5);
    }
    const paths = new Set(at.stage.seen.map(({ path }) => path));
    expect(Object.keys({ ...reads, ...plans }).filter((name) => !paths.has(`/v1/${name}`))).toEqual([]);
    const view = await json<CaseView>("case", "show", of);
    expect(view).toMatchObject({ id: of, status: "open", person: { name: "ada" } });
    expect((await typed("case", "show", of)).out).toContain("asked: grace <grace@example.com>");
  });

  it("finds its address in the stage's parameter, or takes the one that is given", async () => {
    await typed("brake", "status");
    const [first, second] = at.stage.seen;
    expect(JSON.parse(first?.body ?? "")).toMatchObject({ Name: "/leasehold/prod/api" });
    expect(second?.path).toBe("/v1/brake-status");
    at.stage.seen.length = 0;
    await typed("brake", "status", "--url", `${at.stage.url}/`);
    expect(at.stage.seen.map(({ path }) => path)).toEqual(["/v1/brake-status"]);
  });

  it("sends the session's token, and says no part of who signs anywhere", async () => {
    const { out, err } = await typed("doctor", "--json");
    expect(calledFor("doctor")[0]?.headers["x-amz-security-token"]).toBe(TOKEN);
    for (const secret of [TOKEN, "grace/EXAMPLEKEY"]) expect(out + err).not.toContain(secret);
  });
});

describe("in one's own name", () => {
  it("the custodian answers, the trail names them, and it is done", async () => {
    const { item, decision } = await asked();
    const told = await json("case", "answer", decision, item, "retire");
    expect(told).toEqual({ told: [{ outcome: "recorded", text: expect.stringContaining("switched off now") }] });
    await at.story.settle();
    expect(at.story.estate.diary).toHaveLength(1);
    const given = (await at.story.world.trails.entries(item)).find(({ did }) => did === "answer.given");
    expect(given?.by).toMatch(/^acc_/);
    expect(given?.by).toBe((await at.story.world.decisions.get(decision as `dec_${string}`))?.value.custodian);
  });

  it.each([
    ["last", "this was asked of somebody else"],
    ["bob", "an operator's yes is the second of two: nobody else has said yes to this, so it is not yours alone"],
  ])("whoever was not asked is refused, by the same use case as on a desk: %s", async (name, why) => {
    signIn(name);
    const { item, decision } = await asked();
    expect(await typed("case", "answer", decision, item, "keep")).toMatchObject({ exit: 1, out: `refused: ${why}\n` });
  });

  it("an operator undoes, also while the brake is on; a custodian may not", async () => {
    const { item } = await asked();
    await at.story.press("retire", "grace");
    await at.story.settle();
    expect(await typed("case", "undo", item)).toMatchObject({
      exit: 1,
      err: expect.stringContaining("this is for operators (PermissionMissing)"),
    });
    signIn("bob");
    expect(await typed("brake", "on", "--because", "looks wrong")).toMatchObject({ exit: 0, out: "the brake is on\n" });
    expect(await json("case", "undo", item)).toEqual({
      undoing: [{ windDown: item, credential: at.story.key, outcome: "undoing", as: "on its way" }],
    });
    await at.story.settle();
    await at.story.live(1);
    expect((await at.story.windDown()).windDown.closed?.as).toBe("undone");
    const [undone, set] = [await at.story.world.trails.entries(item), await at.story.world.trails.entries("brake")];
    expect(undone.find(({ did }) => did === "undo.asked")?.by).toBe(set[0]?.by);
    expect(set[0]?.by).toMatch(/^acc_/);
  });

  it("security lets go of the brake, and an operator does not", async () => {
    signIn("bob");
    await typed("brake", "on", "--because", "looks wrong");
    expect((await typed("brake", "status")).out).toContain("the brake is ON");
    expect(await typed("brake", "release")).toMatchObject({
      exit: 1,
      err: expect.stringContaining("this is for security"),
    });
    signIn("sam");
    expect(await typed("brake", "release")).toMatchObject({ exit: 0, out: expect.stringContaining("released") });
    expect(await typed("brake", "release")).toMatchObject({ exit: 1, out: "was not on\n" });
    expect((await at.story.world.trails.entries("brake")).map(({ did }) => did)).toEqual([
      "brake.set",
      "brake.released",
    ]);
  });

  it("security compares a stage that was restored with its providers, and lets go; nobody else does", async () => {
    await freezeRestored(at.story.world);
    signIn("bob");
    expect(await typed("reconcile")).toMatchObject({ exit: 1 });
    expect((await at.story.world.ledger.brake()).value.frozen).toMatchObject({ restored: true });
    signIn("sam");
    expect(await typed("brake", "release")).toMatchObject({ exit: 2, err: expect.stringContaining("reconcile") });
    const { exit, out } = await typed("reconcile");
    expect([exit, out]).toEqual([
      0,
      expect.stringMatching(/as recorded[\s\S]*1 credential was compared: the brake is let go/),
    ]);
    expect(await typed("reconcile")).toMatchObject({ exit: 1, out: expect.stringContaining("was not restored") });
  });

  it("an operator retries and opens; doctor asks the providers", async () => {
    signIn("bob");
    const { item, of } = await asked();
    expect(await json("case", "retry", item)).toEqual({ woken: [item, of] });
    expect(await json("case", "open", "bob@example.com")).toEqual({ standing: "active" });
    const checkup = await json<{ stage: string; connectors: object[]; schedules?: object }>("doctor");
    expect(checkup).toMatchObject({
      stage: "prod",
      cases: 1,
      brake: { on: false, limits: [{ used: 1 }, {}, {}, { source: "okta", used: 1 }, {}] },
    });
    expect(checkup.schedules).toBeUndefined();
    expect((await typed("doctor")).out).toContain("stage prod; now");
  });
});

describe("who may not", () => {
  it("nobody that we know is told how to become somebody", async () => {
    signIn("nobody");
    expect(await typed("brake", "status")).toMatchObject({ exit: 2, err: expect.stringContaining("aws.callers") });
  });

  it("somebody who is not active is told so", async () => {
    at.story.estate.people.set("grace", "suspended");
    expect(await typed("brake", "status")).toMatchObject({
      exit: 1,
      err: expect.stringContaining("the directory does not say that you are active"),
    });
  });

  it("whom IAM does not let through is told what to be granted", async () => {
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "another/EXAMPLEKEY");
    const { exit, err } = await typed("brake", "status");
    expect([exit, err]).toEqual([1, expect.stringContaining("execute-api:Invoke")]);
    expect(calledFor("brake-status")).toHaveLength(1);
  });

  it("a stage that is not there is named, with where it was looked for", async () => {
    at.parameter = { status: 400, body: { __type: "ParameterNotFound", message: "x" } };
    const { exit, err } = await typed("brake", "status");
    expect([exit, err]).toEqual([2, expect.stringContaining("there is no such stage in this region and account")]);
    expect(err).toContain(`region: ${REGION}`);
  });

  it.each([
    ["ExpiredTokenException", 2, "your AWS session has expired"],
    ["UnrecognizedClientException", 2, "AWS does not accept these credentials"],
    ["AccessDeniedException", 1, "ssm:GetParameter on /leasehold/prod/api"],
    ["SomethingElse", 2, "AWS refused this request"],
  ])("%s of AWS is told in our words, and its own text is not", async (type, exit, says) => {
    at.parameter = { status: 400, body: { __type: type, message: `because of ${TOKEN}` } };
    const told = await typed("brake", "status");
    expect([told.exit, told.err]).toEqual([exit, expect.stringContaining(says)]);
    expect(told.err).not.toContain(TOKEN);
  });

  it("whoever is not signed in is told so", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", undefined);
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", undefined);
    expect(await typed("brake", "status", "--url", at.stage.url)).toMatchObject({
      exit: 2,
      err: expect.stringContaining("no AWS credentials were found"),
    });
    expect(at.stage.seen).toEqual([]);
  });

  it.each([
    ["case", "undo", "wdc_1"],
    ["case", "answer", "dec_1", "wdc_1", "keep"],
  ])("%s %s in another's name is refused before anything is sent", async (...argv) => {
    expect(await typed(...argv, "--as", "sam@example.com")).toMatchObject({
      exit: 2,
      err: expect.stringContaining("you speak in the name of your own AWS identity"),
    });
    expect(at.stage.seen).toEqual([]);
  });
});
