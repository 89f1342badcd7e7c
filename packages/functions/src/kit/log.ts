import { Logger } from "@aws-lambda-powertools/logger";
import type { Log } from "@leasehold/app/world";
import { stageName } from "../env/index.ts";

/** Each byte of a line is paid for, a million times: what Lambda's own lines say of the same request stays out. */
const LEFT_OUT = ["xray_trace_id", "sampling_rate"];

/** `service` is the stage, so that two stages in one account have lines and numbers of their own. */
export const logger = new Logger({
  serviceName: stageName(),
  jsonReplacerFn: (key, value) => (LEFT_OUT.includes(key) ? undefined : value),
});

/** The same keys as on the laptop: the glossary's words. Never an event, never a value. */
export const log: Log = (level, message, keys = {}) => logger[level](message, keys);

/** Keys for the line that says how this run ended, instead of a line of their own. */
export const mention = (keys: Readonly<Record<string, string | number>>): void => logger.appendKeys(keys);
