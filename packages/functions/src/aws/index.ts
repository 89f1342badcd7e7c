export { type Ask, type Aws, awsAt, faultOf } from "./call.ts";
export { type Fetch, type Place, sent } from "./sign.ts";
