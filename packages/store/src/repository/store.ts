import type { Archive, Store } from "@leasehold/app/world";
import type { Clock } from "@leasehold/core/kernel";
import type { Table } from "../table/index.ts";
import { createCases } from "./cases.ts";
import { createDecisions } from "./decisions.ts";
import { createFindings } from "./findings.ts";
import { createGraph } from "./graph.ts";
import { createLater } from "./later.ts";
import { createLedger } from "./ledger.ts";
import { createMarks } from "./marks.ts";
import { createOutbox } from "./outbox.ts";
import { createTrails } from "./trails.ts";
import { createUsage } from "./usage.ts";
import { createWaits } from "./waits.ts";
import { createWindDowns } from "./wind-downs.ts";

export interface Parts {
  readonly table: Table;
  readonly usage?: Table; // of usage records, where they have one to themselves
  readonly archive: Archive;
  readonly clock: Clock; // dates the entries of the trail
  readonly page?: number; // the most that one page holds
}

/** The ports of the use cases, kept once over any table, so that two stores cannot differ. */
export function createStore({ table, usage = table, archive, clock, page = 200 }: Parts): Store {
  return {
    graph: createGraph(table, page),
    windDowns: createWindDowns(table, clock, page),
    cases: createCases(table, clock, page),
    decisions: createDecisions(table, page),
    trails: createTrails(table, page),
    outbox: createOutbox(table, page),
    waits: createWaits(table),
    findings: createFindings(table, page),
    later: createLater(table, page),
    ledger: createLedger(table, page),
    usage: createUsage(usage, page),
    marks: createMarks(table),
    archive,
  };
}
