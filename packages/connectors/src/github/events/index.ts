export { type Event, eventOf, listener } from "./listen.ts";
