export { endSessions } from "./end.ts";
export { changesSet, inlineOf, READS_POLICY, READS_PROVISIONED, waitsFor } from "./set.ts";
export { deniedIn, isUserId } from "./statement.ts";
