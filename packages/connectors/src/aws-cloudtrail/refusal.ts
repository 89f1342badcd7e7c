import type { IdentityId } from "@leasehold/core/kernel";
import type { Refusal } from "@leasehold/core/usage";
import {
  awsIdentity,
  iamIdentity,
  iamRole,
  iamRoleArn,
  partitionOf,
  refusedBy,
  refusedTo,
  type UserIdentity,
  unmasked,
} from "../../kit/index.ts";

interface Told {
  readonly errorMessage?: string | null | undefined;
  readonly awsRegion?: string | null | undefined;
  readonly recipientAccountId?: string | null | undefined;
}

/** Whose rights were too few, to what, by which kind of policy, and where the log lies: the message itself is not kept. */
export function refusalOf(who: UserIdentity, { errorMessage, awsRegion, recipientAccountId }: Told): Refusal {
  const message = unmasked(errorMessage);
  const [identity, resource, policy] = [identityOf(who), refusedTo(message), refusedBy(message)];
  const [account, region] = [known(/^\d{12}$/, recipientAccountId), known(/^[a-z]{2}(-[a-z]+)+-\d$/, awsRegion)];
  return {
    ...(identity && { identity }),
    ...(resource && { resource }),
    ...(policy && { policy }),
    ...(account && { account }),
    ...(region && { region }),
  };
}

const known = (form: RegExp, text: string | null | undefined) => (text && form.test(text) ? text : undefined);

/** What acted is found in the graph: an agent that a session was given for, else the role, else the user. */
function identityOf({ type, arn: asked, inScopeOf }: UserIdentity): IdentityId | undefined {
  const scope = unmasked(inScopeOf?.sourceArn);
  if (scope?.startsWith("arn:")) return awsIdentity(scope).id;
  const arn = unmasked(asked) ?? "";
  const [, account, role] = /^arn:[^:]+:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn) ?? [];
  if (account !== undefined && role !== undefined) return iamRole(iamRoleArn(account, role, partitionOf(arn))).id;
  return type === "IAMUser" && arn !== "" ? iamIdentity(arn).id : undefined;
}
