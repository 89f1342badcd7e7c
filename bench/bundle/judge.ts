import { type Bundle, largest, MOST_BYTES } from "../../scripts/bundles.ts";
import { type Interval, interval } from "../kit/index.ts";

/** How much longer a function may take to load than the bare client: a function that has a client and does nothing, as SST bundles it. */
export const MOST_RATIO = 1.15;
export const BARE = "dynamodb";
/** The same client with the options of stacks/bundling.ts; shown, and no bar. */
export const TRIMMED = "dynamodb, trimmed";
export const HELLO = "hello";
const PEERS = [BARE, TRIMMED, HELLO];

export interface Timed {
  readonly bundle: Bundle;
  readonly millis: readonly number[];
  readonly ratios: readonly number[]; // to the bare client's loads just before and after
  readonly broken: string | undefined;
}

export interface Row {
  readonly name: string;
  readonly bytes: number;
  readonly gzip: number;
  readonly millis: Interval | undefined;
  readonly ratio: Interval | undefined;
  readonly trimmed: Interval | undefined; // to the trimmed client in the same round
  readonly largest: ReturnType<typeof largest>;
}

export interface Judged {
  readonly bars: { readonly bytes: number; readonly ratio: number };
  readonly functions: readonly Row[];
  readonly peers: readonly Row[];
  readonly failures: readonly string[]; // each a sentence
}

/** A bar is missed only where the whole interval lies beyond it: noise alone turns nothing red. */
export function judged(all: readonly Timed[]): Judged {
  const isPeer = ({ bundle }: Timed) => PEERS.includes(bundle.name);
  const trimmed = all.find(({ bundle }) => bundle.name === TRIMMED)?.millis ?? [];
  const ours = all.filter((one) => !isPeer(one));
  return {
    bars: { bytes: MOST_BYTES, ratio: MOST_RATIO },
    functions: ours.map((one) => rowOf(one, trimmed)),
    peers: all.filter(isPeer).map((one) => rowOf(one, trimmed)),
    failures: all.flatMap((one) => (isPeer(one) ? loads(one) : [...loads(one), ...misses(rowOf(one, trimmed))])),
  };
}

function rowOf({ bundle, millis, ratios }: Timed, trimmed: readonly number[]): Row {
  const { name, bytes, gzip } = bundle;
  const spread = (samples: readonly number[]) => (samples.length > 0 ? interval(samples) : undefined);
  const toTrimmed = millis.flatMap((took, round) => (trimmed[round] === undefined ? [] : [took / trimmed[round]]));
  return {
    ...{ name, bytes, gzip, largest: largest(bundle) },
    ...{ millis: spread(millis), ratio: spread(ratios), trimmed: spread(toTrimmed) },
  };
}

const loads = ({ bundle, broken }: Timed): readonly string[] =>
  broken === undefined ? [] : [`${bundle.name} could not be loaded: ${broken}`];

function misses({ name, bytes, ratio }: Row): readonly string[] {
  const heavy = bytes > MOST_BYTES ? [`${name} weighs ${bytes} bytes, and may weigh ${MOST_BYTES}`] : [];
  if (ratio === undefined || ratio.low <= MOST_RATIO) return heavy;
  const between = `${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)}`;
  return [...heavy, `${name} takes ${between} times as long to load as the bare client, and may take ${MOST_RATIO}`];
}
