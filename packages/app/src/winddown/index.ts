export { type AdvancePorts, advance, type Next } from "./advance.ts";
export { answer, type Told } from "./answer.ts";
export { hear } from "./hear.ts";
export { ladderOf } from "./ladder.ts";
export { type LiveRead, livePerson } from "./live-person.ts";
export { identityName, type Looked, type LookPorts, look } from "./look.ts";
export { overdue } from "./overdue.ts";
export { type Undoing, undo } from "./undo.ts";
export { isCase, stuck, type Waiting, wait, wake } from "./wait.ts";
