import type { Collateral } from "@leasehold/core/connector";
import { ALIAS } from "./handles.ts";

const REFERENCE = "https://docs.aws.amazon.com/bedrock/latest/APIReference";

/** What Bedrock does besides. */
export const collateral: readonly Collateral[] = [
  {
    ...{ credential: ALIAS, verb: "disable", by: "us" },
    what: "Everything that calls the agent by this alias is refused. Other aliases of the agent go on, and so does what else its role can do.",
    instead: "To stop what the agent's role can do, quarantine the role.",
    source: `${REFERENCE}/API_agent_UpdateAgentAlias.html`,
  },
  {
    ...{ credential: ALIAS, verb: "delete", by: "hand" },
    what: "A deleted alias does not come back: one that is made again has another id, and whatever called the old one must be told.",
    instead: "Pause it: that can be taken back.",
    source: `${REFERENCE}/API_agent_DeleteAgentAlias.html`,
  },
];
