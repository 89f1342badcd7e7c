import { ListPoliciesCommand } from "@aws-sdk/client-organizations";
import type { Page } from "@leasehold/core/connector";
import { askAws } from "../../../kit/index.ts";
import type { Api } from "../api.ts";

export const SCP = "SERVICE_CONTROL_POLICY";

/** One page of the organisation's own service control policies, by name: what they say is not read. */
export async function pageOfPolicies(api: Api, token: string | undefined): Promise<Page> {
  const input = { Filter: SCP, MaxResults: 20, ...(token !== undefined && { NextToken: token }) } as const;
  const { Policies = [], NextToken: next } = await askAws("organizations:ListPolicies", () =>
    api.send(new ListPoliciesCommand(input)),
  );
  const names = Policies.filter(({ AwsManaged }) => AwsManaged !== true).flatMap(({ Name }) => Name ?? []);
  return { signals: [], next, whole: true, ...(names.length > 0 && { gaps: [{ what: sentence(names) }] }) };
}

const sentence = (names: readonly string[]): string =>
  `What an identity may do can be less than its own policies allow: the organisation has the service control policies ${names.join(", ")}, which are not read.`;
