import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { defineConnector } from "@leasehold/core/connector";
import * as z from "zod/mini";
import { awsPlace, ONCE, pacedSend, placeAgrees, pointedBy, roleCredentials, startPacer } from "../../kit/index.ts";
import type { Api, Send } from "./api.ts";
import { listener } from "./events/index.ts";
import { check, lister } from "./inventory/index.ts";
import { limit } from "./limit.ts";

export { listener } from "./events/index.ts"; // alone, for functions that only listen: nothing else of the connector comes along

// Made by a call that a bundler may leave out, for functions that only listen.
const Settings = /* @__PURE__ */ (() =>
  z
    .strictObject({
      ...awsPlace,
      covered: z
        .optional(z.array(awsPlace.account).check(z.maxLength(10_000)))
        .check(z.describe("the ids of the accounts that other connectors look into; without them this one alone")),
    })
    .check(z.superRefine(placeAgrees)))();

const REGION = "us-east-1"; // the one place where the service is

export const awsOrganizations = /* @__PURE__ */ defineConnector({
  id: "aws-organizations",
  title: "AWS Organizations",
  proof: "simulator",
  settings: Settings,
  check,
  connect: (settings): Api => {
    const { account, covered = [account] } = settings;
    const client = new OrganizationsClient({
      ...{ region: REGION, credentials: roleCredentials(settings, REGION) },
      ...ONCE,
      ...pointedBy(settings.profile, "ORGANIZATIONS"),
    });
    const send = client.send.bind(client) as Parameters<typeof pacedSend>[0];
    return { account, covered, send: pacedSend<Send>(send, startPacer("aws", limit), () => false) };
  },
  limit,
  listens: listener,
  lists: lister,
});
