import { defineConnector } from "@leasehold/core/connector";
import * as z from "zod/mini";
import { collateral } from "./collateral.ts";
import { listener } from "./events.ts";

export { listener } from "./events.ts"; // alone, for functions that only listen: nothing else of the connector comes along

/** Listens, and asks nothing of Google: there is nothing to set. */
export const googleWorkspace = /* @__PURE__ */ defineConnector({
  id: "google-workspace",
  title: "Google Workspace",
  proof: "fixtures",
  settings: z.strictObject({}),
  listens: listener,
  collateral,
});
