import { PRICES, type Priced } from "./prices.ts";
import {
  ASKED,
  ASSUMED,
  EVENT,
  FORWARDED,
  LISTED,
  LOOKED_AT,
  ONE_IN_FOUR,
  STANDING,
  type Units,
  USED_IN_FILES,
  USED_IN_SMALL_FILES,
  USED_ON_BUS,
  WOUND_DOWN,
} from "./units.ts";

export interface Size {
  readonly eventsPerDay: number;
  readonly identities: number;
  readonly people: number;
}
export interface Line {
  readonly what: string;
  readonly count: number; // of them in a month
  readonly dollars: number;
}
/** A promise of the design, and what the same units and prices make of it. */
export interface Bar {
  readonly what: string;
  readonly dollars: number;
  readonly most: number;
  readonly met: boolean;
}
/** What a million calls made with credentials cost to count. How many there are is known to nobody before there is a trail. */
export interface Usage {
  readonly what: string;
  readonly perMillion: number; // dollars
}
export interface Estimate {
  readonly perMonth: readonly Line[];
  readonly total: number;
  readonly bars: readonly Bar[];
  readonly usage: readonly Usage[];
}

const GIGABYTE = 2 ** 30;
const MILLION = 1_000_000;

/** Counted units times list prices. Events are taken to be forwarded, which is the dearer of the two ways. */
export function estimate({ eventsPerDay, identities, people }: Size): Estimate {
  const { days, leavers, credentials, callsADay } = ASSUMED;
  const subjects = 2 * identities + people; // an identity, its credential; and the people's accounts
  const perMonth = [
    line("AWS events, forwarded", eventsPerDay * days, FORWARDED),
    line("subjects on the daily lists", subjects * days, LISTED),
    line("subjects looked at by the daily sweep", subjects * days, LOOKED_AT),
    line("credentials of people who left", people * leavers * credentials, ONE_IN_FOUR),
    line("questions and answers of people", callsADay * days, ASKED),
    line("what stands, and what runs by the clock", 1, STANDING),
    line("what is kept", 1, keptUnits(identities, people, eventsPerDay)),
  ];
  return { perMonth, total: sum(perMonth.map(({ dollars }) => dollars)), bars: bars(), usage: usage() };
}

/** The design's own bars, which do not depend on how large anybody is. */
function bars(): readonly Bar[] {
  return [
    bar("a million AWS events, direct, 90 % seen before", MILLION * costOf(EVENT), 0.6),
    bar("a million AWS events, forwarded, 90 % seen before", MILLION * costOf(FORWARDED), 1.6),
    bar("a look at ten million in the graph", 10 * MILLION * costOf(LOOKED_AT), 0.35),
    bar("one credential of somebody who left, its whole life, of twenty", costOf(WOUND_DOWN), 0.0015),
    bar("the same, of four", costOf(ONE_IN_FOUR), 0.0015),
  ];
}

const usage = (): readonly Usage[] => [
  { what: "heard on the bus", perMillion: MILLION * costOf(USED_ON_BUS) },
  { what: `read from a trail's files of ${ASSUMED.usageCalls} calls`, perMillion: MILLION * costOf(USED_IN_FILES) },
  { what: `read from small ones of ${ASSUMED.smallCalls}`, perMillion: MILLION * costOf(USED_IN_SMALL_FILES) },
];

export const costOf = (units: Units): number =>
  sum(Object.entries(units).map(([unit, count]) => count * PRICES[unit as Priced].dollars));

const line = (what: string, count: number, units: Units): Line => ({ what, count, dollars: count * costOf(units) });
const bar = (what: string, dollars: number, most: number): Bar => ({ what, dollars, most, met: dollars <= most });
const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);

/** The table with its backup, and a year of normalised signals. */
function keptUnits(identities: number, people: number, eventsPerDay: number): Units {
  const { itemBytes, itemsEach, retained, days } = ASSUMED;
  const table = ((identities * itemsEach + people * 2) * itemBytes) / GIGABYTE;
  const archive = (eventsPerDay * days * retained * 300) / GIGABYTE; // a signal is compressed
  return { tableGigabyte: table, backupGigabyte: table, objectGigabyte: archive };
}
