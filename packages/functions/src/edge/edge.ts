import { edge } from "@leasehold/api/edge";
import { onGateway } from "@leasehold/api/gateway";
import type { Connector } from "@leasehold/core/connector";
import { lambda, measure } from "../kit/index.ts";
import { configuredOf, vault } from "../provider/index.ts";
import { deployedHere, type Host, host, once, queues } from "../world/index.ts";

/** A vendor's own way in: it verifies with that vendor's secrets, puts what it heard in line, and can do nothing else. */
export function ingress(connector: Connector, on: Host = host) {
  const app = once(() => {
    const { settings } = configuredOf(connector, deployedHere(on).config);
    const line = queues(on);
    return onGateway(
      edge({
        ...{ connector, settings, clock: on.clock, log: counting(on.log), heard: line.heard },
        signing: vault(connector.id, on).signing,
        signals: ({ signals, delivery }) =>
          // two vendors may name theirs alike
          line.signals({ signals, live: true, recordedAt: on.clock(), delivery: `${connector.id}/${delivery}` }),
      }),
    );
  });
  return lambda<unknown, unknown>((event) => app()(event));
}

/** What a vendor sent and nobody could read is counted, and so is what was refused: there is no function behind this one that would fail over it. */
export function counting(log: Host["log"]): Host["log"] {
  return (level, message, keys = {}) => {
    log(level, message, keys);
    if (message === "request refused" && keys["why"] !== "probe")
      measure("RequestsRefused", 1, { connector: String(keys["connector"]), why: String(keys["why"]) });
    if (message === "event not understood") measure("EventsNotUnderstood", 1, { connector: String(keys["connector"]) });
  };
}
