export { installed } from "./install.ts";
export { ACCOUNT, type Moto, started } from "./server.ts";
