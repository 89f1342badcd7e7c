import { defineConnector } from "@leasehold/core/connector";
import { collateral } from "./collateral.ts";
import { listener } from "./events/index.ts";
import { hook } from "./hook.ts";
import { probes } from "./probe.ts";
import { Settings } from "./settings.ts";

export { listener } from "./events/index.ts"; // alone, for functions that only listen: nothing else of the connector comes along

/** Listens, and asks nothing of GitHub. */
export const github = /* @__PURE__ */ defineConnector({
  id: "github",
  title: "GitHub",
  proof: "fixtures",
  settings: Settings,
  listens: listener,
  hook,
  collateral,
  signedWith: ({ signingName }) => [signingName],
  probes,
});
