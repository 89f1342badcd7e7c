import { defineConnector } from "@leasehold/core/connector";
import { listener } from "./events.ts";
import { hook } from "./hook.ts";
import { probes } from "./probe.ts";
import { Settings, signedWith } from "./settings.ts";

export { listener } from "./events.ts"; // alone, for functions that only listen: nothing else of the connector comes along

export const ingest = /* @__PURE__ */ defineConnector({
  id: "ingest",
  title: "Signed ingest",
  proof: "fixtures",
  settings: Settings,
  listens: listener,
  hook,
  signedWith,
  probes,
});
