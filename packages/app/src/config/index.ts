export { Config, type Configured, Deployment, defineConfig, readConfig } from "./config.ts";
