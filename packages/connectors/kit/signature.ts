import { createHmac, timingSafeEqual } from "node:crypto";
import { badInput, type Fault } from "@leasehold/core/kernel";

export const signatureOf = (secret: string, text: string): string =>
  createHmac("sha256", secret).update(text).digest("hex");

/** Whether any of our secrets signed this text. All are tried in constant time: two are live while one is being replaced. */
export function isSigned(text: string, hex: string | undefined, secrets: readonly string[]): boolean {
  if (hex === undefined || !/^[0-9a-f]{64}$/i.test(hex)) return false;
  const given = Buffer.from(hex, "hex");
  const agreeing = secrets.filter(
    (secret) => secret !== "" && timingSafeEqual(Buffer.from(signatureOf(secret, text), "hex"), given),
  );
  return agreeing.length > 0;
}

/** One sentence for every reason: whoever forges a request learns nothing from it. */
export const notAccepted = (): Fault => badInput("the request was not accepted");
