import { defineConnector } from "@leasehold/core/connector";
import * as z from "zod/mini";
import { listener } from "./events.ts";

export { listener } from "./events.ts"; // alone, for functions that only listen: nothing else of the connector comes along

/** Listens, and asks nothing: there is nothing to set. */
export const awsHealth = /* @__PURE__ */ defineConnector({
  id: "aws-health",
  title: "AWS Health",
  proof: "fixtures",
  settings: z.strictObject({}),
  listens: listener,
});
