export { type AnswerOf, type CallName, calls, type InputOf } from "./calls.ts";
export { type Call, type Caller, call, inputOf, type May } from "./model.ts";
