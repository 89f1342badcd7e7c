export { askStage } from "./ask.ts";
export { awsFault, isNamed } from "./faults.ts";
export { credentialsOf } from "./identity.ts";
export { type Stage, stageOf } from "./stage.ts";
