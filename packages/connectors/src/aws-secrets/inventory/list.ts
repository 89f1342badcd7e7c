import type { Lister } from "@leasehold/core/connector";
import { pageOfRegions } from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import { parameters } from "./parameters.ts";
import { secrets } from "./secrets.ts";

/** What is written on secrets and parameters of the Regions named: never a value, which no call here is answered with. */
export const lister: Lister<Api> = {
  permissions: [
    ...["ListSecrets", "GetResourcePolicy", "ListSecretVersionIds"].map((verb) => `secretsmanager:${verb}`),
    ...["DescribeParameters", "ListTagsForResource"].map((verb) => `ssm:${verb}`),
  ],
  emits: ["credential.seen"],
  page: (api, cursor, now) => pageOfRegions([secrets, parameters], api, cursor, now),
};
