import { IdentitystoreClient } from "@aws-sdk/client-identitystore";
import { SSOAdminClient } from "@aws-sdk/client-sso-admin";
import { defineConnector } from "@leasehold/core/connector";
import * as z from "zod/mini";
import { awsPlace, ONCE, pacedSend, placeAgrees, pointedBy, roleCredentials, startPacer } from "../../kit/index.ts";
import { actions, isChange } from "./actions.ts";
import type { Access, Api } from "./api.ts";
import { collateral } from "./collateral.ts";
import { listener } from "./events/index.ts";
import { check, lister } from "./inventory/index.ts";
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
      instance: z
        .optional(
          z
            .string()
            .check(
              z.regex(
                /^arn:aws[a-z-]*:sso:::instance\/(sso)?ins-[\w.-]{16}$/,
                "as in arn:aws:sso:::instance/ssoins-1234567890abcdef",
              ),
            ),
        )
        .check(z.describe("the ARN of the instance; without it nobody looks at who is let into which account")),
      contain: z
        .optional(z.literal(true))
        .check(
          z.describe(
            "let inline policies of permission sets be written that end one user's sessions; without it none is",
          ),
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
    const { account, identityStoreId, region, instance, contain } = settings;
    const of = { region, credentials: roleCredentials(settings, region), ...ONCE };
    const store = new IdentitystoreClient({ ...of, ...pointedBy(settings.profile, "IDENTITYSTORE") });
    const admin = new SSOAdminClient({ ...of, ...pointedBy(settings.profile, "SSO_ADMIN") });
    const pacers = [startPacer("aws", limit), startPacer("aws", limit)] as const; // each service counts for itself
    const send = store.send.bind(store) as Parameters<typeof pacedSend>[0];
    const sendAdmin = admin.send.bind(admin) as Parameters<typeof pacedSend>[0];
    const way = (urgent: boolean) => ({
      send: pacedSend<Api["send"]>(send, pacers[0], isChange, urgent),
      ...(instance !== undefined && {
        access: { instance, send: pacedSend<Access["send"]>(sendAdmin, pacers[1], isChange, urgent) },
      }),
    });
    return { account, identityStoreId, contain, ...way(false), urgently: way(true) };
  },
  limit,
  urgent: (api) => ({ ...api, ...api.urgently }),
  listens: listener,
  lists: lister,
  people,
  acts: actions,
  collateral,
});
