import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { connectors } from "@leasehold/connectors";
import { expect, it } from "vitest";
import { BESIDE, isAnswered, permissionsOf, SERVICES } from "../aws/coverage.ts";
import { DIFFERENCES, MENDED } from "../aws/differences.ts";

it("docs/aws-contract.md says what was held against moto, what could not be, and where the two differ", async () => {
  const all = await Promise.all(Object.values(connectors).map((load) => load()));
  const ours = [
    ...new Set([...BESIDE, ...all.filter(({ id }) => id.startsWith("aws-")).flatMap(permissionsOf)]),
  ].sort();
  expect(ours.filter((one) => !((one.split(":")[0] ?? "") in SERVICES))).toEqual([]); // of whatever service: moto is asked for it
  const list = (of: readonly string[]) => of.map((one) => `- \`${one}\``);
  const page = [
    "# What is held against moto",
    "",
    "`npm run test:aws` runs our connectors, through AWS's own SDK, and what our functions ask of AWS themselves, against moto: an",
    "AWS API server that others wrote. Which operations moto answers is read from moto. This page is generated; `npm run golden`",
    "writes it.",
    "",
    "## Exercised",
    "",
    "Each of these, or the run fails.",
    "",
    ...list(ours.filter(isAnswered)),
    "",
    "## Not answered by moto",
    "",
    "These rest on our simulator and on AWS's pages alone.",
    "",
    ...list(ours.filter((one) => !isAnswered(one))),
    "",
    "## Differences",
    "",
    "Where the simulator and moto do not say the same (`*` is anything), and who is right.",
    "",
    "| simulator / moto | right | because | page |",
    "| --- | --- | --- | --- |",
    ...DIFFERENCES.map(({ where, right, because, page: at }) => `| \`${where}\` | ${right} | ${because} | ${at} |`),
    "",
    "## Mended",
    "",
    "Where moto is no answer that the SDK takes, or loses what it was told, `test/aws/server.py` mends it.",
    "",
    "| what | because | page |",
    "| --- | --- | --- |",
    ...MENDED.map(({ where, because, page: at }) => `| ${where} | ${because} | ${at} |`),
    "",
  ];
  await expect(page.join("\n")).toMatchFileSnapshot("../../docs/aws-contract.md");
});

it("knows what the functions call of AWS, and how the connectors connect", () => {
  const called = ["functions/src", "connectors/kit"].flatMap((room) => {
    const home = fileURLToPath(new URL(`../../packages/${room}`, import.meta.url));
    return readdirSync(home, { recursive: true, encoding: "utf8" })
      .filter((file) => /(?<![.]test)[.]ts$/.test(file))
      .flatMap((file) => [...readFileSync(`${home}/${file}`, "utf8").matchAll(CALLED)].map(([, one]) => one));
  });
  expect([...new Set(called)].sort()).toEqual([...BESIDE].sort());
});

/** As `awsAt` is asked, and as our own requests to STS say. */
const CALLED = /(?:permission: |[}], )"([a-z]+:[A-Z][A-Za-z]+)"/g;

it.each([
  ["no Python", undefined],
  ["one that is too old", "#!/bin/sh\nexit 1\n"],
])("with %s it says that nothing was run, and why, and that is no success", (_of, python) => {
  const home = mkdtempSync(join(tmpdir(), "leasehold-path-"));
  if (python !== undefined) writeFileSync(join(home, "python3"), python, { mode: 0o755 });
  const script = fileURLToPath(new URL("../../scripts/test-aws.ts", import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [script], { env: { PATH: home }, encoding: "utf8" });
  rmSync(home, { recursive: true });
  expect([status, stderr.trim()]).toEqual([1, "not run: there is no Python 3.11 or later on the PATH"]);
});
