import { objectUrl } from "@leasehold/connectors/kit";
import { badInput, unavailable } from "@leasehold/core/kernel";
import { faultOf, type Place, sent } from "../aws/index.ts";

export interface Bucket {
  readonly bucket: string;
  readonly region: string;
  readonly account: string; // that owns it: of any other's, of the same name, nothing is read
}

/** The bytes of one object as they come. What is too large is `BadInput`; what cannot be fetched now is another fault. */
export type Objects = (key: string) => AsyncIterable<Uint8Array>;

const PACKED = 64 * 1_048_576; // bytes; CloudTrail's own files end at about fifty megabytes
const TIMEOUT_MS = 240_000; // of the whole object, which is read no faster than it is counted

/**
 * CloudTrail's objects bear `content-encoding: gzip`, which a client would unpack unasked, behind every limit: S3 is asked to
 * say that there is none (docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html, response-content-encoding).
 */
export function bucketObjects(place: Place, { account, ...bucket }: Bucket, most = PACKED): Objects {
  return async function* (key) {
    const { hostname, pathname: path } = objectUrl(bucket, key);
    const response = await sent(place, {
      ...{ method: "GET", service: "s3", region: bucket.region, hostname, path, timeoutMs: TIMEOUT_MS },
      query: { "response-content-encoding": "identity" },
      headers: { "x-amz-expected-bucket-owner": account },
    }).catch(cutOff);
    const isLarge = Number(response.headers.get("content-length") ?? 0) > most;
    if (!response.ok || isLarge || response.body === null) {
      await response.body?.cancel().catch(() => {});
      if (response.ok) throw badInput(isLarge ? TOO_LARGE : "cannot be read");
      throw faultOf("s3:GetObject", response.status, "");
    }
    yield* within(response.body, most);
  };
}

const TOO_LARGE = "larger than any file that is read";

async function* within(body: ReadableStream<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  const parts = body[Symbol.asyncIterator]();
  let size = 0;
  try {
    for (let next = await parts.next().catch(cutOff); !next.done; next = await parts.next().catch(cutOff)) {
      size += next.value.byteLength;
      if (size > most) throw badInput(TOO_LARGE);
      yield next.value;
    }
  } finally {
    await parts.return?.().catch(() => {});
  }
}

/** No cause: a network error may quote the address or what was sent. */
function cutOff(): never {
  throw unavailable("aws");
}
