export { Calendar, Playbook } from "./model.ts";
export { notBefore } from "./not-before.ts";
