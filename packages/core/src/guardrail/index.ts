export { isNaked, nakedServer, sayHowAsked } from "./naked.ts";
