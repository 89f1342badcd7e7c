import { defineConnector } from "@leasehold/core/connector";
import { connect, Settings } from "./api.ts";
import { desk } from "./desk.ts";
import { limit } from "./limit.ts";
import { probes } from "./probe.ts";

export const jira = /* @__PURE__ */ defineConnector({
  id: "jira",
  title: "Jira",
  proof: "simulator",
  settings: Settings,
  connect: (settings, secrets, clock) => connect(settings, secrets, clock),
  limit,
  desk,
  signedWith: ({ signingName }) => (signingName === undefined ? [] : [signingName]),
  probes,
});
