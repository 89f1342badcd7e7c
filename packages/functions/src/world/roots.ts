import { createHash } from "node:crypto";
import type { Keep } from "@leasehold/app/watch";
import { unavailable } from "@leasehold/core/kernel";
import { faultOf, type Place, sent } from "../aws/index.ts";
import type { Host } from "./host.ts";

const TIMEOUT_MS = 20_000;

/** A locked bucket: what is there already stays. Object Lock takes no object without a checksum. */
export function keeping(place: Place, bucket: () => string): Keep {
  return async (key, text) => {
    const region = place.region();
    const checksum = createHash("sha256").update(text).digest("base64");
    const headers = {
      ...{ "content-type": "application/json", "if-none-match": "*" },
      ...{ "x-amz-checksum-sha256": checksum, "x-amz-sdk-checksum-algorithm": "SHA256" },
    };
    const response = await sent(place, {
      ...{ method: "PUT", service: "s3", region, hostname: `${bucket()}.s3.${region}.amazonaws.com`, path: `/${key}` },
      ...{ headers, body: text, timeoutMs: TIMEOUT_MS },
    }).catch(() => {
      throw unavailable("aws");
    });
    const isThere = response.status === 412;
    if (!response.ok && !isThere) throw faultOf("s3:PutObject", response.status, "");
  };
}

export const roots = ({ env, place }: Host): Keep => keeping(place, () => env("LEASEHOLD_ROOTS"));
