import type { Host } from "../world/index.ts";
import { deadLetters } from "./letters.ts";
import { bucketObjects } from "./objects.ts";
import type { Files } from "./read.ts";

/** The bucket that the stack names, and the queue of what cannot be read. */
export function filesOf({ env, place, aws }: Host): Files {
  const { dead, prefix, ...bucket } = env("LEASEHOLD_FILES");
  return {
    under: { bucket: bucket.bucket, prefix },
    objects: bucketObjects(place, bucket),
    letters: deadLetters(aws, () => dead),
  };
}
