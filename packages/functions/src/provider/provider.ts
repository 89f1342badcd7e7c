import { hearing } from "@leasehold/app/ingest";
import { connected } from "@leasehold/app/world";
import type { Connector } from "@leasehold/core/connector";
import { badInput } from "@leasehold/core/kernel";
import { lambda } from "../kit/index.ts";
import { type Listeners, listening } from "../listeners/index.ts";
import { deployedHere, type Host, host, once } from "../world/index.ts";
import { membersOf } from "./members.ts";
import { vault } from "./secrets.ts";
import { serve } from "./serve.ts";
import { configuredOf } from "./settings.ts";

/**
 * A vendor's own function, one for each right: here alone are its secrets, and here alone its rights. `ears`: who reads what it finds,
 * where that is what others would have heard of a bus; it is read here, and goes on as signals.
 */
export function provider(connector: Connector, on: Host = host, ears: Listeners = {}) {
  const bound = once(() => {
    const { stage, config } = deployedHere(on);
    const { connect } = connector;
    if (connect === undefined) throw badInput("this connector cannot connect yet", { connector: connector.id });
    return connected(
      connector,
      configuredOf(connector, config),
      (settings) => connect(settings, vault(connector.id, on).secret, on.clock),
      membersOf(config.aws, stage, on.env("LEASEHOLD_RIGHT")),
      hearing(listening(ears, config).providers(), on.log),
    );
  });
  return lambda<unknown, object>(async (event) => {
    const answer = await serve(bound, on.env("LEASEHOLD_RIGHT"), event);
    if ("fault" in answer) on.log("warn", "not done", { connector: connector.id, fault: answer.fault.name });
    return answer;
  });
}
