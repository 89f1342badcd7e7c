const KIND =
  "identity-based policy|resource-based policy|permissions boundary|session policy|service control policy|resource control policy|role trust policy|VPC endpoint policy";
const DENIED = new RegExp(`with an explicit deny in (?:an?|the) (${KIND})`);
const UNALLOWED = new RegExp(`because no (${KIND}) allows`);

/**
 * Which policy refused a call, as far as AWS's message says it, in words of ours: the message itself quotes names and paths.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function refusedBy(message: string | undefined): string | undefined {
  const denied = DENIED.exec(message ?? "")?.[1];
  if (denied !== undefined) return `explicit deny in ${/^i/.test(denied) ? "an" : "a"} ${denied}`;
  const unallowed = UNALLOWED.exec(message ?? "")?.[1];
  return unallowed === undefined ? undefined : `no ${unallowed} allows it`;
}

const RESOURCE = /on resource: "?(arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d{0,12}:[\w+=,.@:/$*-]{1,400})(?=["\s]|$)/;

/** Of what S3 keeps: the bucket, or the access point by which it is reached. */
const WITHIN_S3 = /^(arn:aws[a-z-]*:s3(?::::[^/]+|[a-z-]*:[a-z0-9-]+:\d*:(?:outpost\/[^/]+\/)?[a-z]+\/[^/]+))\/.*$/;

/** What the call was for, where the message names an ARN: of an object in S3 not its key, which is anybody's words. */
export function refusedTo(message: string | undefined): string | undefined {
  const arn = RESOURCE.exec(message ?? "")?.[1];
  return arn?.replace(WITHIN_S3, "$1");
}
