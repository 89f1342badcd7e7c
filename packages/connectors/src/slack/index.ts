import { defineConnector } from "@leasehold/core/connector";
import { connect, Settings } from "./api.ts";
import { desk } from "./desk.ts";

export const slack = defineConnector({
  id: "slack",
  title: "Slack",
  proof: "simulator",
  settings: Settings,
  connect: (settings, secrets, clock) => connect(settings, secrets, clock),
  desk,
});
