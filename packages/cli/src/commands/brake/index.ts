export { brakeOn } from "./on.ts";
export { brakeRelease } from "./release.ts";
export { brakeStatus } from "./status.ts";
