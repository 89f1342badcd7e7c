import { badInput, unavailable } from "@leasehold/core/kernel";

const MOST = 8 * 1024 * 1024; // bytes; a function's answer has six at most

/** Not reached, or broken off: of an act nobody knows what became of it. */
export function unreachable(): never {
  throw unavailable("stage");
}

/** The whole of it, as far as it is no more than an answer may be. */
export async function textOf({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of body ?? []) {
      size += part.byteLength;
      if (size > MOST) break;
      parts.push(part);
    }
  } catch {
    unreachable();
  }
  if (size > MOST) throw badInput("the stage's answer is larger than any answer is: see --url", { most: MOST });
  return Buffer.concat(parts).toString();
}
