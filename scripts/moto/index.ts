export { installed } from "./install.ts";
export { started } from "./server.ts";
