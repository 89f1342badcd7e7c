import { Instant } from "@leasehold/core/kernel";
import * as z from "zod";
import type { IamWorld } from "./worlds.ts";

const Use = z.object({
  detail: z.object({ eventTime: Instant, userIdentity: z.object({ accessKeyId: z.string() }) }),
});

/** The IAM world once this call was made in it: whatever CloudTrail records as signed with a key is a use of that key. */
export function afterUse(world: IamWorld, event: unknown): IamWorld {
  const read = Use.safeParse(event);
  if (!read.success) return world;
  const { eventTime, userIdentity } = read.data.detail;
  const used = <K extends IamWorld["users"][number]["keys"][number]>(key: K): K =>
    key.accessKeyId === userIdentity.accessKeyId && (key.lastUsed ?? "") < eventTime
      ? { ...key, lastUsed: eventTime }
      : key;
  return { ...world, users: world.users.map((user) => ({ ...user, keys: user.keys.map(used) })) };
}
