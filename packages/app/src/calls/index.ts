export { callerOf, mayCall, type PersonCaller, type Recognised, whyNot } from "./caller.ts";
export { type CallAnswer, type CallInput, type CallName, calls } from "./calls.ts";
export { type Checked, type Checkup, type Connected, checkup } from "./checkup.ts";
export { type Call, type Caller, call, type Does, inputOf, type May, type Table } from "./model.ts";
export { persons } from "./persons.ts";
export { plans } from "./plans.ts";
export { reads } from "./reads.ts";
export { repairs } from "./repairs.ts";
export { writes } from "./writes.ts";
