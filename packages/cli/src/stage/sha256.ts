import { createHash, createHmac } from "node:crypto";

/** Node's own digest in the shape that the signer builds its digests in. */
export function Sha256(secret?: Parameters<typeof createHmac>[1] | ArrayBuffer | ArrayBufferView) {
  const hash = secret === undefined ? createHash("sha256") : createHmac("sha256", bytesOf(secret));
  return {
    update: (data: string | ArrayBuffer | ArrayBufferView) => void hash.update(bytesOf(data)),
    digest: async () => new Uint8Array(hash.digest()),
    reset: () => {},
  };
}

function bytesOf(data: unknown): string | Uint8Array {
  if (typeof data === "string") return data;
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return new Uint8Array(data as ArrayBuffer);
}
