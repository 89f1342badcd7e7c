import { defineConnector } from "@leasehold/core/connector";
import { actions } from "./actions.ts";
import { check, connect, Settings } from "./api.ts";
import { collateral } from "./collateral.ts";
import { listener } from "./events.ts";
import { hook } from "./hook.ts";
import { lister } from "./inventory.ts";
import { limit } from "./limit.ts";
import { people } from "./people.ts";
import { poller } from "./poll.ts";
import { probes } from "./probe.ts";

export { listener } from "./events.ts"; // alone, for functions that only listen: nothing else of the connector comes along

export const okta = /* @__PURE__ */ defineConnector({
  id: "okta",
  title: "Okta",
  proof: "simulator",
  settings: Settings,
  check,
  connect: (settings, secrets, clock) => connect(settings, secrets, clock),
  limit,
  urgent: (api) => ({ ...api, http: { ...api.http, ...api.http.urgent } }),
  listens: listener,
  hook,
  polls: poller,
  lists: lister,
  people,
  acts: actions,
  collateral,
  signedWith: ({ signingName }) => (signingName === undefined ? [] : [signingName]),
  probes,
});
