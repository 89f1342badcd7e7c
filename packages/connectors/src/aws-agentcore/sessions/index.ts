export { askOf, type Stop } from "./ask.ts";
export { LIVES, SETTLES, WINDOW } from "./counted.ts";
export { RUNTIME_SESSIONS, sessionsHandle } from "./runtime.ts";
export { LIVE, NONE, stopSessions } from "./stop.ts";
