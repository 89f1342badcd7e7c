import fc from "fast-check";
import { anyArc } from "./arcs.ts";
import { KINDS, type Step } from "./histories.ts";

type Weights = Partial<Record<Step["do"], number>>;

/** How often what happens, each of these worlds by itself: what is rare in one is common in another. */
const STEPS: Readonly<Record<string, Weights>> = {
  "people come, go and come back": { hears: 6, "directory says": 3, passes: 8, clicks: 3, brake: 2, race: 2, bus: 1 },
  "people answer, and change their minds": { clicks: 10, passes: 7, undo: 2, leaks: 1, mode: 1, hears: 1, race: 3 },
  "providers and desks fail, and hands meddle": {
    provider: 4,
    "somebody's hand": 3,
    "is used": 1,
    desk: 2,
    passes: 8,
    clicks: 5,
    undo: 1,
  },
  "two executors race, and one is killed": {
    race: 10,
    clicks: 3,
    provider: 1,
    "somebody's hand": 1,
    brake: 1,
    hears: 1,
    passes: 3,
  },
};

/** Somebody leaves first: where nobody does there is little to see. */
const somebodyLeft = fc
  .constantFrom("ada", "ada", "bob", "cleo", "grace")
  .map((of): Step => ({ do: "hears", of, change: "left", late: 0, agrees: true, twice: false }));

const stepsOf = (weights: Weights): fc.Arbitrary<Step> =>
  fc.oneof(...Object.entries(weights).map(([kind, weight]) => ({ weight, arbitrary: KINDS[kind as Step["do"]] })));

const anyLife = (weights: Weights): fc.Arbitrary<readonly Step[]> =>
  fc
    .tuple(somebodyLeft, fc.array(stepsOf(weights), { minLength: 3, maxLength: 12 }))
    .map(([first, rest]) => [first, ...rest]);

/** What comes between the steps of something that goes its whole way, where anything does. */
const between = fc.array(fc.tuple(fc.nat({ max: 12 }), fc.oneof(...Object.values(KINDS))), { maxLength: 3 });

const anyWholeWay: fc.Arbitrary<readonly Step[]> = fc
  .tuple(anyArc, between)
  .map(([arc, extra]) =>
    extra.reduce<readonly Step[]>((all, [at, step]) => all.toSpliced(at % (all.length + 1), 0, step), arc),
  );

export const WORLDS: Readonly<Record<string, fc.Arbitrary<readonly Step[]>>> = {
  ...Object.fromEntries(Object.entries(STEPS).map(([name, weights]) => [name, anyLife(weights)])),
  "something goes its whole way, and something comes between": anyWholeWay,
};
