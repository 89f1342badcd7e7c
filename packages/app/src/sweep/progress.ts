import type { Gap, Page, Place } from "@leasehold/core/connector";
import type { Instant } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";
import type { Walked } from "../world/index.ts";
import { kindOf } from "./absent.ts";
import { type Cursor, nextOf } from "./side-by-side.ts";

/** How far a sweep came: plain data, so that another run can go on with it. */
export interface Progress extends Come {
  readonly cursor: string | undefined;
  readonly beside?: readonly string[]; // of the other lists that are walked at the same time, or wait for their turn
  readonly seen: readonly string[]; // subjects
}
interface Come {
  readonly began: Instant;
  readonly whole: boolean; // every page so far
  readonly kinds: readonly string[];
  readonly active: number;
  readonly gaps?: readonly Gap[];
  readonly asOf?: Instant; // the oldest of what the pages rest on, where that is older than they are
  readonly places?: readonly Walked[]; // where there are several
  readonly regions?: readonly string[]; // that were listed, where one at a time is
}
/** The same but for what was seen, with the lists that are not at their end: each in its place, those that were begun first. */
export interface So extends Come {
  readonly left: readonly Cursor[];
}

/** What one page brought, as plain data. How far a sweep came is what its pages brought, one after the other. */
export interface Brought extends Pick<Page, "whole" | "place" | "region" | "gaps" | "asOf"> {
  readonly cursor?: string | undefined; // that it answers; undefined: the beginning
  readonly leads: readonly string[]; // on in its own list, and to the beginnings of others
  readonly seen: readonly string[];
  readonly kinds: readonly string[];
  readonly active: number;
}

export const start = (began: Instant): Progress => ({
  ...{ cursor: undefined, began, whole: true },
  ...{ seen: [], kinds: [], active: 0 },
});

export function soFar({ cursor, beside = [], seen: _, ...come }: Progress): So {
  return { ...come, left: [cursor, ...beside] };
}

export function progressOf({ left: [cursor, ...beside], ...come }: So, seen: Iterable<string>): Progress {
  const others = beside.filter((one) => one !== undefined);
  return { ...come, cursor, ...(others.length > 0 && { beside: others }), seen: [...seen] };
}

export function broughtBy(page: Page, cursor: Cursor): Brought {
  const { whole, signals, place, region, gaps = [], asOf } = page;
  return {
    ...{ cursor, leads: nextOf(page), whole, kinds: kindsIn(page) },
    ...{ seen: [...new Set(signals.flatMap(subjectOf))], active: signals.filter(isActive).length },
    ...(gaps.length > 0 && { gaps }),
    ...(place && { place: { id: place.id, ...(place.name !== undefined && { name: place.name }) } }),
    ...(region !== undefined && { region }),
    ...(asOf !== undefined && { asOf }),
  };
}

export function further(so: So, page: Brought): So {
  return {
    began: so.began,
    left: so.left.flatMap((one): readonly Cursor[] => (one === page.cursor ? page.leads : [one])),
    whole: so.whole && page.whole,
    kinds: union(so.kinds, page.kinds),
    active: so.active + page.active,
    gaps: [...(so.gaps ?? []), ...(page.gaps ?? [])],
    ...earliest(so.asOf, page.asOf),
    ...walked(so.places, page),
    ...listedIn(so.regions, page),
  };
}

/** A place is seen whole where every page of it was. */
function walked(known: So["places"], { place, whole }: Brought): Pick<So, "places"> {
  if (place === undefined) return known ? { places: known } : {};
  const before = known?.find(({ id }) => id === place.id);
  const others = known?.filter(({ id }) => id !== place.id) ?? [];
  const now = { ...(place satisfies Place), whole: whole && before?.whole !== false };
  return { places: [...others, now].toSorted((a, b) => (a.id < b.id ? -1 : 1)) }; // in whatever order they came
}

function listedIn(known: So["regions"], { region }: Brought): Pick<So, "regions"> {
  if (region === undefined) return known ? { regions: known } : {};
  return { regions: union(known ?? [], [region]) };
}

const subjectOf = (signal: Signal): readonly string[] => {
  if (signal.kind === "account.seen") return [signal.account];
  if (signal.kind === "identity.seen") return [signal.identity.id];
  return signal.kind === "credential.seen" ? [signal.credential] : [];
};
const kindsOf = (signal: Signal): readonly string[] =>
  signal.kind === "credential.seen" || signal.kind === "identity.seen" ? [kindOf(signal.tenant, signal.type)] : [];
/** Of a type that was looked for only in part nothing is gone because it is not there. */
const kindsIn = ({ signals, partly = [], looked = [] }: Page): readonly string[] =>
  union(
    looked.map(({ tenant, type }) => kindOf(tenant, type)),
    signals.flatMap((signal) =>
      signal.kind === "credential.seen" && partly.includes(signal.type) ? [] : kindsOf(signal),
    ),
  );
const earliest = (a: Instant | undefined, b: Instant | undefined): { readonly asOf?: Instant } => {
  const asOf = a === undefined || (b !== undefined && b < a) ? b : a;
  return asOf === undefined ? {} : { asOf };
};
const isActive = (signal: Signal): boolean => signal.kind === "account.seen" && signal.standing === "active";
export const union = <T>(a: readonly T[], b: readonly T[]): readonly T[] => [...new Set([...a, ...b])];
