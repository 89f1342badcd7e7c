import type { Instant } from "@leasehold/core/kernel";
import { AGENTS, type DemoAgent } from "./agents.ts";
import { consents, makesKey, makesUser } from "./events.ts";
import { type DemoGrant, GRANTS } from "./grants.ts";
import { weeksAgo } from "./time.ts";

/** What had happened before Leasehold came, oldest first, in the vendors' own formats: from it owners get their evidence. */
export function demoHistory(now: Instant): readonly unknown[] {
  return [...AGENTS.flatMap(made), ...consented]
    .toSorted((a, b) => b.age - a.age)
    .map(({ age, event }) => event(weeksAgo(now, age)));
}

interface Past {
  readonly age: number; // weeks
  readonly event: (at: Instant) => unknown;
}

function made({ userName, madeBy: by, age, keys }: DemoAgent): readonly Past[] {
  if (by === undefined) return []; // older than the trail that was kept
  return [
    { age, event: (at) => makesUser(by, userName, at) },
    ...keys.map(({ accessKeyId, age }): Past => ({ age, event: (at) => makesKey(by, userName, accessKeyId, at) })),
  ];
}

const { patWrites, patReads, sue } = GRANTS;
const together: readonly (readonly [DemoGrant, ...DemoGrant[]])[] = [[patWrites, patReads], [sue]];
const consented: readonly Past[] = together.map((grants) => ({
  age: grants[0].age,
  event: (at) => consents(grants, at),
}));
