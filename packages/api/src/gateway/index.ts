export { type Answer, type App, type Gateway, onGateway } from "./gateway.ts";
