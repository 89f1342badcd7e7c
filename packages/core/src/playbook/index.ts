export { Calendar, Playbook } from "./model.ts";
export { morningAfter } from "./morning.ts";
export { notBefore } from "./not-before.ts";
