import type { Gap, Page, Place, Since } from "@leasehold/core/connector";
import { Signal } from "@leasehold/core/signal";
import * as z from "zod/mini";
import { type Codec, fields, list, maybe, plain } from "./codec.ts";
import { cursor, instant, text, texts, yes } from "./shapes.ts";

const signals: Codec<readonly Signal[]> = list(plain(Signal));
const onePage = fields({
  ...{ signals, next: cursor, whole: yes, place: maybe(fields({ id: text, name: maybe(text) })) },
  beside: texts,
  gaps: list(fields({ what: text, stopped: yes, dark: yes, place: maybe(text) })),
  looked: list(fields({ tenant: text, type: text })),
  ...{ asOf: maybe(instant), partly: texts, region: maybe(text) },
});
export const page: Codec<Page> = {
  write: ({ gaps = [], looked = [], beside = [], place, asOf, partly = [], region, ...rest }) =>
    onePage.write({
      ...{ ...rest, looked, beside, asOf, partly, region },
      place: place && { id: place.id, name: place.name },
      gaps: gaps.map(({ what, stopped = false, dark = false, place }) => ({ what, stopped, dark, place })),
    }),
  read: z.pipe(
    onePage.read,
    z.transform(
      ({ gaps, looked, beside, place, asOf, partly, region, ...rest }): Page => ({
        ...{ ...rest, ...(asOf !== undefined && { asOf }), ...(partly.length > 0 && { partly }) },
        ...(region !== undefined && { region }),
        ...(place && { place: placeOf(place) }),
        ...(gaps.length > 0 && { gaps: gaps.map(gapOf) }),
        ...(looked.length > 0 && { looked }),
        ...(beside.length > 0 && { beside }),
      }),
    ),
  ),
};
const gapOf = ({ what, stopped, dark, place }: Omit<Gap, "stopped" | "dark" | "place"> & Sent): Gap => ({
  what,
  ...(stopped && { stopped }),
  ...(dark && { dark }),
  ...(place !== undefined && { place }),
});
const placeOf = ({ id, name }: Place): Place => ({ id, ...(name !== undefined && { name }) });
interface Sent {
  readonly stopped: boolean;
  readonly dark: boolean;
  readonly place: string | undefined;
}
export const since: Codec<Since> = fields({
  ...{ signals, next: cursor, more: maybe(yes), gaps: maybe(texts), after: cursor },
});
