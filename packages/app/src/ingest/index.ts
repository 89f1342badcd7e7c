export { type How, type Ingested, type IngestPorts, ingest } from "./ingest.ts";
export { ingestDue } from "./ingest-due.ts";
export { understood } from "./understood.ts";
