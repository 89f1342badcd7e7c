export { addressOf } from "./address.ts";
export { askStage } from "./ask.ts";
export { awsFault, isNamed } from "./faults.ts";
export { credentialsOf } from "./identity.ts";
export { type Knocked, knock } from "./knock.ts";
export { refusedOn } from "./refused-on.ts";
export { type Stage, stageOf } from "./stage.ts";
