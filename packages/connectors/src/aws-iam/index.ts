import { IAMClient } from "@aws-sdk/client-iam";
import { defineConnector } from "@leasehold/core/connector";
import * as z from "zod/mini";
import { awsPlace, placeAgrees, roleCredentials } from "../../kit/index.ts";
import { actions, isChange } from "./actions.ts";
import type { Api } from "./api.ts";
import { collateral } from "./collateral.ts";
import { listener } from "./events.ts";
import { check, lister } from "./inventory/index.ts";

export { listener } from "./events.ts"; // alone, for functions that only listen: nothing else of the connector comes along

const Settings = z
  .strictObject({
    ...awsPlace,
    region: z
      ._default(z.string().check(z.regex(/^[a-z]{2}(-[a-z]+)+-\d$/)), "us-east-1")
      .check(z.describe("where IAM of this partition answers")),
  })
  .check(z.superRefine(placeAgrees));

/**
 * What changes something is sent once: a lost answer, tried again, could end as *throttled*, and be taken for nothing done.
 */
const ONCE = { maxAttempts: 1, requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000 } };

const sendOf = (reads: IAMClient, changes: IAMClient): Api["send"] =>
  ((command: Parameters<Api["send"]>[0]) =>
    (isChange(command) ? changes : reads).send(command as never)) as Api["send"];

export const awsIam = /* @__PURE__ */ defineConnector({
  id: "aws-iam",
  title: "AWS IAM",
  proof: "simulator",
  settings: Settings,
  check,
  connect: (settings): Api => {
    const place = { region: settings.region, credentials: roleCredentials(settings, settings.region) };
    return { account: settings.account, send: sendOf(new IAMClient(place), new IAMClient({ ...place, ...ONCE })) };
  },
  listens: listener,
  lists: lister,
  acts: actions,
  collateral,
});
