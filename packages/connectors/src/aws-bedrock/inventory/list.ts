import type { Lister } from "@leasehold/core/connector";
import { pageOfRegions } from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import { agents } from "./agents.ts";
import { bases } from "./bases.ts";
import { flows } from "./flows.ts";

/** Every agent with its aliases, action groups and knowledge bases, every knowledge base and every flow of the Regions named. */
export const lister: Lister<Api> = {
  permissions: [
    ...["ListAgents", "GetAgent", "ListAgentAliases", "ListAgentActionGroups", "GetAgentActionGroup"],
    ...["ListAgentKnowledgeBases", "ListKnowledgeBases", "GetKnowledgeBase", "ListFlows", "GetFlow"],
    "ListTagsForResource",
  ].map((verb) => `bedrock:${verb}`),
  emits: ["identity.seen", "credential.seen"],
  page: (api, cursor, now) => pageOfRegions([agents, bases, flows], api, cursor, now),
};
