import { Logger } from "@aws-lambda-powertools/logger";
import type { Log } from "@leasehold/app/world";

export const logger = new Logger({ serviceName: "leasehold" });

/** The same keys as on the laptop: the glossary's words. Never an event, never a value. */
export const log: Log = (level, message, keys = {}) => logger[level](message, keys);
