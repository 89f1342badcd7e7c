export { sqliteArchive } from "./archive.ts";
export { type Commit, grouped, type Job } from "./group.ts";
export { sqliteTable } from "./sqlite.ts";
export { sqliteStore } from "./store.ts";
