import type { FirstReport } from "@leasehold/app/import";
import { calledOf, columns, count, list, table } from "../../terminal/index.ts";

const MOST = 20; // credentials of people who left

/** The first report after an import: the rows add up, and what nobody could see is said. */
export function reportLines(report: FirstReport): readonly string[] {
  const { credentials, owned, likely, unowned, possible, ofLeavers, deleted, people, notVisible } = report;
  const standing = Object.entries(people.standing).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    `Known now: ${count(credentials, "credential")}${deleted > 0 ? `, beside ${deleted} that are deleted` : ""}; ${count(people.accounts, "account")} of people`,
    ...columns([
      ["  owned", owned, "the owner is certain"],
      ["  likely", likely, ""],
      ["  unowned", unowned, possible > 0 ? `${possible} of them with somebody who may be it` : ""],
      ["  of leavers", ofLeavers.length, "among the owned and the likely"],
    ]),
    ...(standing.length > 0 ? [`  accounts: ${standing.map(([word, many]) => `${many} ${word}`).join(", ")}`] : []),
    ...table(
      ["  CREDENTIAL", "TYPE", "OWNER", "OWNS IT", "LEFT"],
      ofLeavers
        .slice(0, MOST)
        .map(({ credential, type, owner, word, since }) => [
          `  ${credential}`,
          ...[type, calledOf(owner), word, since?.slice(0, 10)],
        ]),
    ),
    ...(ofLeavers.length > MOST ? [`  … and ${ofLeavers.length - MOST} more: see --json`] : []),
    ...(ofLeavers.length > 0 ? ["  Nobody was told: `leasehold case open <account>` opens a case, one by one."] : []),
    ...list("What could not be seen:", notVisible),
  ];
}
