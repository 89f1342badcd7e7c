import type { DeskRequest } from "@leasehold/core/connector";
import * as z from "zod/mini";
import { signingNameOf } from "../../kit/index.ts";
import { KINDS, SourceName } from "./said.ts";

const Source = z.strictObject({
  secretName: signingNameOf("ingest"),
  kinds: z.array(z.enum(KINDS)).check(z.minLength(1)), // and no others
});

export const Settings = z.strictObject({
  sources: z
    .record(SourceName, Source)
    .check(
      z.refine(isOneSecretEach, "two sources never share a secret: each could speak as the other"),
      z.describe("by its name, each source's `secretName`, as ingest.hr, and the `kinds` of signals that it may send"),
    ),
});
export type Settings = z.infer<typeof Settings>;

export const sourceIn = (headers: DeskRequest["headers"]): string => headers["x-leasehold-source"] ?? "";

/** Of a request, the secret of the source that it says it is from; of a source that nobody configured, none. */
export function signedWith({ sources }: Settings, headers?: DeskRequest["headers"]): readonly string[] {
  if (headers === undefined) return Object.values(sources).map(({ secretName }) => secretName);
  const from = sourceIn(headers);
  const source = Object.hasOwn(sources, from) ? sources[from] : undefined;
  return source === undefined ? [] : [source.secretName];
}

function isOneSecretEach(sources: Readonly<Record<string, z.infer<typeof Source>>>): boolean {
  const names = Object.values(sources).map(({ secretName }) => secretName);
  return new Set(names).size === names.length;
}
