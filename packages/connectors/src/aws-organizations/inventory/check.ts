import {
  ListAccountsCommand,
  ListDelegatedAdministratorsCommand,
  ListPoliciesCommand,
} from "@aws-sdk/client-organizations";
import { missingIn } from "../../../kit/index.ts";
import type { Api } from "../api.ts";
import { SCP } from "./policies.ts";

const NO_ORGANISATION = "This account is in no organisation: name the management account, or take the connector out.";

/** Asks for everything that the lister reads, once, and says what to allow. */
export async function check(api: Api): Promise<readonly string[]> {
  const asks = {
    "organizations:ListAccounts": () => api.send(new ListAccountsCommand({ MaxResults: 1 })),
    "organizations:ListDelegatedAdministrators": () =>
      api.send(new ListDelegatedAdministratorsCommand({ MaxResults: 1 })),
    "organizations:ListPolicies": () => api.send(new ListPoliciesCommand({ Filter: SCP, MaxResults: 1 })),
  };
  return missingIn({ account: api.account, regions: ["us-east-1"] }, () => asks).catch((error: unknown) => {
    if ((error as Error).name === "AWSOrganizationsNotInUseException") return [NO_ORGANISATION];
    throw error;
  });
}
