export { type Canary, Config, type Configured, Deployment, defineConfig, readConfig } from "./config.ts";
export { PeopleFile } from "./people.ts";
