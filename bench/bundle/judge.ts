import { type Bundle, largest, MOST_BYTES } from "../../scripts/bundles.ts";
import { type Interval, interval } from "../kit/index.ts";

/** How much longer a function may take to load than the bare client. */
export const MOST_RATIO = 1.15;
/** The client as SST would bundle it by itself; shown, and no bar. */
export const WHOLE = "dynamodb, whole";
const PEERS = ["dynamodb", WHOLE, "hello"];

export interface Timed {
  readonly bundle: Bundle;
  readonly millis: readonly number[];
  readonly ratios: readonly number[]; // to the peer's loads just before and after
  readonly broken: string | undefined;
}

export interface Row {
  readonly name: string;
  readonly bytes: number;
  readonly gzip: number;
  readonly millis: Interval | undefined;
  readonly ratio: Interval | undefined;
  readonly whole: Interval | undefined; // to the client with all that the SDK brings
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
  const whole = all.find(({ bundle }) => bundle.name === WHOLE)?.millis ?? [];
  const ours = all.filter((one) => !isPeer(one));
  return {
    bars: { bytes: MOST_BYTES, ratio: MOST_RATIO },
    functions: ours.map((one) => rowOf(one, whole)),
    peers: all.filter(isPeer).map((one) => rowOf(one, whole)),
    failures: all.flatMap((one) => (isPeer(one) ? loads(one) : [...loads(one), ...misses(rowOf(one, whole))])),
  };
}

function rowOf({ bundle, millis, ratios }: Timed, whole: readonly number[]): Row {
  const { name, bytes, gzip } = bundle;
  const spread = (samples: readonly number[]) => (samples.length > 0 ? interval(samples) : undefined);
  const toWhole = millis.flatMap((took, round) => (whole[round] === undefined ? [] : [took / whole[round]]));
  return {
    ...{ name, bytes, gzip, largest: largest(bundle) },
    ...{ millis: spread(millis), ratio: spread(ratios), whole: spread(toWhole) },
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
