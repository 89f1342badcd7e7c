export { Config, type Configured, defineConfig, readConfig } from "./config.ts";
