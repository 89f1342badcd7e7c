import { isTagged, NEVER_TOUCH } from "../signal/index.ts";

interface Known {
  readonly identity: string | undefined; // its name, an ARN where it has one
  readonly tags: readonly string[] | undefined; // as marks
}

const OURS = /^(.*[:/])?leasehold-[^/]*$/;
const ROOT = /^(arn:aws[a-z-]*:iam::\d{12}:root|<root_account>)$/;
const SERVICE_LINKED = /(:role\/aws-service-role\/|(^|\/)AWSServiceRoleFor)/;
const RESERVED = /(:role\/aws-reserved\/|(^|\/)AWSReservedSSO_)/;

/** What no configuration can open: the reason, or undefined. Names as the provider gives them. */
export function untouchable({ identity = "", tags = [] }: Known): string | undefined {
  if (isTagged(tags, NEVER_TOUCH)) return `it is tagged ${NEVER_TOUCH}`;
  if (ROOT.test(identity)) return "it is the root user's";
  if (SERVICE_LINKED.test(identity)) return "its role belongs to a service of AWS";
  if (RESERVED.test(identity)) return "its role belongs to IAM Identity Center";
  return OURS.test(identity) ? "it is Leasehold's own" : undefined;
}
