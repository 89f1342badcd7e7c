import { UpdateAgentAliasCommand } from "@aws-sdk/client-bedrock-agent";
import { pause } from "./pause.ts";

/** Made by a call that a bundler may leave out, for functions that only listen. */
export const actions = /* @__PURE__ */ [pause].slice();

/** Whether a call changes something at Bedrock. */
export const isChange = (command: unknown): boolean => command instanceof UpdateAgentAliasCommand;
