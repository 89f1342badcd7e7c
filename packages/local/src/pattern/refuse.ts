import { badInput } from "@leasehold/core/kernel";

/** A pattern that EventBridge would not take, or would take otherwise than it reads. The path says where. */
export function refuse(message: string, path: string): never {
  throw badInput(message, { path });
}
