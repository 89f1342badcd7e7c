/** One line of a table as its cells, and the line of the file on which it begins. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}
export interface Table {
  readonly rows: readonly Row[];
  readonly open: number | undefined; // the line of a quote that is never closed
}

/** RFC 4180: quotes may hold separators, line ends and doubled quotes; lines end in LF or CRLF. Empty lines are no rows. */
export function parseCsv(text: string): Table {
  const separator = separatorOf(text);
  const rows: Row[] = [];
  let cells: string[] = [];
  let [line, begun] = [1, 1];
  for (let at = 0; at < text.length; ) {
    const cell = cellAt(text, at, separator);
    if (cell === undefined) return { rows, open: line };
    cells.push(cell.value);
    line += linesIn(text, at, cell.end);
    const more = text[cell.end] === separator;
    at = cell.end + 1;
    if (more && at < text.length) continue;
    if (more) cells.push(""); // the file ends after a separator
    if (cells.some((one) => one !== "")) rows.push({ line: begun, cells });
    cells = [];
    line += 1;
    begun = line;
  }
  return { rows, open: undefined };
}

interface Cell {
  readonly value: string;
  readonly end: number; // where its separator, its line or the text ends
}

/** Undefined where its quote is never closed. */
function cellAt(text: string, from: number, separator: string): Cell | undefined {
  let at = from;
  while (text[at] === " ") at += 1;
  if (text[at] !== '"') {
    const end = endOf(text, from, separator);
    return { value: text.slice(from, end).trim(), end };
  }
  for (let close = text.indexOf('"', at + 1); close !== -1; close = text.indexOf('"', close + 2)) {
    if (text[close + 1] === '"') continue;
    return { value: text.slice(at + 1, close).replaceAll('""', '"'), end: endOf(text, close, separator) };
  }
  return undefined;
}

function endOf(text: string, from: number, separator: string): number {
  let end = from;
  while (end < text.length && text[end] !== separator && text[end] !== "\n") end += 1;
  return end;
}

const linesIn = (text: string, from: number, to: number): number => text.slice(from, to).split("\n").length - 1;

const SEPARATORS = [",", ";", "\t"] as const;

/** What separates the names of the columns: spreadsheets of some countries write semicolons. */
function separatorOf(text: string): string {
  const head = text.slice(0, endOf(text, 0, "\n"));
  const counts = SEPARATORS.map((one) => head.split(one).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ",";
}
