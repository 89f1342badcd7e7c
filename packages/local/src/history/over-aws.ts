import {
  type Bucket,
  endpointFor,
  lookupEvents,
  type ProfilePlace,
  profileKeys,
  type Signing,
} from "@leasehold/connectors/kit";
import type { LookupImport } from "./import-lookup.ts";

export interface OverAws {
  bucket(of: { readonly bucket: string; readonly region: string }): Bucket;
  readonly ask: LookupImport["ask"];
}

/**
 * Where history is fetched over the network: in the name of the profile that was given, in the account that was given, and no
 * other; and at the address that this profile says, so that its credentials go nowhere else.
 */
export function overAws(place: ProfilePlace, region: string): OverAws {
  const now = () => new Date();
  const at = (service: string) => endpointFor(service, place.profile);
  const signing: Signing = { keys: profileKeys(place, { region, now, endpoint: at("STS") }), now };
  return {
    bucket: (of) => ({ ...signing, endpoint: at("S3"), ...of }),
    ask: (asked) => lookupEvents({ ...signing, endpoint: at("CLOUDTRAIL") }, asked),
  };
}
