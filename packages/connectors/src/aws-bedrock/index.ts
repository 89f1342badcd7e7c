import { defineConnector } from "@leasehold/core/connector";
import * as z from "zod/mini";
import { listener } from "./events/index.ts";

export { listener } from "./events/index.ts"; // alone, for functions that only listen: nothing else of the connector comes along

/** Listens, and asks nothing: there is nothing to set. */
export const awsBedrock = /* @__PURE__ */ defineConnector({
  id: "aws-bedrock",
  title: "Amazon Bedrock",
  proof: "fixtures",
  settings: z.strictObject({}),
  listens: listener,
});
