import { defineConnector } from "@leasehold/core/connector";
import { actions } from "./actions.ts";
import { check, connect, Settings } from "./api.ts";
import { listener } from "./events.ts";
import { lister } from "./inventory.ts";
import { people } from "./people.ts";
import { poller } from "./poll.ts";

export const okta = defineConnector({
  id: "okta",
  title: "Okta",
  proof: "simulator",
  settings: Settings,
  check,
  connect: (settings, secrets, clock) => connect(settings, secrets, clock),
  listens: listener,
  polls: poller,
  lists: lister,
  people,
  acts: actions,
});
