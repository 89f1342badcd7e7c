export { logChanged, logStopped } from "./log.ts";
export { isNaked, nakedServer, sayHowAsked } from "./naked.ts";
export { openedTo } from "./opened.ts";
