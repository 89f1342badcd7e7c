import { IdentitystoreClient } from "@aws-sdk/client-identitystore";
import { defineConnector } from "@leasehold/core/connector";
import * as z from "zod/mini";
import { awsPlace, ONCE, pacedSend, placeAgrees, roleCredentials, startPacer } from "../../kit/index.ts";
import type { Api } from "./api.ts";
import { collateral } from "./collateral.ts";
import { listener } from "./events/index.ts";
import { check, lister } from "./inventory.ts";
import { limit } from "./limit.ts";
import { people } from "./people.ts";

export { listener } from "./events/index.ts"; // alone, for functions that only listen: nothing else of the connector comes along

// Made by a call that a bundler may leave out, for functions that only listen.
const Settings = /* @__PURE__ */ (() =>
  z
    .strictObject({
      ...awsPlace,
      identityStoreId: z
        .string()
        .check(
          z.regex(/^(d-[0-9a-f]{10}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/, "as in d-1234567890"),
          z.describe("as in d-1234567890"),
        ),
      region: z
        .string()
        .check(
          z.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "the Region of the Identity Center instance, as in eu-west-1"),
          z.describe("the Region of the Identity Center instance"),
        ),
    })
    .check(z.superRefine(placeAgrees)))();

export const awsIdentityCenter = /* @__PURE__ */ defineConnector({
  id: "aws-identity-center",
  title: "AWS IAM Identity Center",
  proof: "simulator",
  settings: Settings,
  check,
  connect: (settings): Api => {
    const { account, identityStoreId, region } = settings;
    const client = new IdentitystoreClient({ region, credentials: roleCredentials(settings, region), ...ONCE });
    const send = client.send.bind(client) as Parameters<typeof pacedSend>[0];
    const paced = pacedSend<Api["send"]>(send, startPacer("aws", limit), () => false);
    return { account, identityStoreId, send: paced };
  },
  limit,
  listens: listener,
  lists: lister,
  people,
  collateral,
});
