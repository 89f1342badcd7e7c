/** One line of a table as its cells, and the line of the file on which it begins. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}
export interface Table {
  readonly rows: readonly Row[];
  readonly open: number | undefined; // the line of a quote that is never closed
}

const SEPARATORS = [",", ";", "\t"] as const;

/** RFC 4180: quotes may hold separators, line ends and doubled quotes; lines end in LF or CRLF. Empty lines are no rows. */
export function parseCsv(text: string): Table {
  const separator = separatorOf(text);
  const rows: Row[] = [];
  let [line, start, cell, quoted] = [1, 1, "", false];
  let cells: string[] = [];
  let opened: number | undefined;
  const endCell = () => {
    cells.push(quoted ? cell : cell.trim());
    [cell, quoted] = ["", false];
  };
  const endRow = () => {
    endCell();
    if (cells.some((one) => one !== "")) rows.push({ line: start, cells });
    cells = [];
    start = line + 1;
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] as string;
    if (opened !== undefined) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') cell += text[(at += 1)];
      else opened = undefined;
    } else if (sign === '"' && cell.trim() === "") {
      [cell, quoted, opened] = ["", true, line];
    } else if (sign === separator) endCell();
    else if (sign === "\n") endRow();
    else if (sign !== "\r") cell += sign;
    if (sign === "\n") line += 1;
  }
  if (opened === undefined && (cell !== "" || cells.length > 0)) endRow();
  return { rows, open: opened };
}

/** What separates the names of the columns: spreadsheets of some countries write semicolons. */
function separatorOf(text: string): string {
  const head = text.slice(0, (text.indexOf("\n") + 1 || text.length + 1) - 1);
  const counts = SEPARATORS.map((one) => head.split(one).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ",";
}
