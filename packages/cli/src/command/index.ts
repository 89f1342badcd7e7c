export { EXITS, type Exit } from "./exits.ts";
export { GLOBALS } from "./globals.ts";
export type { Call, Command, Flag, Io, Report, Sink } from "./model.ts";
