export { type Gateway, onGateway } from "./gateway.ts";
