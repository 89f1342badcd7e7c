export { type Found, type Probed, type ProbeParts, probed } from "./probe.ts";
