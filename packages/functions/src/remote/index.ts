export { type Codec, fields, list, maybe, plain } from "./codec.ts";
export { invoking } from "./invoke.ts";
export { all, type OperationName, Request } from "./lists.ts";
export { type Answer, type Operation, operations, resultOf } from "./operations.ts";
export { remote } from "./part.ts";
export { remoteLists } from "./part-lists.ts";
export { type Call, remoteEstate } from "./remote.ts";
export { covers, rightFor } from "./rights.ts";
