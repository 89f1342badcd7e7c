import { defineConnector } from "@leasehold/core/connector";
import { connect, Settings } from "./api.ts";
import { collateral } from "./collateral.ts";
import { desk } from "./desk.ts";
import { limit } from "./limit.ts";
import { probes } from "./probe.ts";

export const slack = /* @__PURE__ */ defineConnector({
  id: "slack",
  title: "Slack",
  proof: "simulator",
  settings: Settings,
  connect: (settings, secrets, clock) => connect(settings, secrets, clock),
  limit,
  desk,
  collateral,
  signedWith: ({ signingName }) => (signingName === undefined ? [] : [signingName]),
  probes,
});
