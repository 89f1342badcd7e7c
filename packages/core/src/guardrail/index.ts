export { logChanged, logStopped } from "./log.ts";
export { isNaked, nakedServer, sayHowAsked } from "./naked.ts";
