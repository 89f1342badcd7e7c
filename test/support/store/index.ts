import { brakePart } from "./brake.ts";
import { graphPart } from "./graph.ts";
import { outboxPart } from "./outbox.ts";
import { archivePart, casesPart, findingsPart, ledgerPart, marksPart, waitsPart } from "./rest.ts";
import { tablePart } from "./table.ts";
import { usagePart } from "./usage.ts";
import { windDownsPart } from "./wind-downs.ts";

/** Everything that a store promises. */
export const STORE_PARTS = {
  table: tablePart,
  graph: graphPart,
  "wind-downs": windDownsPart,
  outbox: outboxPart,
  brake: brakePart,
  cases: casesPart,
  waits: waitsPart,
  findings: findingsPart,
  ledger: ledgerPart,
  marks: marksPart,
  archive: archivePart,
  usage: usagePart,
};
