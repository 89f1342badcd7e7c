export { callerOf, mayCall, type PersonCaller, type Recognised } from "./caller.ts";
export { type CallName, calls } from "./calls.ts";
export type { Checked, Checkup, Connected } from "./checkup.ts";
export { type HereAnswer, type HereInput, type HereName, here } from "./here.ts";
export { type Call, type Caller, call, inputOf, type May } from "./model.ts";
