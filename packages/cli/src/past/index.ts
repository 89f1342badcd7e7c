export { inPast, PAST, PAST_SAYS } from "./past.ts";
