export { compile, type Matcher, matches } from "./compile.ts";
