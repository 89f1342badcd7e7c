export { AGENTS, type DemoAgent, type DemoKey, KEYS, type KeyName, type NamedKey } from "./agents.ts";
export { answerFor, answers, type SimulatedAnswer } from "./answers.ts";
export { CANARY, canaryDrill, canaryEvents, canaryWorlds } from "./canary.ts";
export { demoConfig } from "./config.ts";
export {
  consents,
  deletedInIdentityCenter,
  deletedInTrail,
  demoEvents,
  disabledInIdentityCenter,
  leaves,
  PIPELINE_KEY,
  pipelineMakesKey,
  returns,
  switches,
  uses,
} from "./events.ts";
export { type DemoGrant, GRANTS, type GrantName, grantIds } from "./grants.ts";
export { demoHistory } from "./history.ts";
export { accountsOf, type DemoPerson, everybody, PEOPLE, type Who } from "./people.ts";
export { ACCOUNT, ORG, SITE, STORE } from "./places.ts";
export { type DemoWorlds, demoWorlds, type IamWorld } from "./worlds.ts";
