export { type Codec, fields, list, maybe, plain } from "./codec.ts";
export { invoking } from "./invoke.ts";
export {
  type Answer,
  covers,
  type Operation,
  type OperationName,
  operations,
  Request,
  resultOf,
  rightFor,
} from "./operations.ts";
export { remote } from "./part.ts";
export { type Call, remoteEstate } from "./remote.ts";
