export { ingress } from "./edge.ts";
