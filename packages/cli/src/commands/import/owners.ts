import { basename, dirname, resolve } from "node:path";
import { firstReport, importOwners, type OwnersImported } from "@leasehold/app/import";
import { badInput } from "@leasehold/core/kernel";
import type { Call, Command } from "../../command/index.ts";
import { withLaptop } from "../../estate/index.ts";
import { count, list } from "../../terminal/index.ts";
import { AS_OF, given } from "./given.ts";
import { reportLines } from "./report-lines.ts";

/** A repository's own word on who answers for its workflows. */
export const importsOwners: Command = {
  about: "read a repository's CODEOWNERS as who its pipelines are said to belong to; opens no case, tells nobody",
  notOnStage: "files are read on the laptop",
  args: ["<CODEOWNERS>"],
  flags: {
    repository: { value: "owner/name", about: "whose file it is, as GitHub names it (required)" },
    "as-of": AS_OF,
    "accept-none": { about: "take it although no line of it names an owner: nobody is declared any more" },
  },
  more: [
    "What counts is the last line that speaks of the workflow, where GitHub's token tells which it was; else of all workflows.",
    "A declaration makes nobody more than possible by itself: whoever may push to the repository can change the file.",
    "GitHub takes the first it finds in .github/, in the root and in docs/, of the default branch: import that one.",
    "A name is joined to the account of which GitHub has told it, by the github connector; a team's members are not visible.",
    "The latest file holds, by --as-of: import it again when it changes, or when more names are known.",
  ],
  no: "some of whom it names are not visible, or GitHub skips some of its lines; what could be read was joined",
  run: (call) =>
    withLaptop(call, "creates", async ({ world }) => {
      const path = call.args[0] ?? "";
      const repository = repositoryOf(call.flags["repository"]);
      const imported = await importOwners(world, {
        ...(await given(call, path)),
        ...{ repository, file: placeOf(resolve(call.io.cwd, path)) },
        acceptNone: call.flags["accept-none"] === true,
        onProgress: (accounts) => call.note(`looked through ${count(accounts, "account")} for the names`),
      });
      const report = await firstReport(world);
      return {
        json: { imported, report },
        text: [...linesOf(imported), ...reportLines(report)],
        exit: isWhole(imported) ? 0 : 1,
      };
    }),
};

function repositoryOf(flag: Call["flags"][string]): string {
  if (typeof flag === "string") return flag;
  throw badInput("say whose file it is: --repository owner/name", { missing: "--repository" });
}

/** Where it stands in its repository, as far as its folder tells. */
function placeOf(path: string): string {
  const folder = basename(dirname(path));
  return [".github", "docs"].includes(folder) ? `${folder}/CODEOWNERS` : "CODEOWNERS";
}

const isWhole = ({ teams, unknown, ambiguous, skipped }: OwnersImported): boolean =>
  [teams, unknown, ambiguous, skipped].every(({ length }) => length === 0);

function linesOf(one: OwnersImported): readonly string[] {
  const { repository, file, asOf, rules, lines, general, accounts, writes, later, skipped } = one;
  const everyOther = general && `line ${general.line} (${general.pattern}): ${general.owners.join(" ") || "nobody"}`;
  return [
    `${repository}/${file}, as of ${asOf}: names files in ${count(rules, "line")}, of which ${lines.length} may speak of workflows`,
    `for a workflow that no line names: ${everyOther ?? "no line speaks of it, and nobody is declared"}`,
    `${count(accounts, "account")} found, ${count(writes, "write")}`,
    ...(later === undefined ? [] : [`a later file is known, of ${later}: that one holds`]),
    ...list("Not visible:", notVisible(one)),
    ...list(
      "Lines that GitHub skips:",
      skipped.map(({ line, because }) => `line ${line}: ${because}`),
    ),
  ];
}

function notVisible({ teams, unknown, ambiguous }: OwnersImported): readonly string[] {
  return [
    ...(teams.length > 0 ? [`${count(teams.length, "team")}, whose members are not visible: ${teams.join(", ")}`] : []),
    ...(unknown.length > 0
      ? [`${count(unknown.length, "name")} of which GitHub has told no account yet: ${unknown.join(", ")}`]
      : []),
    ...(ambiguous.length > 0
      ? [`${count(ambiguous.length, "name")} that two accounts had on one day: ${ambiguous.join(", ")}`]
      : []),
  ];
}
