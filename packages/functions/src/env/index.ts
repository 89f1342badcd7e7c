export { type Env, env, envOf, stageName } from "./env.ts";
