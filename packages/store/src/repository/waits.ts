import { createHash } from "node:crypto";
import type { Wait, Waits } from "@leasehold/app/world";
import { check, type Key, put, remove, type Table } from "../table/index.ts";
import { again } from "./paging.ts";
import { type StoryId, storyKey } from "./story.ts";

const waitKey = (id: StoryId): Key => ({ pk: id, sk: "wait" });

export function createWaits(table: Table): Waits {
  return {
    register: async (subject, version, wait) => {
      const row = { ...waitKey(subject), v: markOf(wait), data: wait };
      await table.write([check(storyKey(subject), { version }), put(row)]);
    },
    get: async (subject) => (await table.get(waitKey(subject)))?.data as Wait | undefined,
    glance: async (subject) => (await table.get(waitKey(subject), "may lag"))?.data as Wait | undefined,
    take: (subject) => again(() => take(table, subject)),
  };
}

/** A count would begin again after each taking, and one could take what came after it; the mark is the token's own. */
function markOf({ token }: Wait): number {
  return createHash("sha256").update(token).digest().readUIntBE(0, 6);
}

async function take(table: Table, subject: StoryId): Promise<Wait | undefined> {
  const row = await table.get(waitKey(subject));
  if (row === undefined) return undefined;
  await table.write([remove(waitKey(subject), { version: row.v })]);
  return row.data as Wait;
}
