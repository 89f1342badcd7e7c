export { loop, type Machine, type Parts } from "./machine.ts";
