export { counter, counterStep } from "./counter.ts";
export {
  agentDeployed,
  credentialIssued,
  exposure,
  grantCreated,
  identityLifecycle,
  listeners,
  usage,
} from "./listeners.ts";
export { type Listeners, listening, receiver, receiverStep } from "./receiver.ts";
