export { type Codec, fields, list, maybe, plain } from "./codec.ts";
export { invoking } from "./invoke.ts";
export { all, type OperationName, Request } from "./lists.ts";
export { type Answer, covers, type Operation, operations, resultOf, rightFor } from "./operations.ts";
export { remote } from "./part.ts";
export { remoteLists } from "./part-lists.ts";
export { type Call, type Known, remoteEstate } from "./remote.ts";
