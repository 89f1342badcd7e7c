import { type Bucket, type BucketObject, getObject, listObjects } from "@leasehold/connectors/kit";
import { badInput, digest, Fault } from "@leasehold/core/kernel";
import { isTrail } from "./files.ts";
import type { TrailObject } from "./import-trail.ts";
import type { Item } from "./model.ts";
import { type Pause, patiently } from "./patience.ts";
import { readBytes } from "./read.ts";

export interface Place {
  readonly bucket: string;
  readonly prefix: string;
}

/** `s3://bucket/prefix`; undefined where it is a path. */
export function bucketIn(text: string): Place | undefined {
  if (!text.startsWith("s3://")) return undefined;
  const [, bucket = "", prefix = ""] = /^s3:\/\/([^/]*)\/?(.*)$/.exec(text) ?? [];
  if (/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) return { bucket, prefix };
  throw badInput("this is no place in S3: write s3://bucket/prefix", { where: "bucket" });
}

/** The objects of a bucket that are called like a trail's files, each known again by its ETag; asked for one by one, as they are read. */
export async function* trailBucket(bucket: Bucket, prefix: string, pause: Pause): AsyncGenerator<TrailObject> {
  let next: string | undefined;
  do {
    const page = await patiently(pause, () => listObjects(bucket, prefix, next));
    for (const object of page.objects) if (isTrail(object.key)) yield objectOf(bucket, object, pause);
    next = page.next;
  } while (next !== undefined);
}

function objectOf(bucket: Bucket, { key, etag, size }: BucketObject, pause: Pause): TrailObject {
  const name = `s3://${bucket.bucket}/${key}`;
  return {
    source: `trail/${digest(name)}`,
    stamp: `${size}/${etag}`,
    name,
    size,
    items: () => itemsOf(bucket, key, name, pause),
  };
}

/** One object that may not be read, or is gone, is a fault of its own; who is refused everything was refused the list. */
async function* itemsOf(bucket: Bucket, key: string, name: string, pause: Pause): AsyncGenerator<Item> {
  const bytes = await patiently(pause, () => getObject(bucket, key)).catch((error: unknown) => {
    if (error instanceof Fault && SKIPPED.includes(error.name)) return undefined;
    throw error;
  });
  if (bytes === undefined) yield { place: { file: name, line: 1 }, bytes: 0, broken: "cannot be read" };
  else yield* readBytes(name, bytes);
}

const SKIPPED: readonly string[] = ["PermissionMissing", "BadInput"];
