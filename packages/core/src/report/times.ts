import { type CaseId, hoursBetween, type Instant } from "../kernel/index.ts";
import type { CaseStory, ItemStory } from "./model.ts";

/** One wind-down in the report over all cases: instants and what became of it. */
export interface Row {
  readonly case: CaseId;
  readonly windDown: string;
  readonly credential: string;
  readonly connector: string;
  readonly type: string;
  readonly kind: "static" | "lease"; // a lease ends by itself; the rest needs a person or a deadline
  readonly drill: boolean;
  readonly occurredAt: Instant; // when what opened its case happened
  readonly recordedAt: Instant; // when we first learned of it
  readonly askedAt: Instant | undefined;
  readonly disabledAt: Instant | undefined;
  readonly verifiedAt: Instant | undefined;
  readonly end: string; // kept, undone, gone, bottom, unresolved, open
  readonly because: string; // why it is not dead; empty where it is
}

/** Counted from the trigger that opened the case: what joined it later began nothing. */
export function rowOf({ case: of, triggers, drill }: CaseStory, item: ItemStory): Row {
  const [first] = triggers;
  const began = (first?.recordedAt ?? item.opened ?? "") as Instant;
  return {
    ...{ case: of, windDown: item.windDown, credential: item.credential ?? "unknown" },
    ...{ connector: item.connector, type: item.type, kind: item.type === "lease" ? "lease" : "static", drill },
    ...{ occurredAt: first?.occurredAt ?? began, recordedAt: began },
    ...{ askedAt: item.askedAt, disabledAt: item.disabledAt, verifiedAt: item.verifiedAt },
    ...{ end: item.closed?.as ?? "open", because: becauseOf(item) },
  };
}

const ENDS: Readonly<Record<string, string>> = {
  kept: "somebody took ownership of it",
  undone: "it was taken back to the state before",
  unresolved: "the last who was asked did not answer",
};

/** Why it still works, or may; nothing where it is proven dead and stands so. */
export function becauseOf(item: ItemStory): string {
  const { closed, acts, questions, answers, waits, rung } = item;
  if (closed !== undefined) return ENDS[closed.as] ?? "";
  const last = acts.at(-1);
  if (last?.verdict === "still alive") return "it answers still, after it was switched off";
  if (last !== undefined && rung !== "flagged" && last.verdict === "confirmed") return "";
  if (last?.how === "outcome unknown") return "what came of our act is not known";
  if (last !== undefined && rung !== "flagged") return "switched off, and not proven yet";
  const [asked, answered] = [questions.at(-1), answers.at(-1)];
  if (answered !== undefined && (asked === undefined || answered.at >= asked.at)) return `answered: ${answered.choice}`;
  if (asked !== undefined) return `asked until ${asked.until}; on silence ${asked.ifSilent}`;
  return waits ?? "nobody has been asked yet";
}

export const STAGES = ["asked", "disabled", "verified"] as const;
export type Stage = (typeof STAGES)[number];

/** Of the wind-downs that got there, in hours. */
export interface Spread {
  readonly n: number;
  readonly median: number | undefined;
  readonly p90: number | undefined;
  readonly max: number | undefined;
}
export interface Group {
  readonly connector: string; // "all" for every one
  readonly kind: Row["kind"];
  readonly items: number;
  readonly since: { readonly recorded: Record<Stage, Spread>; readonly occurred: Record<Stage, Spread> };
}
export interface Summary {
  readonly cases: number;
  readonly items: number;
  readonly ends: Readonly<Record<string, number>>;
  readonly groups: readonly Group[];
  readonly open: readonly Row[]; // not dead, and why
}

/** Static credentials and leases apart: minutes of the one say nothing of the other. */
export function summaryOf(rows: readonly Row[]): Summary {
  const ends: Record<string, number> = {};
  for (const { end } of rows) ends[end] = (ends[end] ?? 0) + 1;
  const kinds = (["static", "lease"] as const).filter((kind) => rows.some((row) => row.kind === kind));
  const groups = kinds.flatMap((kind) => {
    const mine = rows.filter((row) => row.kind === kind);
    const connectors = [...new Set(mine.map(({ connector }) => connector))].sort();
    return [
      groupOf("all", kind, mine),
      ...connectors.map((one) =>
        groupOf(
          one,
          kind,
          mine.filter(({ connector }) => connector === one),
        ),
      ),
    ];
  });
  const open = rows.filter(({ because }) => because !== "");
  return { cases: new Set(rows.map((row) => row.case)).size, items: rows.length, ends, groups, open };
}

function groupOf(connector: string, kind: Row["kind"], rows: readonly Row[]): Group {
  const since = (from: "recordedAt" | "occurredAt") => ({
    asked: spread(rows.flatMap((row) => hours(row[from], row.askedAt))),
    disabled: spread(rows.flatMap((row) => hours(row[from], row.disabledAt))),
    verified: spread(rows.flatMap((row) => hours(row[from], row.verifiedAt))),
  });
  return {
    connector,
    kind,
    items: rows.length,
    since: { recorded: since("recordedAt"), occurred: since("occurredAt") },
  };
}

const hours = (from: Instant, to: Instant | undefined) => (to === undefined ? [] : [hoursBetween(from, to)]);

/** Nearest rank: every number here is one that was measured. */
export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  return { n: sorted.length, median: at(0.5), p90: at(0.9), max: sorted.at(-1) };
}
