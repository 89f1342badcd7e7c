import { defineConnector } from "@leasehold/core/connector";
import * as z from "zod/mini";
import { listener } from "./events.ts";

export { listener } from "./events.ts"; // alone, for functions that only listen: nothing else of the connector comes along

// Made by a call that a bundler may leave out, for functions that only listen.
const Settings = /* @__PURE__ */ (() =>
  z.strictObject({
    region: z
      .optional(z.string().check(z.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "a Region, as in eu-west-1")))
      .check(z.describe("the Region whose findings are heard; without it the one where this stage is installed")),
  }))();

/** Listens, and asks nothing. */
export const awsGuardduty = /* @__PURE__ */ defineConnector({
  id: "aws-guardduty",
  title: "Amazon GuardDuty",
  proof: "fixtures",
  settings: Settings,
  listens: listener,
});
