import { aKey, aUser, empty, type World } from "../../packages/connectors/src/aws-iam/simulated-account.ts";

const MADE = "2026-01-05T08:00:00.000Z";

/** Everybody has a key, one in five two; three in ten sign in, one in a hundred has a certificate. */
export function largeAccount(users: number): World {
  return {
    ...{ ...empty, page: 1_000 },
    users: Array.from({ length: users }, (_, n) => {
      const id = String(n).padStart(8, "0");
      const used = { lastUsed: "2026-10-30T17:00:00.000Z" };
      const second = aKey(`AKIA1111${id}`, { ...used, createdAt: "2026-02-05T08:00:00.000Z" });
      return aUser(`user-${n}`, {
        keys: [aKey(`AKIA0000${id}`, used), ...(n % 5 === 0 ? [second] : [])],
        ...(n % 10 < 3 && { password: { createdAt: MADE, lastUsed: null } }),
        ...(n % 100 === 0 && { certificates: [{ id: `CERT${id}`, status: "Active" as const, createdAt: MADE }] }),
      });
    }),
  };
}

export const PAGE = 100; // users that are listed at once

const A_SECOND = 5; // calls, as IAM is paced
const SHARED = 2 + 1 + 1; // the report, groups and policies, the passwords of services

/** The least: what all share, once an hour, the pages, and of each user what no call tells of all. */
export function leastCalls(users: number): number {
  const first = 1 + 1; // the report is not there yet; the roles
  const once = SHARED + first + Math.ceil(users / PAGE) + 2 * users + Math.ceil(users / 100);
  return once + SHARED * Math.floor(once / A_SECOND / 3_600);
}
