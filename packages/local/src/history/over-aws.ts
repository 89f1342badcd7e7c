import { type Bucket, lookupEvents, type ProfilePlace, profileKeys, type Signing } from "@leasehold/connectors/kit";
import type { LookupImport } from "./import-lookup.ts";

export interface OverAws {
  bucket(of: { readonly bucket: string; readonly region: string }): Bucket;
  readonly ask: LookupImport["ask"];
}

/** Where history is fetched over the network: in the name of the profile that was given, in the account that was given, and no other. */
export function overAws(place: ProfilePlace, region: string): OverAws {
  const now = () => new Date();
  const signing: Signing = { keys: profileKeys(place, { region, now }), now };
  return { bucket: (of) => ({ ...signing, ...of }), ask: (asked) => lookupEvents(signing, asked) };
}
