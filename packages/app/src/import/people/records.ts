import { badInput, parseCsv, type Row } from "@leasehold/core/kernel";
import { textOf } from "../text.ts";

/** One person's line as it stands there: by the names of its columns. */
export interface Line {
  readonly line: number; // of a list in JSON: its place, from 1
  readonly fields: Readonly<Record<string, string>>;
}
export interface Lines {
  readonly columns: readonly string[];
  readonly lines: readonly Line[];
}

/** A table with a head, or a list of objects. What was cut short is refused: nobody can tell who is missing. */
export function linesOf(bytes: Uint8Array): Lines {
  const text = textOf(bytes);
  if (text.trim() === "") throw badInput("the file of people is empty: nothing was changed", { where: "file" });
  return /^\s*[[{]/.test(text) ? fromJson(text) : fromTable(text);
}

function fromTable(text: string): Lines {
  const { rows, open } = parseCsv(text);
  if (open !== undefined)
    throw badInput("a quote is never closed: the file was cut, or a quote within quotes is not doubled", {
      line: open,
    });
  const [head, ...body] = rows;
  const columns = head?.cells ?? [];
  const twice = columns.find((one, at) => columns.indexOf(one) !== at);
  if (twice !== undefined) throw badInput("two columns have the same name", { column: twice });
  const odd = body.find(({ cells }) => cells.length !== columns.length);
  if (odd !== undefined)
    throw badInput("a line has not as many cells as the head: the file was cut, or a separator stands unquoted", {
      ...{ line: odd.line, cells: odd.cells.length, columns: columns.length },
    });
  return { columns, lines: body.map((row) => lineOf(row, columns)) };
}

const lineOf = ({ line, cells }: Row, columns: readonly string[]): Line => ({
  line,
  fields: Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? ""])),
});

function fromJson(text: string): Lines {
  const list = listIn(parsed(text));
  const lines = list.map((one, at) => ({ line: at + 1, fields: fieldsOf(one, at + 1) }));
  return { columns: [...new Set(lines.flatMap(({ fields }) => Object.keys(fields)))], lines };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badInput("the file is not JSON, or was cut: nothing was changed", { where: "file" }); // the parser's words quote it
  }
}

/** A list, or an object around one list. */
function listIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const lists = Object.values(value ?? {}).filter(Array.isArray);
  if (lists.length === 1 && lists[0] !== undefined) return lists[0];
  throw badInput("this is no list of people: an array, or an object around one array", { where: "file" });
}

function fieldsOf(value: unknown, line: number): Readonly<Record<string, string>> {
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw badInput("a person is an object with one field for each column", { record: line });
  const plain = Object.entries(value).filter(([, one]) => ["string", "number", "boolean"].includes(typeof one));
  return Object.fromEntries(plain.map(([name, one]) => [name, String(one).trim()]));
}
