import { defineConnector } from "@leasehold/core/connector";
import { connect, Settings } from "./api.ts";
import { desk } from "./desk.ts";

export const slack = /* @__PURE__ */ defineConnector({
  id: "slack",
  title: "Slack",
  proof: "simulator",
  settings: Settings,
  connect: (settings, secrets, clock) => connect(settings, secrets, clock),
  desk,
  signedWith: ({ signingName }) => (signingName === undefined ? [] : [signingName]),
});
