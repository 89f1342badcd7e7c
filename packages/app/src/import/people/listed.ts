import { Instant, later, millisOf } from "@leasehold/core/kernel";
import { isEmail } from "@leasehold/core/lineage";
import type { PeopleFile } from "../../config/index.ts";
import type { Line } from "./records.ts";

/** One person as the file lists them. */
export interface Listed {
  readonly line: number;
  readonly id: string;
  readonly name: string | undefined;
  readonly email: string | undefined;
  readonly employeeNumber: string | undefined;
  readonly team: string | undefined;
  readonly boss: string | undefined; // as it stands there: an id, a number or an address
  readonly standing: "active" | "on-leave" | "suspended" | "departed" | "unknown";
  readonly left: Instant | undefined; // the end of the last day, where it has passed
  readonly leaves: Instant | undefined; // the same, where it has not
  readonly contradicts: boolean; // the status says there, the end says gone: then nothing is said
  readonly contractor: boolean;
}

/** What is wrong, and in which line. */
export interface Problem {
  readonly line: number;
  readonly says: string;
}

/** Reads one line; what cannot be read is told by its column, and never what stands there. */
export function listedOf(
  { line, fields }: Line,
  file: PeopleFile,
  now: Instant,
): { readonly listed: Listed; readonly problems: readonly Problem[] } {
  const { columns } = file;
  const problems: Problem[] = [];
  const wrong = (says: string) => void problems.push({ line, says });
  const text = (column: string | undefined) => (column && fields[column]) || undefined;
  const short = (column: string | undefined) => {
    const value = text(column);
    if (value !== undefined && value.length > 1_024) wrong(`column ${column}: longer than any name`);
    return value?.slice(0, 1_024);
  };
  const day = (column: string | undefined, last: boolean) => {
    const value = text(column);
    const read = value === undefined ? undefined : dayOf(value, last);
    if (value !== undefined && read === undefined) wrong(`column ${column}: not a date, write 2026-11-02`);
    return read;
  };
  const id = short(columns.id);
  if (id === undefined) wrong(`column ${columns.id}: empty, and nobody can be told apart without it`);
  const email = short(columns.email);
  if (email !== undefined && !isEmail(email)) wrong(`column ${columns.email}: not an e-mail address`);
  const word = text(columns.standing)?.toLowerCase();
  const status = word !== undefined && Object.hasOwn(file.standings, word) ? file.standings[word] : undefined;
  if (word !== undefined && status === undefined)
    wrong(`column ${columns.standing}: a word that people.standings does not have`);
  return {
    problems,
    listed: {
      ...{ line, id: id ?? "", email, boss: short(columns.manager), team: short(columns.team) },
      ...{ name: short(columns.name), employeeNumber: short(columns.employeeNumber) },
      contractor: file.contractors.includes(text(columns.contractor)?.toLowerCase() ?? ""),
      ...standingOf(status, { start: day(columns.start, false), end: day(columns.end, true) }, now),
    },
  };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whose last day is a date works on that day: they have left when it ends. */
function dayOf(text: string, last: boolean): Instant | undefined {
  const read = Instant.safeParse(DAY.test(text) ? `${text}T00:00:00Z` : text);
  if (!read.success || Number.isNaN(millisOf(read.data))) return undefined;
  return last && DAY.test(text) ? later(read.data, 24) : read.data;
}

type Said = Pick<Listed, "standing" | "left" | "leaves" | "contradicts">;

/** Where status and dates differ, what does not take anybody down is believed. */
function standingOf(
  status: PeopleFile["standings"][string] | undefined,
  { start, end }: { readonly start: Instant | undefined; readonly end: Instant | undefined },
  now: Instant,
): Said {
  const over = end !== undefined && end <= now;
  const nothing: Said = { standing: "unknown", left: undefined, leaves: undefined, contradicts: false };
  if (status === "not-yet" || (start !== undefined && start > now)) return nothing;
  if (over && status !== undefined && status !== "departed") return { ...nothing, contradicts: true };
  if (over) return { ...nothing, standing: "departed", left: end };
  if (end !== undefined)
    return { ...nothing, standing: status === "departed" ? "active" : (status ?? "active"), leaves: end };
  return { ...nothing, standing: status ?? "active" };
}
