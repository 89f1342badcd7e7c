import { connectors } from "@leasehold/connectors";
import { expect, it } from "vitest";
import { isAnswered, permissionsOf, SERVICES } from "../aws/coverage.ts";
import { DIFFERENCES, MENDED } from "../aws/differences.ts";

it("docs/aws-contract.md says what was held against moto, what could not be, and where the two differ", async () => {
  const all = await Promise.all(Object.values(connectors).map((load) => load()));
  const ours = [...new Set(all.filter(({ id }) => id.startsWith("aws-")).flatMap(permissionsOf))].sort();
  const declared = ours.filter((one) => (one.split(":")[0] ?? "") in SERVICES);
  const list = (of: readonly string[]) => of.map((one) => `- \`${one}\``);
  const page = [
    "# What is held against moto",
    "",
    "`npm run test:aws` runs our connectors, through AWS's own SDK, against moto: an AWS API server that others wrote. This page",
    "is generated; `npm run golden` writes it.",
    "",
    "## Exercised",
    "",
    "Each of these, or the run fails.",
    "",
    ...list(declared.filter(isAnswered)),
    "",
    "## Not answered by moto",
    "",
    "These rest on our simulator and on AWS's pages alone.",
    "",
    ...list(declared.filter((one) => !isAnswered(one))),
    "",
    "## Not put to moto",
    "",
    "These rest on our simulator and on AWS's pages alone, too: these connectors were not run against it.",
    "",
    ...list(ours.filter((one) => !declared.includes(one))),
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
