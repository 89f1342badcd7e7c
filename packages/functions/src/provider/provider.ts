import { connected } from "@leasehold/app/world";
import type { Connector } from "@leasehold/core/connector";
import { badInput } from "@leasehold/core/kernel";
import { lambda } from "../kit/index.ts";
import { deployedHere, type Host, host, once } from "../world/index.ts";
import { membersOf } from "./members.ts";
import { vault } from "./secrets.ts";
import { serve } from "./serve.ts";
import { configuredOf } from "./settings.ts";

/** A vendor's own function, one for each right: here alone are its secrets, and here alone its rights. */
export function provider(connector: Connector, on: Host = host) {
  const bound = once(() => {
    const { stage, config } = deployedHere(on);
    const { connect } = connector;
    if (connect === undefined) throw badInput("this connector cannot connect yet", { connector: connector.id });
    return connected(
      connector,
      configuredOf(connector, config),
      (settings) => connect(settings, vault(connector.id, on).secret, on.clock),
      membersOf(config.aws, stage, on.env("LEASEHOLD_RIGHT")),
    );
  });
  return lambda<unknown, object>(async (event) => {
    const answer = await serve(bound, on.env("LEASEHOLD_RIGHT"), event);
    if ("fault" in answer) on.log("warn", "not done", { connector: connector.id, fault: answer.fault.name });
    return answer;
  });
}
