export { counter, counterStep } from "./counter.ts";
export { listeners } from "./listeners.ts";
export { type Listeners, listening, receiver, receiverStep } from "./receiver.ts";
