export { type Canary, Config, type Configured, Deployment, defineConfig, readConfig } from "./config.ts";
export { checkNames, settingsOf } from "./linked.ts";
export { PeopleFile } from "./people.ts";
export { type TrailFiles, trailFilesIn } from "./trail-files.ts";
export { addressesIn, type Group, groupsIn, type Voices } from "./voices.ts";
