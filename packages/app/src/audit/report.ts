import type { Case, Completeness } from "@leasehold/core/casework";
import { type AccountId, badInput, type CaseId, type Instant } from "@leasehold/core/kernel";
import {
  becauseOf,
  type CaseStory,
  caseStory,
  type ItemStory,
  itemStory,
  type Row,
  rowOf,
} from "@leasehold/core/report";
import * as z from "zod/mini";
import { peopleOf } from "../question/index.ts";
import type { World } from "../world/index.ts";
import { type TrailView, verifyOne } from "./verify.ts";
import { type TrailPorts, windDownsOf } from "./walk.ts";

/** One case for an auditor: what its trails tell, what it says it looked at, and whether the trails are whole. */
export interface CaseReport {
  readonly case: CaseId;
  readonly at: Instant; // when it was made
  readonly status: Case["status"];
  readonly story: CaseStory;
  readonly accounts: readonly AccountId[]; // of the person
  readonly items: readonly (ItemStory & { readonly because: string })[];
  readonly left: readonly { readonly credential: string; readonly because: string }[]; // without a wind-down
  readonly completeness: Completeness | undefined; // once it is closed
  readonly trails: readonly TrailView[];
  /** By account, as a directory names them today. Who is not here has been erased, or no directory ever named them. */
  readonly names: Readonly<Record<string, string>>;
}

type ReportPorts = TrailPorts & Pick<World, "graph" | "config" | "clock">;

export async function caseReport(world: ReportPorts, id: CaseId, named = true): Promise<CaseReport> {
  const stored = await world.cases.get(id);
  if (stored === undefined) throw badInput("there is no such case", { case: id });
  const { case: of } = stored;
  const entries = await world.trails.entries(id);
  const items = await itemsOf(world, of, entries);
  const story = caseStory(id, entries);
  return {
    ...{ case: id, at: world.clock(), status: of.status, story, accounts: of.accounts, completeness: of.completeness },
    items: items.map((item) => ({ ...item, because: becauseOf(item) })),
    left: of.items.flatMap(({ credential, left }) => (left === undefined ? [] : [{ credential, because: left }])),
    trails: await verifyOne(world, id),
    names: named ? await namesOf(world, [...of.accounts, ...spoken(story, items)]) : {},
  };
}

async function itemsOf({ trails }: TrailPorts, of: Case, entries: Parameters<typeof windDownsOf>[1]) {
  const items: ItemStory[] = [];
  for (const id of windDownsOf(of, entries)) items.push(itemStory(id, await trails.entries(id)));
  return items;
}

const spoken = ({ asked }: CaseStory, items: readonly ItemStory[]): readonly string[] => [
  ...asked.map(({ of }) => of),
  ...items.flatMap(({ answers, wishes, undoAsked }) => [
    ...[...answers, ...wishes].map(({ by }) => by),
    ...(undoAsked ? [undoAsked.by] : []),
  ]),
];

/** Looked up now and written nowhere, so that whoever is erased has no name here either. */
async function namesOf(world: ReportPorts, accounts: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const people = peopleOf(world, world.clock());
  const names: Record<string, string> = {};
  for (const account of new Set(accounts.filter((one) => one.startsWith("acc_")))) {
    const facts = (await people.subject(account as AccountId))?.facts;
    const name = facts?.["name"]?.value ?? facts?.["email"]?.value;
    if (name !== undefined) names[account] = name;
  }
  return names;
}

/** Where a report over all cases goes on: after this case, on this page of the list. */
export const ReportPlace = z.strictObject({
  list: z.enum(["open", "closed"]),
  page: z.optional(z.string().check(z.maxLength(2_048))),
});
export type ReportPlace = z.infer<typeof ReportPlace>;

/** A page of rows: one for each wind-down that one of these cases opened. */
export async function reportPage(
  world: ReportPorts,
  { since, drills = false }: { readonly since: Instant | undefined; readonly drills?: boolean },
  { list, page }: ReportPlace = { list: "open" },
): Promise<{ readonly rows: readonly Row[]; readonly next: ReportPlace | undefined }> {
  const { items, next } = await world.cases.list(list, page);
  const rows: Row[] = [];
  for (const id of items) rows.push(...(await rowsOf(world, id)));
  const wanted = rows.filter((row) => (drills || !row.drill) && (since === undefined || row.recordedAt >= since));
  if (next !== undefined) return { rows: wanted, next: { list, page: next } };
  return { rows: wanted, next: list === "open" ? { list: "closed" } : undefined };
}

async function rowsOf(world: ReportPorts, id: CaseId): Promise<readonly Row[]> {
  const stored = await world.cases.get(id);
  if (stored === undefined) return [];
  const entries = await world.trails.entries(id);
  const story = caseStory(id, entries);
  const items = await itemsOf(world, stored.case, entries);
  return items.filter((item) => item.case === id).map((item) => rowOf(story, item)); // a shared one is its opener's
}
