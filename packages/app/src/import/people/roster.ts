import { badInput, type Instant } from "@leasehold/core/kernel";
import { plainAddress } from "@leasehold/core/lineage";
import type { PeopleFile } from "../../config/index.ts";
import { type Listed, listedOf, type Problem } from "./listed.ts";
import { type Lines, linesOf } from "./records.ts";

/** A file of people that was read whole and contradicts itself nowhere. */
export interface Roster {
  readonly people: readonly Member[];
}
export interface Member extends Listed {
  readonly manager: string | undefined; // their id
}

/** The whole file is judged before anything of it is used: what is wrong is told line by line, and the state stays as it was. */
export function rosterOf(bytes: Uint8Array, file: PeopleFile, now: Instant): Roster {
  const lines = linesOf(bytes);
  mapped(lines, file);
  if (lines.lines.length === 0) throw badInput("there is nobody in this file: nothing was changed", { where: "file" });
  const read = lines.lines.map((line) => listedOf(line, file, now));
  const listed = read.map((one) => one.listed);
  refuse([...read.flatMap(({ problems }) => problems), ...twice(listed)]);
  const { members, problems } = withManagers(listed, file);
  refuse(problems);
  refuse(circles(members));
  return { people: members };
}

function mapped({ columns }: Lines, file: PeopleFile): void {
  const missing = Object.entries(file.columns).filter(([, column]) => column && !columns.includes(column));
  if (missing.length === 0) return;
  const isHead = columns.some((one) => Object.values(file.columns).includes(one)); // or what stands there is somebody's line
  throw badInput("the configuration names columns that the file does not have: nothing was changed", {
    where: missing.map(([key]) => `people.columns.${key}`).join(", "),
    missing: missing.map(([, column]) => column).join(", "),
    there: isHead ? columns.join(", ") : "none of them: the file may have no line that names its columns",
  });
}

const MOST = 20;

function refuse(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const first = problems.toSorted((a, b) => a.line - b.line).slice(0, MOST);
  throw badInput("the file of people cannot be used: nothing was changed", {
    problems: problems.length,
    ...Object.fromEntries(first.map(({ line, says }) => [`line ${line}`, says])),
  });
}

function twice(listed: readonly Listed[]): readonly Problem[] {
  const first = new Map<string, number>();
  return listed.flatMap(({ id, line }) => {
    const before = first.get(id);
    if (id === "") return [];
    if (before !== undefined) return [{ line, says: `the same id as in line ${before}` }];
    first.set(id, line);
    return [];
  });
}

/** A manager is named by id, employee number or address, in this order; two people under one name are nobody. */
function withManagers(listed: readonly Listed[], { columns }: PeopleFile) {
  const find = finder(listed);
  const problems: Problem[] = [];
  const members = listed.map((one): Member => {
    const found = one.boss === undefined ? undefined : find(one.boss);
    if (one.boss !== undefined && found === undefined)
      problems.push({ line: one.line, says: `column ${columns.manager}: the manager is not in the file` });
    if (found === "several")
      problems.push({ line: one.line, says: `column ${columns.manager}: several people have this number or address` });
    return { ...one, manager: found === undefined || found === "several" ? undefined : found.id };
  });
  return { members, problems };
}

function finder(listed: readonly Listed[]): (text: string) => Listed | "several" | undefined {
  const keys = [
    (one: Listed) => one.id,
    (one: Listed) => one.employeeNumber,
    (one: Listed) => one.email && plainAddress(one.email),
  ];
  const maps = keys.map((key) => indexed(listed, key));
  return (text) => {
    const found = maps.flatMap((map, nth) => map.get(nth === 2 ? plainAddress(text) : text) ?? []);
    return found[0];
  };
}

function indexed(listed: readonly Listed[], key: (one: Listed) => string | undefined) {
  const map = new Map<string, Listed | "several">();
  for (const one of listed) {
    const name = key(one);
    if (name !== undefined && name !== "") map.set(name, map.has(name) ? "several" : one);
  }
  return map;
}

/** Whoever is above themselves: every line of the circle, once. */
function circles(members: readonly Member[]): readonly Problem[] {
  const byId = new Map(members.map((one) => [one.id, one]));
  const clear = new Set<string>();
  const problems: Problem[] = [];
  for (const one of members) {
    const path: Member[] = [];
    let at: Member | undefined = one;
    while (at !== undefined && !clear.has(at.id) && !path.includes(at)) {
      path.push(at);
      at = at.manager === undefined ? undefined : byId.get(at.manager);
    }
    const from = at === undefined ? -1 : path.indexOf(at);
    const circle = from < 0 ? [] : path.slice(from);
    for (const { id } of path) clear.add(id);
    if (circle.length > 0) problems.push({ line: Math.min(...circle.map(({ line }) => line)), says: saysOf(circle) });
  }
  return problems;
}

const saysOf = (circle: readonly Member[]): string =>
  circle.length === 1
    ? "is their own manager"
    : `the managers of lines ${circle.map(({ line }) => line).join(", ")} go in a circle`;
