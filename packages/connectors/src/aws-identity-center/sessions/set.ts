import {
  DeleteInlinePolicyFromPermissionSetCommand,
  DescribePermissionSetCommand,
  DescribePermissionSetProvisioningStatusCommand,
  GetInlinePolicyForPermissionSetCommand,
  GetPermissionsBoundaryForPermissionSetCommand,
  ListAccountsForProvisionedPermissionSetCommand,
  ListCustomerManagedPolicyReferencesInPermissionSetCommand,
  ListManagedPoliciesInPermissionSetCommand,
  type PermissionSetProvisioningStatus,
  type ProvisioningStatus,
  ProvisionPermissionSetCommand,
  PutInlinePolicyToPermissionSetCommand,
} from "@aws-sdk/client-sso-admin";
import { Fault } from "@leasehold/core/kernel";
import { isMissing } from "../../../kit/index.ts";
import { askSso } from "../access.ts";
import type { Access } from "../api.ts";

export const READS_POLICY = "sso:GetInlinePolicyForPermissionSet";
export const READS_PROVISIONED = "sso:ListAccountsForProvisionedPermissionSet";
const DESCRIBES = "sso:DescribePermissionSet";
const LISTS_MANAGED = "sso:ListManagedPoliciesInPermissionSet";
const LISTS_OWN = "sso:ListCustomerManagedPolicyReferencesInPermissionSet";
const READS_BOUNDARY = "sso:GetPermissionsBoundaryForPermissionSet";
const PUTS = "sso:PutInlinePolicyToPermissionSet";
export const DELETES = "sso:DeleteInlinePolicyFromPermissionSet";
const PROVISIONS = "sso:ProvisionPermissionSet";
const READS_STATUS = "sso:DescribePermissionSetProvisioningStatus";

export const READS_SET = [READS_POLICY, READS_PROVISIONED, DESCRIBES, LISTS_MANAGED, LISTS_OWN, READS_BOUNDARY];
export const WRITES_SET = [PUTS, DELETES, PROVISIONS, READS_STATUS];

const WRITES = [
  PutInlinePolicyToPermissionSetCommand,
  DeleteInlinePolicyFromPermissionSetCommand,
  ProvisionPermissionSetCommand,
];
export const changesSet = (command: unknown): boolean => WRITES.some((one) => command instanceof one);

/** One permission set of one instance. */
export interface OfSet {
  readonly access: Access;
  readonly permissionSet: string; // its ARN
}

const named = ({ access, permissionSet }: OfSet) => ({
  InstanceArn: access.instance,
  PermissionSetArn: permissionSet,
});

/** Its inline policy, "" where there is none; undefined where the permission set is gone. */
export async function inlineOf(of: OfSet): Promise<string | undefined> {
  const ask = () => of.access.send(new GetInlinePolicyForPermissionSetCommand(named(of)));
  const found = await askSso(READS_POLICY, ask).catch(isMissing);
  return found && (found.InlinePolicy ?? "");
}

/** Whether there is any account in which it is provisioned thus; undefined: in whatever way. */
export async function isProvisioned(of: OfSet, as?: ProvisioningStatus): Promise<boolean> {
  const input = { ...named(of), MaxResults: 100, ...(as && { ProvisioningStatus: as }) };
  const accounts = await pages(async (NextToken) => {
    const command = new ListAccountsForProvisionedPermissionSetCommand({ ...input, ...NextToken });
    const { AccountIds, NextToken: next } = await askSso(READS_PROVISIONED, () => of.access.send(command));
    return { found: AccountIds, next };
  });
  return accounts.length > 0;
}

/** Whether it is in some account as it was before its last change. */
export const waitsFor = (of: OfSet): Promise<boolean> => isProvisioned(of, "LATEST_PERMISSION_SET_NOT_PROVISIONED");

/**
 * All that is provisioned with it and is not its inline policy. Our statement tells what it was, so that what waits to be provisioned
 * can be told from what somebody else changed since.
 */
