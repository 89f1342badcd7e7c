export { Calendar, Playbook } from "./model.ts";
