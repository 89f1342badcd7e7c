export { type Ear, hearing } from "./hearing.ts";
export { type Indexed, indexed } from "./indexed.ts";
export { type How, type Ingested, type IngestPorts, ingest } from "./ingest.ts";
export { ingestDue } from "./ingest-due.ts";
export { type Understood, understood, usesIn } from "./understood.ts";
