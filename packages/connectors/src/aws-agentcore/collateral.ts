import type { Collateral } from "@leasehold/core/connector";
import { RUNTIME_SESSIONS } from "./sessions/index.ts";

const GUIDE = "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide";

/** What AgentCore does besides. */
export const collateral: readonly Collateral[] = [
  {
    ...{ credential: RUNTIME_SESSIONS, verb: "end-sessions", by: "us", sessionsLive: 8 },
    what: "Whoever is in a session of the runtime loses it, with what it has in memory and in its files, and answers that are on their way break off. Whoever may call the runtime opens a new one at once, also under the same id. At most twenty are stopped, those that were logged last; one that no log names is not stopped: these end by themselves within eight hours.",
    instead:
      "Quarantine the runtime's role first, so that new sessions can do nothing; or take the credential of whoever calls it.",
    source: `${GUIDE}/runtime-stop-session.html`,
  },
];
