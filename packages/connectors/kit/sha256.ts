import { createHash, createHmac } from "node:crypto";
import type { SignatureV4 } from "@smithy/signature-v4";

export type Sha256 = ConstructorParameters<typeof SignatureV4>[0]["sha256"];

/** Hash, or HMAC where a secret is given, as AWS's signer asks for it: a function, for what is called with `new` may return an object. */
export const Sha256 = function sha256(secret?: string | Uint8Array) {
  const hash = secret === undefined ? createHash("sha256") : createHmac("sha256", secret);
  return {
    update: (data: string | Uint8Array) => void hash.update(data),
    digest: async () => new Uint8Array(hash.digest()),
    reset: () => {},
  };
} as unknown as Sha256;
