import { defineConnector } from "@leasehold/core/connector";
import * as z from "zod/mini";
import { listener } from "./events.ts";

export { listener } from "./events.ts"; // alone, for functions that only listen: nothing else of the connector comes along

/** Listens, and asks nothing: there is nothing to set. */
export const awsFederation = /* @__PURE__ */ defineConnector({
  id: "aws-federation",
  title: "AWS identity federation",
  proof: "fixtures",
  settings: z.strictObject({}),
  listens: listener,
});
