import { defineConnector } from "@leasehold/core/connector";
import { connect, Settings } from "./api.ts";
import { desk } from "./desk.ts";

export const jira = defineConnector({
  id: "jira",
  title: "Jira",
  proof: "simulator",
  settings: Settings,
  connect: (settings, secrets, clock) => connect(settings, secrets, clock),
  desk,
});
