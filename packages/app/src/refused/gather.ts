import { hoursBetween, type Instant, later } from "@leasehold/core/kernel";
import { joinRefusals, type Refused, type Told, type Used } from "@leasehold/core/usage";
import { usedBetween } from "../usage/index.ts";
import { each, type World } from "../world/index.ts";

const SPAN = 24; // hours: a notice tells of a day at the most

/** The refused calls of one credential or session, of whole hours. */
export interface Tried {
  readonly credential: Used;
  readonly told: readonly Told[];
}

/** What live sources said since yesterday. */
export async function triedOf({ usage }: Pick<World, "usage">, now: Instant): Promise<readonly Tried[]> {
  const all = new Set<Used>();
  for (const day of [later(now, -SPAN), now])
    for await (const one of each((cursor) => usage.refusedOn(day, cursor))) all.add(one);
  const tried: Tried[] = [];
  for (const credential of [...all].sort()) {
    const told = await usedBetween({ usage }, credential, later(now, -SPAN), now);
    tried.push({ credential, told: told.filter(({ refusals }) => refusals !== undefined) });
  }
  return tried.filter(({ told }) => told.length > 0);
}

/** What a notice says. Counts are of whole hours; resources and policies are those of the latest few kinds. */
export interface Gathered {
  readonly count: number;
  readonly actions: readonly string[]; // service:action, the most frequent first
  readonly callers: readonly string[]; // with whose credentials, in the provider's words; of a session its role
  readonly resources: readonly string[];
  readonly policies: readonly string[];
  readonly from: Instant; // the hour of the first
  readonly last: Refused; // where the log is to be looked at
}

/** Of what came after the last notice; undefined where nothing did. */
export function gathered(told: readonly Told[], after: Instant | undefined): Gathered | undefined {
  const news = told.filter(({ refusals = [] }) => refusals.some(({ at }) => after === undefined || at > after));
  const { refusals = [] } = joinRefusals(...news);
  const [last] = refusals;
  if (last === undefined) return undefined;
  const counts = new Map<string, number>();
  for (const { service, action, refused } of news)
    counts.set(`${service}:${action}`, (counts.get(`${service}:${action}`) ?? 0) + refused);
  const often = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return {
    count: often.reduce((sum, [, n]) => sum + n, 0),
    actions: often.map(([action]) => action),
    callers: unique(news.map(({ caller }) => caller.name.replace(SESSION, "$1"))),
    resources: unique(refusals.map(({ resource }) => resource)),
    policies: unique(refusals.map(({ policy }) => policy)),
    from: news.map(({ hour }) => hour).sort()[0] as Instant,
    last,
  };
}

/** What a session is called is its holder's own text. */
const SESSION = /^(arn:[^:]+:sts::\d+:assumed-role\/[^/]+)\/.*$/;

const unique = (all: readonly (string | undefined)[]) => [...new Set(all.filter((one) => one !== undefined))].sort();

/** More may come: they are told together once it has been quiet for a while, and in the end whatever comes. */
export const isQuiet = (
  { from, last }: Pick<Gathered, "from"> & { readonly last: Pick<Refused, "at"> },
  now: Instant,
): boolean => hoursBetween(last.at, now) >= QUIET || hoursBetween(from, now) >= LONGEST;

const QUIET = 10 / 60; // hours
const LONGEST = 2; // hours after the beginning of the hour of the first
