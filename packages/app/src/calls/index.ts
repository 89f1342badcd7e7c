export { callerOf, mayCall, type PersonCaller, type Recognised } from "./caller.ts";
export { type CallName, calls } from "./calls.ts";
export type { Checked, Checkup, Connected } from "./checkup.ts";
export { type AnswerOf, type EveryCallName, everyCall, type InputOf } from "./every-call.ts";
export { type Call, type Caller, call, inputOf, type May } from "./model.ts";
