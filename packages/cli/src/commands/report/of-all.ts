import type { CallInput } from "@leasehold/app/calls";
import { badInput } from "@leasehold/core/kernel";
import { type Group, type Row, type Spread, STAGES, type Summary, summaryOf } from "@leasehold/core/report";
import type { Call, Command } from "../../command/index.ts";
import { ask } from "../../estate/index.ts";
import { columns, count, list, table } from "../../terminal/index.ts";
import { ofCase } from "./of-case.ts";

/** How long it takes, over all cases, told by the trails. */
export const reported: Command = {
  about: "over all cases: time to asked, to disabled, to verified dead; what stayed open, and why",
  args: ["[case]"],
  flags: {
    since: { value: "span", about: "90d, 24h, or an instant: cases that were first learned of since" },
    drills: { about: "count leaver drills, too" },
    csv: { about: "one line for each wind-down, with its instants" },
    markdown: { about: "with a case: as Markdown" },
    ids: { about: "with a case: people as account ids alone" },
  },
  more: [
    "Hours are counted twice: since we first learned of it, and since it happened. Leases stand apart from static credentials.",
    "p90 and median are the nearest that was measured. With [case] it is `audit report <case>`.",
  ],
  no: "with a case: one of its trails is broken",
  run: async (call) => {
    const [id] = call.args;
    if (id !== undefined) return ofCase(call, id);
    for (const flag of ["markdown", "ids"])
      if (call.flags[flag] === true) throw badInput("this flag is about one case: name it", { flag: `--${flag}` });
    const rows = await everyRow(call);
    if (call.flags["csv"] === true) return { json: { rows }, text: csvOf(rows) };
    const summary = summaryOf(rows);
    return { json: { ...summary, rows }, text: linesOf(summary) };
  },
};

async function everyRow(call: Call): Promise<readonly Row[]> {
  const { since, drills } = call.flags;
  const input = { ...(typeof since === "string" && { since }), ...(drills === true && { drills }) };
  const rows: Row[] = [];
  let after: CallInput<"report">["after"];
  do {
    const { answer } = await ask(call, "report", { ...input, ...(after && { after }) });
    rows.push(...answer.rows);
    after = answer.next;
    if (after?.page !== undefined) call.note(`read ${count(rows.length, "wind-down")}`);
  } while (after !== undefined);
  return rows;
}

const COLUMNS = [
  ...["case", "windDown", "credential", "connector", "type", "kind", "drill"],
  ...["occurredAt", "recordedAt", "askedAt", "disabledAt", "verifiedAt", "end", "because"],
] as const satisfies readonly (keyof Row)[];

const csvOf = (rows: readonly Row[]) => [
  COLUMNS.join(","),
  ...rows.map((row) => COLUMNS.map((name) => cellOf(String(row[name] ?? ""))).join(",")),
];
/** A spreadsheet runs what begins like a formula. */
const cellOf = (text: string) => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

function linesOf({ cases, items, ends, groups, open }: Summary): readonly string[] {
  const ended = Object.entries(ends)
    .map(([end, n]) => `${n} ${end}`)
    .join(", ");
  const leases = groups.some(({ kind }) => kind === "lease") || items === 0;
  return [
    `${count(cases, "case")}, ${count(items, "wind-down")}${ended === "" ? "" : `: ${ended}`}`,
    ...part("Hours since we first learned of it:", groups, "recorded"),
    ...part("Hours since it happened:", groups, "occurred"),
    ...(leases ? [] : ["No lease was wound down: all of these are static credentials."]),
    ...list("Not dead, and why:", columns(open.map((row) => [row.credential, row.connector, row.end, row.because]))),
  ];
}

function part(head: string, groups: readonly Group[], since: "recorded" | "occurred"): readonly string[] {
  const rows = groups.flatMap(({ connector, kind, items, since: of }) =>
    STAGES.map((stage) => [connector, kind, stage, ...cells(of[since][stage], items)]),
  );
  return list(head, table(["OF", "KIND", "TO", "REACHED", "MEDIAN", "P90", "MAX"], rows));
}

const cells = ({ n, median, p90, max }: Spread, of: number) => [`${n}/${of}`, ...[median, p90, max].map(hours)];
const hours = (value: number | undefined) => (value === undefined ? "-" : value.toFixed(2));