export async function besideOf(of: OfSet): Promise<unknown> {
  const { access } = of;
  const input = named(of);
  const described = await askSso(DESCRIBES, () => access.send(new DescribePermissionSetCommand(input)));
  const managed = await pages(async (NextToken) => {
    const command = new ListManagedPoliciesInPermissionSetCommand({ ...input, ...NextToken });
    const { AttachedManagedPolicies, NextToken: next } = await askSso(LISTS_MANAGED, () => access.send(command));
    return { found: AttachedManagedPolicies?.map(({ Arn }) => Arn ?? ""), next };
  });
  const own = await pages(async (NextToken) => {
    const command = new ListCustomerManagedPolicyReferencesInPermissionSetCommand({ ...input, ...NextToken });
    const { CustomerManagedPolicyReferences, NextToken: next } = await askSso(LISTS_OWN, () => access.send(command));
    return { found: CustomerManagedPolicyReferences?.map(({ Path, Name }) => `${Path ?? "/"}${Name}`), next };
  });
  const boundary = await askSso(READS_BOUNDARY, () =>
    access.send(new GetPermissionsBoundaryForPermissionSetCommand(input)),
  ).catch(isMissing); // one that has none is answered so, too
  const { SessionDuration, RelayState } = described.PermissionSet ?? {};
  const { ManagedPolicyArn, CustomerManagedPolicyReference } = boundary?.PermissionsBoundary ?? {};
  return [
    ...[SessionDuration ?? "", RelayState ?? "", [...managed].sort(), [...own].sort()],
    ...[ManagedPolicyArn ?? "", CustomerManagedPolicyReference?.Path ?? "", CustomerManagedPolicyReference?.Name ?? ""],
  ];
}

const MOST_PAGES = 100; // more is a list that we do not understand

async function pages(
  ask: (token: { NextToken?: string }) => Promise<{ found: readonly string[] | undefined; next: string | undefined }>,
): Promise<readonly string[]> {
  const all: string[] = [];
  let next: string | undefined;
  for (let n = 0; n < MOST_PAGES; n += 1) {
    const page = await ask(next === undefined ? {} : { NextToken: next });
    all.push(...(page.found ?? []));
    next = page.next;
    if (next === undefined) return all;
  }
  throw new Fault("Unavailable", "a list about the permission set did not end");
}

/** Undefined: none. Nothing of it is in force before it is provisioned. */
export async function writeInline(of: OfSet, InlinePolicy: string | undefined): Promise<void> {
  const { access } = of;
  if (InlinePolicy === undefined)
    await askSso(DELETES, () => access.send(new DeleteInlinePolicyFromPermissionSetCommand(named(of))));
  else
    await askSso(PUTS, () =>
      access.send(new PutInlinePolicyToPermissionSetCommand({ ...named(of), InlinePolicy })),
    ).catch(full);
}

function full(error: unknown): never {
  if ((error as Error).name !== "ServiceQuotaExceededException") throw error;
  throw new Fault("StalePlan", TOO_LONG);
}

export const LONGEST = 32_768; // characters, https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html
export const TOO_LONG =
  "our statement does not fit into the inline policy of the permission set any more: shorten that";

const LOOKS = 5;

/**
 * Into all its accounts, which is carried out after the answer: its status is asked for a few times, and the read back tells what came
 * of it, also where an account was given up. By now the policy is written: no fault here may say that nothing was changed.
 */
export async function provision(of: OfSet): Promise<void> {
  const { access } = of;
  const input = { ...named(of), TargetType: "ALL_PROVISIONED_ACCOUNTS" as const };
  const ask = () => access.send(new ProvisionPermissionSetCommand(input));
  const made = await askSso(PROVISIONS, ask).catch(unprovisioned);
  let status = made.PermissionSetProvisioningStatus;
  for (let n = 0; n < LOOKS && status?.RequestId !== undefined && !isEnded(status); n += 1) {
    const asked = { InstanceArn: access.instance, ProvisionPermissionSetRequestId: status.RequestId };
    status = await askSso(READS_STATUS, async () => {
      const said = await access.send(new DescribePermissionSetProvisioningStatusCommand(asked));
      return said.PermissionSetProvisioningStatus;
    }).catch(() => undefined);
  }
}

function unprovisioned(error: unknown): never {
  const { message, facts = {} } = error as { readonly message: string; readonly facts?: Fault["facts"] };
  throw new Fault("Unavailable", `the policy is written and waits to be provisioned: ${message}`, facts);
}

const isEnded = ({ Status }: PermissionSetProvisioningStatus): boolean => Status === "SUCCEEDED" || Status === "FAILED";
