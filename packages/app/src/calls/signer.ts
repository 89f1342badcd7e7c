import { isEmail } from "@leasehold/core/lineage";
import type { Deployment } from "../config/index.ts";

const USER = /^arn:(aws[a-z-]*):iam::(\d{12}):user\/[\w+=,.@/-]{1,576}$/;
const SESSION = /^arn:(aws[a-z-]*):sts::(\d{12}):assumed-role\/([\w+=,.@-]{1,64})\/([\w+=,.@-]{2,64})$/;
const ROLE = /^arn:(aws[a-z-]*):iam::(\d{12}):role\/(?:[\x21-\x7e]{1,510}\/)?([\w+=,.@-]{1,64})$/;
const PERMISSION_SET = /^AWSReservedSSO_[\w+=,.@-]{1,32}_[0-9a-f]{16}$/;
const LONGEST_SESSION = 64; // as long as AWS allows: it may have been cut, and be the beginning of another address

/**
 * Whose address stands behind an AWS identity of the stage's own account; undefined: nobody's.
 *
 * IAM Identity Center makes the roles of its permission sets itself, names their sessions after its user, and lets nobody
 * else change them (https://docs.aws.amazon.com/singlesignon/latest/userguide/identity-center-and-iam-roles.html): there the
 * session's name is AWS's word. Whoever assumes any other role chooses the name
 * (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html), so it says nothing. Such a role is a person's
 * only where the configuration says so of the role as a whole: then everybody who may assume it is that person.
 * An ARN of a session has no path: whoever can make roles of any name in this account can make one that looks like a
 * permission set's, and could as well change the function that reads this.
 */
export function addressOf(
  identity: string,
  { account, region, callers }: Pick<Deployment, "account" | "region" | "callers">,
): string | undefined {
  const [, partition, of] = /^arn:(aws[a-z-]*):(?:iam|sts)::(\d{12}):/.exec(identity) ?? [];
  if (of !== account || partition !== partitionOf(region)) return undefined;
  if (USER.test(identity)) return callers[identity];
  const [, , , role = "", session = ""] = SESSION.exec(identity) ?? [];
  if (role === "") return undefined; // root, a federated user, or nothing that we know
  if (!role.startsWith("AWSReservedSSO_")) return ofRole(callers, { partition, account, role });
  if (!PERMISSION_SET.test(role)) return undefined;
  const named = isEmail(session) && session.length < LONGEST_SESSION ? session : undefined;
  return callers[identity] ?? named;
}

/** Regions of China and of the American government are clouds of their own, with account ids of their own. */
function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

interface Role {
  readonly partition: string;
  readonly account: string;
  readonly role: string;
}

/** Names of roles are unique in an account whatever their path, which a session's ARN leaves out. Two that say different people are nobody. */
function ofRole(callers: Deployment["callers"], { partition, account, role }: Role): string | undefined {
  const addresses = Object.entries(callers).flatMap(([arn, address]) => {
    const [, ofPartition, ofAccount, name] = ROLE.exec(arn) ?? [];
    return ofPartition === partition && ofAccount === account && name === role ? [address] : [];
  });
  return new Set(addresses).size === 1 ? addresses[0] : undefined;
}
