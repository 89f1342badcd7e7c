import { defineConnector } from "@leasehold/core/connector";
import * as z from "zod/mini";
import { listener } from "./events.ts";

export { listener } from "./events.ts"; // alone, for functions that only listen: nothing else of the connector comes along

/**
 * Listens, and asks nothing. `bus`: the calls that the event bus of the stage's own Region has; `refused`: of those the refused
 * alone; `files`: the trail's files alone.
 */
const Settings = z.strictObject({ usage: z._default(z.enum(["bus", "refused", "files"]), "files") });

/** Every call that was made with a credential: counted, and nothing else of it. */
export const awsCloudtrail = /* @__PURE__ */ defineConnector({
  id: "aws-cloudtrail",
  title: "AWS CloudTrail",
  proof: "fixtures",
  settings: Settings,
  connect: () => undefined,
  listens: listener,
});
