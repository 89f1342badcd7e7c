import { defineConnector } from "@leasehold/core/connector";
import * as z from "zod/mini";
import { listener } from "./events.ts";

export { listener } from "./events.ts"; // alone, for functions that only listen: nothing else of the connector comes along

/** Listens, and asks nothing: there is nothing to set. What the trails are is looked at by aws-cloudtrail. */
export const awsTrails = /* @__PURE__ */ defineConnector({
  id: "aws-trails",
  title: "AWS CloudTrail's own trails",
  proof: "fixtures",
  settings: z.strictObject({}),
  listens: listener,
});
