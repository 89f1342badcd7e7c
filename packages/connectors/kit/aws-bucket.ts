import { badInput, denied, Fault, throttled, unavailable } from "@leasehold/core/kernel";
import { objectUrl } from "./aws-object-url.ts";
import { type Signing, signedAws } from "./aws-signed.ts";

/** A bucket, read only. */
export interface Bucket extends Signing {
  readonly bucket: string;
  readonly region: string;
  readonly endpoint?: string | undefined; // another address than AWS's own: a VPC endpoint
}
export interface BucketObject {
  readonly key: string;
  readonly etag: string;
  readonly size: number;
}

const LISTING = 16 * 1_048_576; // bytes: a page has a thousand keys of a kilobyte at most
const LARGEST = 256 * 1_048_576; // bytes: CloudTrail's own files end at about fifty megabytes

/** One page of what lies under a prefix, in order of the keys. */
export async function listObjects(
  bucket: Bucket,
  prefix: string,
  from?: string,
): Promise<{ readonly objects: readonly BucketObject[]; readonly next: string | undefined }> {
  const query = { "list-type": "2", "encoding-type": "url", prefix, ...(from && { "continuation-token": from }) };
  const bytes = await get(bucket, "", query, "s3:ListBucket", LISTING);
  const xml = Buffer.from(bytes).toString("utf8");
  const objects = [...xml.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)].map(([, one = ""]) => ({
    key: decodeURIComponent((only(one, "Key") ?? "").replaceAll("+", " ")),
    etag: (only(one, "ETag") ?? "").replaceAll("&quot;", "").replaceAll('"', ""),
    size: Number(only(one, "Size") ?? 0),
  }));
  if (!xml.includes("<ListBucketResult")) throw badInput("the bucket's answer is no list", { bucket: bucket.bucket });
  const truncated = only(xml, "IsTruncated") === "true";
  const next = truncated ? only(xml, "NextContinuationToken") : undefined;
  if (truncated && next === undefined)
    throw badInput("the bucket's list ends before its end", { bucket: bucket.bucket });
  return { objects, next };
}

/** The bytes as they lie there: CloudTrail's objects bear an encoding, which `fetch` would undo on the way, behind our limit. */
export const getObject = (bucket: Bucket, key: string): Promise<Uint8Array> =>
  get(bucket, key, { "response-content-encoding": "identity" }, "s3:GetObject", LARGEST);

const only = (xml: string, name: string): string | undefined =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]?.replaceAll("&amp;", "&");

async function get(
  bucket: Bucket,
  key: string,
  query: Readonly<Record<string, string>>,
  permission: string,
  most: number,
) {
  const url = objectUrl(bucket, key);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const { region } = bucket;
  const { status, headers, bytes } = await signedAws(bucket, { service: "s3", region, method: "GET", url }, most);
  if (status === 200) return bytes;
  throw faultOf(bucket, status, permission, headers.get("x-amz-bucket-region"));
}

function faultOf({ bucket, region }: Bucket, status: number, permission: string, lives: string | null): Fault {
  if (lives !== null && lives !== region)
    return badInput("the bucket is in another region: name it with --region", { bucket, region: lives });
  if (status === 429 || status === 503) return throttled("aws");
  if (status >= 500) return unavailable("aws");
  if (status === 401 || status === 403) return denied("aws", permission);
  if (status === 404) return badInput("there is no such bucket, or no such object in it", { bucket });
  return new Fault("Unexpected", "the bucket answered in a way that nobody planned for", { bucket, status });
}
