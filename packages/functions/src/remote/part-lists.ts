import { all } from "./lists.ts";
import { knowing } from "./part.ts";

/** Of a step that lists or polls. */
export const remoteLists = knowing(all);
