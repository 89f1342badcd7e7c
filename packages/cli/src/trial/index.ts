export { corp, estate, type Ran, type Trial } from "./trial.ts";
