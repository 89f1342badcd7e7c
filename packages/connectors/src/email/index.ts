import { defineConnector } from "@leasehold/core/connector";
import { connect, Settings } from "./api.ts";
import { desk } from "./desk.ts";

export const email = /* @__PURE__ */ defineConnector({
  id: "email",
  title: "E-mail",
  proof: "simulator",
  settings: Settings,
  connect: (settings, secrets, clock) => connect(settings, secrets, clock),
  desk,
});
